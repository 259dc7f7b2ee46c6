package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dateline-go/dateline/extract/internal/page"
	"github.com/dateline-go/dateline/normalize"
	"golang.org/x/net/html/atom"
)

// maxDateLine is how many runes a line has that holds a date and little else.
const maxDateLine = 120

// weakSources are asked in this order where no strong source names a day; the first
// that does ends the search. Their order is that of docs/normalize.md's table.
var weakSources = []weakSource{
	{(*dateFinder).labelledLine, true}, {(*dateFinder).classed, true}, {(*dateFinder).farTime, true}, {(*dateFinder).besideTitle, true}, {(*dateFinder).opening, true}, {(*dateFinder).attribute, true}, {(*dateFinder).drafts, true},
	{(*dateFinder).titleDate, false}, {(*dateFinder).footLine, false}, {(*dateFinder).state, false}, {(*dateFinder).imagePath, false},
}

// A weakSource is one of the last resorts. Some are stronger than the date of the last
// update, with which a page that shows no other is content.
type weakSource struct {
	find         func(*dateFinder)
	beforeUpdate bool
}

// weak is the last resort.
func (f *dateFinder) weak() {
	for _, source := range weakSources {
		if f.has(published) || !source.beforeUpdate && f.has(modified) {
			return
		}
		source.find(f)
	}
}

// away calls visit for the short blocks that hold a digit outside the head, outside
// lists of other pages and comments, in the order of the page.
func (f *dateFinder) away(visit func(block int) bool) {
	for i := range f.p.Blocks {
		b := &f.p.Blocks[i]
		if b.Runes < 6 || b.Runes > maxDateLine || f.head(i) || !strings.ContainsFunc(f.p.BlockText(i), unicode.IsDigit) {
			continue
		}
		if e := int(b.Elem); e >= 0 && (f.p.Elems[e].Hidden || f.elsewhere(e) || f.beside(e) && !f.own(e) || f.siteHeader(e)) {
			continue
		}
		if !visit(i) {
			return
		}
	}
}

// labelledLine is a date with its label anywhere.
func (f *dateFinder) labelledLine() {
	f.away(func(i int) bool {
		found := false
		for _, l := range f.datesOf(i) {
			if l.Labelled && (l.Role == published || l.Role == modified) {
				f.put(l.Role, "label", "print", f.p.BlockText(i), l.Value, l.Err, weightFar)
				found = found || l.Err == nil
			}
		}
		return !found
	})
}

// classed is an element that calls itself a date.
func (f *dateFinder) classed() {
	for i := range f.p.Elems {
		e := &f.p.Elems[i]
		if e.Dist[page.HintDate] > 1 || e.Stop <= e.Start || int(e.Stop-e.Start) > maxDateLine || e.Hidden || f.off(i) || f.siteHeader(i) {
			continue
		}
		if f.one("class", strings.ReplaceAll(f.p.Printed(i), page.Border, " ")) {
			return
		}
	}
}

// one adds the first date of a line that is not labelled as another's.
func (f *dateFinder) one(rule, line string) bool {
	if !strings.ContainsFunc(line, unicode.IsDigit) {
		return false
	}
	for _, l := range normalize.Dates(line, f.dateHints(false)) {
		if l.Role == published || l.Role == modified {
			f.put(l.Role, rule, "print", line, l.Value, nil, weightFar)
			return true
		}
	}
	return false
}

// footLine is a date right below the body.
func (f *dateFinder) footLine() {
	f.away(func(i int) bool {
		return !(f.foot(i) && !(f.p.Blocks[i].Elem >= 0 && f.beside(int(f.p.Blocks[i].Elem))) && f.one("foot", strings.Join(f.lines(i), " | ")))
	})
}

// farTime is a <time> anywhere in the article.
func (f *dateFinder) farTime() {
	for i := range f.p.Elems {
		e := &f.p.Elems[i]
		if e.Tag != atom.Time || f.off(i) || f.siteHeader(i) {
			continue
		}
		n := len(f.ds)
		f.marked(dateMark{rule: "time:far", role: published, weight: weightFar, elem: i})
		if len(f.ds) > n {
			return
		}
	}
}

// besideTitle is a date in the element of the headline, on a line of its own.
func (f *dateFinder) besideTitle() {
	if f.title < 0 {
		return
	}
	lines := f.lines(f.title)
	for _, line := range lines {
		if len(lines) > 1 && line != f.shownTitle && f.one("title:line", line) {
			return
		}
	}
}

