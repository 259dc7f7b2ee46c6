package extract

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/dateline-go/dateline/extract/internal/page"
	"github.com/dateline-go/dateline/normalize"
	"github.com/dateline-go/dateline/normalize/lexicon"
	"golang.org/x/net/html/atom"
)

// longestCaption is the most bytes that the text around a picture may have to be its caption.
const longestCaption = 1200

// creditWords are the words of classes that mark who made a picture.
var creditWords = []string{"credit", "copyright", "photographer", "attribution", "source", "quelle", "urheber", "fotograf", "photocredit"}

// caption is the text of the figure around an image, without the credit, and the credit: what the
// markup sets apart as one, else what follows a label of the language at the end of the text.
func (r *reading) caption(img, figure int) (text, credit string) {
	if figure < 0 {
		return "", ""
	}
	e := &r.p.Elems[figure]
	if r.manyImages(figure) || e.Stop-e.Start > longestCaption {
		return "", ""
	}
	body, at := r.p.Text[e.Start:e.Stop], figure
	for j := figure + 1; j < int(e.End); j++ {
		if x := &r.p.Elems[j]; x.Tag == atom.Figcaption && x.Stop > x.Start {
			at, body = j, r.p.ElemText(j)
			break
		}
	}
	if c := r.creditIn(at, figure); c >= 0 {
		x := &r.p.Elems[c]
		credit = r.p.Text[x.Start:x.Stop]
		body = strings.Replace(body, credit, "\n", 1)
	}
	text = oneLine(body)
	if credit = cutCreditLabel(oneLine(credit)); credit == "" {
		text, credit = splitCredit(text)
	}
	return text, credit
}

// creditIn is the element that holds the credit, in the caption or else in the figure; -1 where none does.
func (r *reading) creditIn(caption, figure int) int {
	for _, in := range []int{caption, figure} {
		for j := in + 1; j < int(r.p.Elems[in].End); j++ {
			x := &r.p.Elems[j]
			if x.Stop == x.Start {
				continue
			}
			if x.Tag == atom.Cite || x.Attr("itemprop") == "author" {
				return j
			}
			if x.Own.Has(page.HintCaption) || r.p.Elems[in].Tag == atom.Figcaption || x.Attr("itemprop") == "copyrightHolder" {
				class := strings.ToLower(x.Attr("class") + " " + x.Attr("itemprop") + " " + x.Attr("data-testid"))
				for _, w := range creditWords {
					if strings.Contains(class, w) {
						return j
					}
				}
			}
		}
	}
	return -1
}

// manyImages reports whether an element holds more than one picture with a caption between them: a gallery.
func (r *reading) manyImages(figure int) bool {
	n := 0
	for j := figure + 1; j < int(r.p.Elems[figure].End); j++ {
		if r.p.Elems[j].Tag == atom.Figure {
			n++
		}
	}
	return n > 1
}

func oneLine(s string) string {
	return strings.TrimSpace(strings.Join(strings.Fields(normalize.Text(s)), " "))
}

// splitCredit parts a credit from the end of a caption: behind ©, or behind a label of photographers
// and a colon ("Foto: …"), in brackets or not. The credit is short, and nothing but it follows.
func splitCredit(s string) (text, credit string) {
	const longest = 100 // runes of a credit
	at := strings.LastIndex(s, "©")
	if i := lastLabel(s); i > at || i >= 0 && cutCreditLabel(s[i:]) == cutCopyright(s[at:]) {
		at = i
	}
	if at < 0 {
		at = lastPhrase(s)
	}
	if at < 0 || utf8.RuneCountInString(s[at:]) > longest {
		return s, ""
	}
	open := strings.TrimRight(s[:at], " ")
	credit = s[at:]
	if bare := strings.TrimRight(open, "(["); bare != open {
		open, credit = bare, strings.TrimRight(credit, ")]. ")
	}
	if credit = cutCreditLabel(credit); credit == "" {
		return s, ""
	}
	return strings.TrimRight(open, " |/–—-•·"), credit
}

// lastLabel is where the last label of a photographer with a colon behind it begins, at the start of a
// word; -1 where none stands.
func lastLabel(s string) int {
	const longest = 40 // bytes of a label
	for colon := len(s); ; {
		if colon = strings.LastIndexAny(s[:colon], ":："); colon <= 0 {
			return -1
		}
		head, label := strings.TrimRight(s[:colon], " "), -1
		for start := len(head); start > 0 && len(head)-start < longest; {
			start = strings.LastIndexFunc(head[:start], partsWords)
			from := 0
			if start >= 0 {
				_, width := utf8.DecodeRuneInString(head[start:])
				from = start + width
			}
			if photographerLabels()[normalize.Fold(head[from:])] {
				label = from // the longest: "photo credit", not "credit"
			}
		}
		if label >= 0 {
			return label
		}
	}
}

// lastPhrase is where the last label of several words without a colon begins ("Photo by Ola Brandt"), at the start of
// the text or of a sentence; -1 where none stands.
func lastPhrase(s string) int {
	for at := len(s); at > 0; {
		at = strings.LastIndexAny(s[:at], ".!?|([/")
		rest := strings.TrimLeft(s[at+1:], " ’”\"»")
		if n := phraseLabel(rest); n > 0 {
			if c, _ := utf8.DecodeRuneInString(rest[n:]); !unicode.IsLower(c) { // a name, not a sentence that goes on
				return len(s) - len(rest)
			}
		}
	}
	return -1
}

func partsWords(r rune) bool { return strings.ContainsRune(" \u00a0([|/.。）)", r) }

// cutCreditLabel takes what stands before the name off a credit: ©, "Copyright", a label with a colon, a
// label of several words without one ("Photo by").
func cutCreditLabel(s string) string {
	s = cutCopyright(strings.Trim(s, " ()[]|"))
	for _, colon := range []string{":", "："} {
		if label, rest, ok := strings.Cut(s, colon); ok && photographerLabels()[normalize.Fold(label)] {
			return cutCopyright(strings.TrimSpace(rest))
		}
	}
	if n := phraseLabel(s); n > 0 {
		return strings.TrimSpace(s[n:])
	}
	return s
}

// phraseLabel is the length of the label of two or three words that opens s ("Photo by", "Photo courtesy of") with a
// name behind it, 0 where none does.
func phraseLabel(s string) int {
	found := 0
	for i, words := 0, 0; words < 3; {
		n := strings.IndexByte(s[i:], ' ')
		if n <= 0 {
			break
		}
		i, words = i+n+1, words+1
		if words > 1 && i < len(s) && photographerLabels()[normalize.Fold(s[:i])] {
			found = i
		}
	}
	return found
}

func cutCopyright(s string) string {
	const word = "copyright"
	if len(s) >= len(word) && strings.EqualFold(s[:len(word)], word) {
		s = strings.TrimSpace(strings.TrimLeft(s[len(word):], ":"))
	}
	return strings.TrimSpace(strings.TrimPrefix(s, "©"))
}

// photographerLabels are the labels before the name of who made a picture, folded, over all languages.
var photographerLabels = sync.OnceValue(func() map[string]bool {
	out := map[string]bool{}
	for _, s := range lexicon.All("role.photographer") {
		out[normalize.Fold(s)] = true
	}
	return out
})
