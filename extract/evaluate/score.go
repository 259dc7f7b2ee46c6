package evaluate

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A Prediction is what an extractor says of a page.
type Prediction struct {
	ID         string   `json:"id"`
	Title      string   `json:"title"`
	Authors    []string `json:"authors"`
	Published  string   `json:"published"`
	Updated    string   `json:"updated"`
	Standfirst string   `json:"standfirst"`
	Text       string   `json:"text"`
	Section    string   `json:"section"`
	Lang       *string  `json:"lang,omitempty"`
	Tags       []string `json:"tags"`
	PageType   *string  `json:"page_type,omitempty"`
}

// Scores maps a measure to its value for one page; a measure the truth does not judge is absent.
type Scores map[string]float64

// Measures are the measures in the order of the table, with their names in words.
var Measures = []struct{ Key, Name string }{
	{"body.f1", "body 4-gram F1"}, {"body.p", "body 4-gram precision"}, {"body.r", "body 4-gram recall"},
	{"word.f1", "body word F1"}, {"word.p", "body word precision"}, {"word.r", "body word recall"},
	{"exact", "pages with the exact body"}, {"under.9", "pages under .9 (count)"}, {"title", "title exact"},
	{"authors.f1", "authors F1"}, {"authors.exact", "authors exact"}, {"day", "published: day"},
	{"day.given", "published: any given"}, {"instant", "published: instant"}, {"published.none", "published: rightly none"},
	{"updated.day", "updated: day"}, {"standfirst", "standfirst found"}, {"standfirst.apart", "standfirst in its own field"},
	{"section", "section exact"}, {"tags.f1", "tags F1"}, {"with", "snippets that must be there"},
	{"without", "snippets that must not (lower is better)"}, {"lang", "language"}, {"page_type", "page type"},
}

// Score judges one prediction as score.py does.
func Score(p *Page, r *Prediction) Scores {
	t, s := &p.Truth, Scores{}
	if t.Body != "" {
		b := bodyScores(t, r.Text)
		if t.Standfirst == "" && r.Standfirst != "" { // the truth sets no standfirst apart: it may stand before the text
			if c := bodyScores(t, r.Standfirst+"\n\n"+r.Text); c.shingle.f1 > b.shingle.f1 {
				b = c
			}
		}
		s["body.p"], s["body.r"], s["body.f1"] = b.shingle.p, b.shingle.r, b.shingle.f1
		s["word.p"], s["word.r"], s["word.f1"] = b.word.p, b.word.r, b.word.f1
		s["exact"] = truth01(b.exact)
		s["under.9"] = truth01(b.shingle.f1 < .9)
	}
	if t.Has("title") {
		s["title"] = truth01(Squash(t.Title) == Squash(r.Title))
	}
	if t.Has("authors") {
		s["authors.f1"] = setF1(t.Authors, r.Authors)
		s["authors.exact"] = truth01(s["authors.f1"] == 1)
	}
	scoreDates(t, r, s)
	if t.Standfirst != "" {
		s["standfirst"] = covered(t.Standfirst, shingles(Tokens(r.Text), 4).union(shingles(Tokens(r.Standfirst), 4)))
		s["standfirst.apart"] = covered(t.Standfirst, shingles(Tokens(r.Standfirst), 4))
	}
	if t.Has("section") {
		s["section"] = truth01(Squash(t.Section) == Squash(r.Section))
	}
	if t.Has("tags") {
		s["tags.f1"] = setF1(t.Tags, r.Tags)
	}
	scoreSnippets(t, r, s)
	if p.Lang != "" && r.Lang != nil {
		s["lang"] = truth01(primary(p.Lang) == primary(*r.Lang))
	}
	if p.PageType != "" && r.PageType != nil {
		s["page_type"] = truth01(*r.PageType == p.PageType)
	}
	return s
}

type prf struct{ p, r, f1 float64 }