// opening is the date with which the text opens, as press releases and agencies write it:
// "Port Marrow, 15 August 2023 – The quay", "15.08.2023 | The quay".
func (f *dateFinder) opening() {
	const into = 5 // blocks of the body in which the standfirst and a heading may stand before the text
	if f.first < 0 {
		return
	}
	from := f.first
	if f.title >= 0 && f.title < from {
		from = f.title + 1
	}
	for i := from; i < f.first+into && i < len(f.p.Blocks); i++ {
		b := &f.p.Blocks[i]
		if 2*b.LinkRunes > b.Runes || b.Elem >= 0 && (f.p.Elems[b.Elem].Hidden || f.quoted(int(b.Elem))) {
			continue
		}
		if f.one("opening", openingDate(f.p.BlockText(i))) {
			return
		}
	}
}

// maxDateline is how many bytes a text may open with before the mark behind its dateline.
const maxDateline = 70

// openingDate is what stands before the first dash or bar of a text, where that can be a dateline: it
// begins with a number, or a comma or bar parts place and day. Else it is a number of three parts
// with which the text opens, "" if there is none.
func openingDate(text string) string {
	head := text[:min(len(text), maxDateline)]
	for _, mark := range []string{" – ", " — ", " - ", " | ", " // "} {
		if i := strings.Index(head, mark); i > 0 && (digit(head[0]) || strings.Contains(head[:i], ", ") || mark == " | ") {
			return head[:i]
		}
	}
	first, rest, _ := strings.Cut(head, " ")
	next, _ := utf8.DecodeRuneInString(rest)
	if len(first) >= len("1.2.2006") && digit(first[0]) && digit(first[len(first)-1]) && !unicode.IsLower(next) && !unicode.IsDigit(next) {
		return first
	}
	return ""
}

// attribute is a data attribute named after a publication, or after a time on an
// element that calls itself a date.
func (f *dateFinder) attribute() {
	for i := range f.p.Elems {
		e := &f.p.Elems[i]
		for k := range e.Attrs {
			a := &e.Attrs[k]
			if !strings.HasPrefix(a.Key, "data-") || len(a.Val) < 8 || len(a.Val) > 40 || !namesDate(a.Key[5:], e) || f.off(i) {
				continue
			}
			if v, err := normalize.Date(a.Val, f.dateHints(true)); err == nil && v.Day > 0 {
				f.put(published, "data", "print", a.Val, v, nil, weightFar)
				return
			}
		}
	}
}

// namesDate reads the name of a data attribute, without data-.
func namesDate(name string, e *page.Elem) bool {
	if says(name, "publish", "publication", "pubdate", "pub-date", "posted", "deploy-d") {
		return !says(name, "unpublish")
	}
	return isDate(e) && says(name, "date", "time", "stamp")
}

// drafts are dates of creation and upload: mostly the same day.
func (f *dateFinder) drafts() {
	for _, n := range f.reading.data.Nodes {
		for _, key := range []string{"dateCreated"} {
			if raw := n.Text(key); raw != "" {
				f.add(published, "jsonld:"+key, "cms", raw, true, weightFar).inferred = true
				return
			}
		}
	}
}

// stateKeys are the names that application state gives to a date of publication.
var stateKeys = []string{
	"datePublished", "date_published", "publishedAt", "published_at", "publishDate", "publish_date", "publishedDate", "published_date",
	"publicationDate", "publication_date", "firstPublicationDate", "firstPublishedAt", "first_published_at", "publishTime", "publish_time",
	"pubDate", "pub_date", "displayDate", "display_date", "postDate", "post_date", "createdAt", "created_at",
}

// maxState is how many bytes of a script are looked through.
const maxState = 1 << 20

// state looks into the application state of the page, at the first key that names a
// publication.
func (f *dateFinder) state() {
	for _, key := range stateKeys {
		for i := range f.p.Scripts {
			s := &f.p.Scripts[i]
			if strings.Contains(s.Type, "ld+json") {
				continue
			}
			if raw := stringAfterKey(s.Text[:min(len(s.Text), maxState)], key); raw != "" {
				if d := f.add(published, "state", "cms", raw, true, weightFar); d.whole() {
					return
				}
			}
		}
	}
}

// titleDate is a day that is a part of the headline, or stands in the address day first.
func (f *dateFinder) titleDate() {
	for _, title := range []string{f.shownTitle, f.p.Title, f.p.Meta("og:title")} {
		for _, sep := range []string{" | ", " - ", " – ", " — ", ": "} {
			for part := range strings.SplitSeq(title, sep) {
				if f.one("title", part) {
					return
				}
			}
		}
	}
	if raw := urlDayFirst(f.in.URL); raw != "" {
		f.add(published, "url:day", "url", raw, true, weightFar)
	}
}

// imagePath is the day in the address of the article's picture.
func (f *dateFinder) imagePath() {
	if raw := urlDate(f.p.Meta("og:image")); raw != "" {
		f.add(published, "image", "image", raw, true, weightFar).inferred = true
	}
}
