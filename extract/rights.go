package extract

import (
	"slices"
	"strings"
	"unicode"

	"github.com/dateline-go/dateline/extract/internal/page"
	"github.com/dateline-go/dateline/normalize"
	"github.com/dateline-go/dateline/normalize/lexicon"
)

// A rights is what a page says of ownership and of itself: each as printed.
type rights struct {
	copyright, license string
	notices            []string
	weight             int // of the copyright line
}

// rightsOf reads the rights lines below the body, or anywhere on a page of plain text.
func rightsOf(r *reading, keep []bool) rights {
	var out rights
	for i := lastKept(keep) + 1; i < len(r.p.Blocks); i++ {
		for _, line := range r.lines(i) {
			out.take(normalize.Text(line), r.weighPlace(i))
		}
	}
	out.notices = append(corrections(r, keep), out.notices...)
	if out.copyright == "" {
		for _, name := range []string{"copyright", "rights", "dc.rights", "dcterms.rights"} {
			if s := r.p.Meta(name); s != "" {
				out.copyright = normalize.Attr(s)
				break
			}
		}
	}
	return out
}

const copyrightWord = "copyright" // in any language, beside those of the lexicon

// take files one line of the foot by the words it holds. Of several rights lines that of the page is wanted,
// not that of a picture: the one that says most, in the place where it belongs.
func (x *rights) take(line string, place int) {
	if len(line) > 1500 || len(line) < 6 {
		return
	}
	low := lexicon.Small(line)
	numbered := strings.ContainsFunc(low, unicode.IsDigit) // a headline about licences is none
	owned := strings.HasPrefix(low, "©") || len(low) >= len(copyrightWord) && strings.EqualFold(low[:len(copyrightWord)], copyrightWord)
	switch {
	case numbered && hasAny(low, "registration"):
		x.notices = appendNew(x.notices, line)
	case numbered && hasAny(low, "license") && x.license == "" && !owned:
		x.license = line
	case numbered && hasAny(low, "license"):
		x.notices = appendNew(x.notices, line)
	default:
		owned = owned || hasAny(low, "rights")
	}
	if owned { // it may hold a number of the house besides
		if w := place + weighRights(strings.ToLower(low)); x.copyright == "" || w > x.weight {
			x.copyright, x.weight = line, w
		}
	}
}

// weighPlace is how much the place of a block speaks for the rights line of the page.
func (r *reading) weighPlace(i int) int {
	b := &r.p.Blocks[i]
	if b.Elem < 0 {
		return 0
	}
	w, e := 0, &r.p.Elems[b.Elem]
	if e.Anc&page.InFooter != 0 || e.Dist[page.HintFooter] < page.FarAway {
		w += 2
	}
	if e.Anc&(page.InFigure|page.InCaption) != 0 || e.Dist[page.HintCaption] <= 2 {
		w -= 4
	}
	if b.LinkRunes == b.Runes {
		w -= 3 // a link to the terms
	}
	return w
}

// weighRights is how much a line's words speak for it: the sign with a year (UCC, article III 1), the
// reservation of all rights.
func weighRights(low string) int {
	w := 0
	if strings.Contains(low, "©") || strings.Contains(low, "(c)") || strings.Contains(low, copyrightWord) {
		w += 2
		if strings.ContainsFunc(low, func(r rune) bool { return r >= '0' && r <= '9' }) {
			w++
		}
	}
	if len(low) > 20 {
		w++ // it names somebody
	}
	return w
}

func hasAny(low, section string) bool {
	return lexicon.In(low, section)
}

func appendNew(list []string, s string) []string {
	if slices.Contains(list, s) {
		return list
	}
	return append(list, s)
}
