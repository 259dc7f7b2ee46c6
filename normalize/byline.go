package normalize

// A Credit is one credited person, organization or agency.
type Credit struct {
	// Name is the name without titles, recased where it was printed in capitals.
	Name string
	// Kind is person, organization or agency; Role is writer, editor, photographer, translator or contributor.
	Kind, Role string
}

// BylineHints is what is known about a byline from elsewhere.
type BylineHints struct {
	// Lang is the language of the page. Publisher is the name of the site, Host its host.
	Lang, Publisher, Host string
	// Single says that the string is one name from structured data, not a printed line.
	Single bool
}

// Byline reads a credit line. Element borders may be given as " ¦ ".
func Byline(s string, h BylineHints) []Credit { return nil }

// Dateline splits the place that opens a text, as in "BEIJING (Reuters) - Text", from the text.
// Place and agency are "" where there are none.
func Dateline(text, lang string) (place, agency, rest string) { return "", "", text }

// SameName reports whether two names are the same person, blind to case, accents, titles and marks.
func SameName(a, b string) bool { return a == b }
