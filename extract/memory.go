package extract

import (
	"github.com/dateline-go/dateline/extract/internal/memory"
	"github.com/dateline-go/dateline/normalize"
)

// A Memory is what the latest 64 articles of one site hold, as hashes of their blocks. Given as
// Input.Memory it tells Extract what the site repeats on its pages, an appeal for donations say,
// which reads like the article on each of them: a block that stands on two other articles at least, on
// three where the model is sure of it, and on the more of them the surer it is, is taken out of the body.
// Notes of correction stay, and a page of which less than half would be left stays whole: it is a copy.
// Articles of which the page is a version or a copy do not count as others. The zero value is a memory of
// nothing.
//
// Who keeps a memory calls Learn with the Lesson of each article and Record.ID, and marshals it
// to JSON. It may be read by many goroutines while none calls Learn; Clone makes one that may.
type Memory = memory.Memory

// A Lesson is what one page teaches the memory of its site.
type Lesson = memory.Lesson

// ids are those that the page's record may have had when the memory of its site learned of it.
func (r *reading) ids() []string {
	own := normalize.URL(r.in.URL, "")
	var out []string
	for _, u := range []string{r.canonical(own), own} {
		if key := normalize.URLKey(u); key != "" {
			out = append(out, normalize.ID(key))
		}
	}
	return out
}

// unaided is the wording that the page gives without what is known of others.
func (b *builder) unaided(aided *Result) Wording {
	if b.choice.Alone == nil {
		return WordingOf(&aided.Record)
	}
	r := *b.reading
	r.trace, r.flags = nil, map[string]bool{}
	alone := builder{reading: &r, info: b.info, choice: *b.choice.Alone, titles: b.titles, title: b.title}
	alone.body()
	return WordingOf(&alone.rec)
}