// compare is precision, recall and F1 of the bag pred against need; what pred has
// beyond need, but full has, is not counted.
func compare(pred, need, full bag) prf {
	np, nn := pred.size(), need.size()
	if np == 0 && nn == 0 {
		return prf{1, 1, 1}
	}
	tp, free := 0, 0
	for k, v := range pred {
		common := min(v, need[k])
		tp += common
		if full != nil {
			free += min(v-common, max(0, full[k]-need[k]))
		}
	}
	var out prf
	switch {
	case np-free > 0:
		out.p = float64(tp) / float64(np-free)
	case nn == 0:
		out.p = 1
	}
	out.r = 1
	if nn > 0 {
		out.r = float64(tp) / float64(nn)
	}
	if out.p+out.r > 0 {
		out.f1 = 2 * out.p * out.r / (out.p + out.r)
	}
	return out
}

type bodyScore struct {
	shingle, word prf
	exact         bool
}

// optionalText is the body with everything that may stand in it.
func optionalText(t *Truth) string {
	body := t.BodyFull
	if body == "" {
		body = t.Body
	}
	if t.Standfirst != "" {
		body = t.Standfirst + "\n\n" + body
	}
	return body
}

func bodyScores(t *Truth, text string) bodyScore {
	full := optionalText(t)
	pt, bt := Tokens(text), Tokens(t.Body)
	var ft []string
	if full != t.Body {
		ft = Tokens(full)
	}
	best := func(n int) prf {
		pred, body := shingles(pt, n), shingles(bt, n)
		if len(ft) == 0 {
			return compare(pred, body, nil)
		}
		fs := shingles(ft, n)
		a, b := compare(pred, body, fs.union(body)), compare(pred, fs, nil)
		if b.f1 > a.f1 {
			return b
		}
		return a
	}
	out := bodyScore{shingle: best(4), word: best(1)}
	s := Squash(text)
	bodyFull := t.BodyFull
	if bodyFull == "" {
		bodyFull = t.Body
	}
	out.exact = s == Squash(t.Body) || s == Squash(full) || s == Squash(bodyFull) ||
		t.Standfirst != "" && s == Squash(t.Standfirst+t.Body)
	return out
}

func covered(want string, got bag) float64 {
	w := shingles(Tokens(want), 4)
	if len(w) == 0 {
		return 1
	}
	n := 0
	for k, v := range w {
		n += min(v, got[k])
	}
	return float64(n) / float64(w.size())
}

func setF1(truth, pred []string) float64 {
	set := func(xs []string) map[string]bool {
		m := map[string]bool{}
		for _, x := range xs {
			if q := Squash(x); q != "" {
				m[q] = true
			}
		}
		return m
	}
	a, b := set(truth), set(pred)
	if len(a) == 0 && len(b) == 0 {
		return 1
	}
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	common := 0
	for x := range a {
		if b[x] {
			common++
		}
	}
	return 2 * float64(common) / float64(len(a)+len(b))
}

func scoreDates(t *Truth, r *Prediction, s Scores) {
	if t.Has("published") {
		if t.Published == "" {
			s["published.none"] = truth01(r.Published == "")
		} else {
			s["day"] = sameDay(t.Published, r.Published)
			s["day.given"] = truth01(r.Published != "")
			if t.Precision == "instant" || t.Precision == "minute" {
				s["instant"] = sameInstant(t.Published, r.Published)
			}
		}
	}
	if t.Updated != "" {
		s["updated.day"] = sameDay(t.Updated, r.Updated)
	}
}

var (
	dayForm    = regexp.MustCompile(`^\d{4}-\d\d-\d\d`)
	momentForm = regexp.MustCompile(`(?i)^\d{4}-\d\d-\d\d[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?\s*(Z|[+-]\d\d:?\d\d|[+-]\d\d)?$`)
)

