package discover

import (
	"math"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/dateline-go/dateline/normalize"
)

// Place says where a link stood.
type Place string

// The places of a link.
const (
	InFeed    Place = "feed"
	InNews    Place = "news"
	InSitemap Place = "sitemap"
	InPage    Place = "page"
	InNav     Place = "nav" // nav, header, footer
)

// A Link is an address and what its surroundings say.
type Link struct {
	URL   *url.URL
	Text  string // of the anchor
	Place Place
	// Heading is true where the link is or stands in a heading.
	Heading bool
}

// A Step is one thing that spoke for or against an article.
type Step struct {
	Why    string
	Weight float64 // in log odds
}

// Score is how likely the address is that of an article, 0 to 1, and why. The features are those
// that hold on any site; what a site's own pages taught is the frontier's (shapes).
func Score(l Link, now time.Time) (float64, []Step) {
	s := scorer{now: now}
	s.add(-1, "to begin with")
	s.where(l)
	s.path(l.URL)
	sum := 0.0
	for _, st := range s.steps {
		sum += st.Weight
	}
	return 1 / (1 + math.Exp(-sum)), s.steps
}

type scorer struct {
	now   time.Time
	steps []Step
}

func (s *scorer) add(w float64, why string) { s.steps = append(s.steps, Step{why, w}) }

