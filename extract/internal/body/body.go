// Package body decides which blocks of a page are the article.
package body

import (
	"github.com/dateline-go/dateline/extract/internal/memory"
)

// Known is what other fields know before the body is chosen; it is evidence only.
type Known struct {
	// Titles are the candidates for the headline, strongest first.
	Titles []string
	// Summaries are the page's own summaries (meta, JSON-LD).
	Summaries []string
	// ArticleBody is the articleBody of the page's structured data.
	ArticleBody string
	// Authors are the names that structured data credits.
	Authors []string
	// IsArticle is true where structured data types the page as an article.
	IsArticle bool
	// Model, where set, is used instead of the embedded one.
	Model *Model
	// Memory is what other pages of the site hold, nil where nothing is known of them;
	// Self are the ids under which it may know this page.
	Memory *memory.Memory
	Self   []string
	// IsCorrection tells notes of correction; it is set where Memory is.
	IsCorrection func(string) bool
	// Explain asks for Choice.First and Choice.Weights.
	Explain bool
}

// A Choice is what became of the blocks of a page.
type Choice struct {
	// Keep says for each block of the page whether it belongs to the article.
	Keep []bool
	// Prob is the model's probability for each block; the items of a list have its mean.
	Prob []float32
	// Role is what each block was taken for.
	Role []string
	// Cut is the probability from which the model keeps blocks of this page; 0 where the rules decided.
	Cut float32
	// First is the probability of the first pass, and Weights what moved both; nil unless asked for.
	First   []float32
	Weights [][]Weight
	// TitleBlock is the block of the headline, -1 where none was found.
	TitleBlock int
	// Expected is the F1 that the model expects of the body, 0 where it did not decide.
	Expected float64
	// Confidence is calibrated as dateline.Quality.Confidence is.
	Confidence float64
	// Model names what decided: "blocks-1", "rules-1", "script".
	Model string
	// Repeats are the blocks that were taken out because the site repeats them, and Alone
	// is the choice without that; nil where there were none.
	Repeats map[int]Repeat
	Alone   *Choice
	// Lesson is what the page teaches the memory of its site, whatever that held.
	Lesson memory.Lesson

	container int32 // the element that the rules took for the article's, -1 for none
}

// drop takes block i out of the body, and says what it was taken for.
func (c *Choice) drop(i int, role string) { c.Keep[i], c.Role[i] = false, role }