// when is the calendar day of s in its own offset, its moment if it has one, and whether it has an offset.
func when(s string) (day string, at time.Time, moment, offset bool) {
	s = strings.TrimSpace(s)
	day = dayForm.FindString(s)
	m := momentForm.FindStringSubmatch(s)
	if day == "" || m == nil {
		return day, time.Time{}, false, false
	}
	num := func(x string) int { n, _ := strconv.Atoi(x); return n }
	y, mo, d := num(day[:4]), num(day[5:7]), num(day[8:])
	h, mi, sec := num(m[1]), num(m[2]), num(m[3])
	zone := time.UTC
	if z := m[4]; z != "" {
		offset = true
		if strings.ToUpper(z) != "Z" {
			hh := strings.ReplaceAll(z[1:], ":", "") + "00"
			off := num(hh[:2])*3600 + num(hh[2:4])*60
			if z[0] == '-' {
				off = -off
			}
			zone = time.FixedZone("", off)
		}
	}
	at = time.Date(y, time.Month(mo), d, h, mi, sec, 0, zone)
	if at.Day() != d || h > 23 || mi > 59 || sec > 59 {
		return day, time.Time{}, false, false
	}
	return day, at, true, offset
}

func sameDay(truth, pred string) float64 {
	td, tt, _, tz := when(truth)
	pd, pt, _, pz := when(pred)
	if pd == "" {
		return 0
	}
	if tz && pz {
		return truth01(pt.In(tt.Location()).Format(time.DateOnly) == td)
	}
	return truth01(pd == td)
}

func sameInstant(truth, pred string) float64 {
	_, tt, tm, tz := when(truth)
	_, pt, pm, pz := when(pred)
	if !tm || !pm {
		return 0
	}
	if tz {
		return truth01(pz && math.Abs(tt.Sub(pt).Seconds()) < 60)
	}
	wall := time.Date(pt.Year(), pt.Month(), pt.Day(), pt.Hour(), pt.Minute(), pt.Second(), 0, time.UTC)
	return truth01(math.Abs(tt.Sub(wall).Seconds()) < 60)
}

func scoreSnippets(t *Truth, r *Prediction, s Scores) {
	var parts []string
	for _, x := range []string{r.Title, r.Standfirst, r.Text} {
		if x != "" {
			parts = append(parts, x)
		}
	}
	if with := judged(t.With); len(with) > 0 {
		whole, n := Squash(strings.Join(parts, " ")), 0
		for _, x := range with {
			if strings.Contains(whole, Squash(x)) {
				n++
			}
		}
		s["with"] = float64(n) / float64(len(with))
	}
	if without := judged(t.Without); len(without) > 0 {
		own := newHaystack(strings.Join(append([]string{t.Title, optionalText(t)}, t.With...), " "))
		without = slices.DeleteFunc(without, own.holds) // a snippet that the truth itself holds judges nothing
		if len(without) > 0 {
			text, n := newHaystack(r.Text), 0
			for _, x := range without {
				if text.holds(x) {
					n++
				}
			}
			s["without"] = float64(n) / float64(len(without))
		}
	}
}

func judged(xs []string) []string {
	return slices.DeleteFunc(slices.Clone(xs), func(x string) bool { return Squash(x) == "" })
}

// A haystack is a text asked for snippets: long ones by letters and digits alone, short ones as whole words.
type haystack struct{ squashed, words string }

func newHaystack(s string) haystack {
	return haystack{Squash(s), " " + strings.Join(Tokens(s), " ") + " "}
}

func (h haystack) holds(x string) bool {
	if q := Squash(x); len([]rune(q)) >= 12 {
		return strings.Contains(h.squashed, q)
	}
	return strings.Contains(h.words, " "+strings.Join(Tokens(x), " ")+" ")
}

var sameLanguage = map[string]string{"nb": "no", "nn": "no", "iw": "he", "in": "id", "cmn": "zh"}

func primary(tag string) string {
	tag = strings.ToLower(tag)
	if i := strings.IndexAny(tag, "-_"); i >= 0 {
		tag = tag[:i]
	}
	if same, ok := sameLanguage[tag]; ok {
		return same
	}
	return tag
}

func truth01(b bool) float64 {
	if b {
		return 1
	}
	return 0
}