func (s *scorer) where(l Link) {
	switch l.Place {
	case InFeed:
		s.add(4, "named by a feed")
	case InNews:
		s.add(5, "named by a news sitemap")
	case InSitemap:
		s.add(.7, "named by a sitemap")
	case InNav:
		s.add(-2, "linked from navigation")
	}
	if l.Place != InPage && l.Place != InNav {
		return
	}
	if l.Heading {
		s.add(1.7, "linked from a heading")
	}
	switch n := len([]rune(l.Text)); {
	case n >= 25:
		s.add(1.4, "linked by a long text")
	case n >= 10 && !ascii(l.Text):
		s.add(1, "linked by a long text")
	case n > 0 && n < 12:
		s.add(-.5, "linked by a short text")
	}
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

func (s *scorer) path(u *url.URL) {
	segs := segments(u.Path)
	if len(segs) == 0 {
		switch {
		case Identity(u):
			s.add(2.2, "a query with an id")
		case isFront(u):
			s.add(-8, "the front page")
		default: // who names articles only may mean one
			s.add(-2, "a query on the front page")
		}
		return
	}
	last := segs[len(segs)-1]
	stem, ext := cutExtension(last)
	switch {
	case has("file", ext):
		s.add(-8, "a file, no page: ."+ext)
	case has("page", ext):
		s.add(.5, "a page by its extension")
	}
	dated, dayEnds := s.date(segs)
	id := longestDigits(stem) >= 5 || hexID(stem)
	if id && !(dated && dayEnds) {
		s.add(2.2, "an id in the last segment")
	}
	switch words := countWords(stem); {
	case words >= 4 && len(stem) >= 20:
		s.add(2.2, "a slug of four words or more")
	case words == 3 && len(stem) >= 14:
		s.add(1, "a slug of three words")
	case words <= 2 && !id && !dated && ext == "" && !Identity(u):
		s.add(-1.6, "a short last segment")
	}
	if len(segs) >= 2 {
		s.add(.3, "a path of two segments or more")
	}
	s.words(segs, last)
	s.query(u)
}

// date looks for a date in the path; dayEnds is true where nothing stands behind it: an archive.
func (s *scorer) date(segs []string) (found, ends bool) {
	end, precise := dateInPath(segs)
	if end == 0 {
		return false, false
	}
	switch {
	case end == len(segs):
		s.add(-2.5, "the path ends with a date: an archive")
		return true, true
	case precise:
		s.add(2.6, "a date in the path")
	default:
		s.add(1.5, "year and month in the path")
	}
	return true, false
}

// firstYear is the earliest that four digits mean a year in.
const firstYear = 1900

// dateInPath gives the number of segments up to the end of a date (0 for none) and whether it has a day.
func dateInPath(segs []string) (end int, precise bool) {
	for i, seg := range segs {
		if y := number(seg); len(seg) == 4 && y >= firstYear && y <= 2100 {
			if i+1 < len(segs) && isMonth(segs[i+1]) {
				if i+2 < len(segs) && len(segs[i+2]) <= 2 && within(number(segs[i+2]), 1, 31) {
					return i + 3, true
				}
				return i + 2, false
			}
			if i+1 < len(segs) && len(segs[i+1]) == 4 && within(number(segs[i+1][:2]), 1, 12) && within(number(segs[i+1][2:]), 1, 31) {
				return i + 2, true // /2026/1123/
			}
			continue
		}
		digits := strings.ReplaceAll(seg, "-", "")
		if len(digits) == 8 && within(number(digits[:4]), firstYear, 2100) && within(number(digits[4:6]), 1, 12) && within(number(digits[6:]), 1, 31) {
			return i + 1, true
		}
		if len(seg) == 7 && seg[4] == '-' && within(number(seg[:4]), firstYear, 2100) && within(number(seg[5:]), 1, 12) {
			return i + 1, false
		}
	}
	return 0, false
}

var monthNames = []string{"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"}

func isMonth(s string) bool {
	return len(s) <= 2 && within(number(s), 1, 12) || monthOf(s) > 0
}

func within(n, low, high int) bool { return n >= low && n <= high }

// number is s as a number, -1 if it is none.
func number(s string) int {
	if s == "" || len(s) > 9 {
		return -1
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 {
		return -1
	}
	return n
}

// words weighs whole segments: a weight, no veto, for "blog" and "services" are sections of real papers.
func (s *scorer) words(segs []string, last string) {
	for _, seg := range segs {
		low := strings.ToLower(seg)
		switch {
		case has("article", low) && seg != last:
			s.add(.8, "/"+low+"/ in the path")
		case has("other", low):
			s.add(-3, "/"+low+"/ in the path")
		}
	}
}

func (s *scorer) query(u *url.URL) {
	if u.RawQuery == "" {
		return
	}
	if Identity(u) {
		s.add(2, "a query with an id")
		return
	}
	for _, pair := range strings.Split(u.RawQuery, "&") {
		name, _, _ := strings.Cut(pair, "=")
		if has("paging", strings.ToLower(name)) {
			s.add(-2.5, "a page of a list: ?"+name)
			return
		}
	}
}

// isFront reports whether an address without a path is that of the front page all the same: what it asks for says where
// readers came from, or is a view of a list.
func isFront(u *url.URL) bool {
	if key, err := url.Parse(normalize.URLKey(u.String())); err != nil || key.RawQuery == "" {
		return true
	}
	for pair := range strings.SplitSeq(u.RawQuery, "&") {
		if name, _, _ := strings.Cut(pair, "="); has("paging", strings.ToLower(name)) {
			return true
		}
	}
	return false
}

// Identity reports whether a parameter names one article: by its name (?id=, ?story=12), or as a path that does
// (?q=node/12, ?/archives/12-story.html).
func Identity(u *url.URL) bool {
	for pair := range strings.SplitSeq(u.RawQuery, "&") {
		name, value, named := strings.Cut(pair, "=")
		name = strings.ToLower(name)
		switch {
		case !named:
			if strings.HasPrefix(name, "/") && namesOne(segments(name)) {
				return true
			}
		case value == "":
		case has("identity", name), len(name) > 1 && has("article", name) && longestDigits(value) > 0:
			return true
		default:
			if segs := segments(unslashed(value)); len(segs) > 1 && has("article", strings.ToLower(segs[0])) && value[0] != '/' && namesOne(segs) {
				return true
			}
		}
	}
	return false
}

// unslashed undoes the one escape that a path in a query may have.
func unslashed(value string) string {
	return strings.NewReplacer("%2F", "/", "%2f", "/").Replace(value)
}

// namesOne reports whether a path that stands in a query ends with a number or a slug.
func namesOne(segs []string) bool {
	if len(segs) == 0 {
		return false
	}
	stem, _ := cutExtension(segs[len(segs)-1])
	return longestDigits(stem) > 0 || countWords(stem) >= 3
}

func segments(path string) []string {
	return strings.FieldsFunc(path, func(r rune) bool { return r == '/' })
}

// cutExtension parts a page's or a file's extension off; dots in slugs ("u.s.-plan") are none.
func cutExtension(seg string) (stem, ext string) {
	i := strings.LastIndexByte(seg, '.')
	if i <= 0 {
		return seg, ""
	}
	e := strings.ToLower(seg[i+1:])
	if has("page", e) || has("file", e) {
		return seg[:i], e
	}
	return seg, ""
}

func countWords(stem string) int {
	n := 0
	for w := range strings.FieldsFuncSeq(stem, func(r rune) bool { return r == '-' || r == '_' || r == '+' || r == ' ' || r == ',' || r == '.' }) {
		if number(w) < 0 {
			n++
		}
	}
	return n
}

func longestDigits(s string) int {
	best, run := 0, 0
	for i := range len(s) {
		if s[i] >= '0' && s[i] <= '9' {
			run++
			best = max(best, run)
		} else {
			run = 0
		}
	}
	return best
}

// hexID reports whether the last part of a stem is an id of hex digits, or a mix of letters and digits.
func hexID(stem string) bool {
	part := stem[strings.LastIndexAny(stem, "-_.")+1:]
	if len(part) < 8 {
		return false
	}
	digits, letters := 0, 0
	for i := range len(part) {
		switch c := part[i]; {
		case c >= '0' && c <= '9':
			digits++
		case c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z':
			letters++
		default:
			return false
		}
	}
	return digits >= 2 && letters >= 1
}
