package extract

import (
	"errors"
	"path"
	"strings"
	"time"

	"github.com/dateline-go/dateline"
	"github.com/dateline-go/dateline/extract/internal/body"
	"github.com/dateline-go/dateline/extract/internal/decode"
	"github.com/dateline-go/dateline/normalize"
)

// Format says how the bytes of an Input are to be read.
type Format string

// The formats of input. The zero value is told by the bytes: MHTML by its header, text
// where there is no markup and no Content-Type claims it, else HTML.
const (
	FormatHTML  Format = "html"
	FormatText  Format = "text" // a page saved as plain text
	FormatMHTML Format = "mhtml"
)

// FormatOf tells the format of a saved page by the name of its file, and whether the name is that of one.
func FormatOf(name string) (f Format, ok bool) {
	switch strings.ToLower(path.Ext(name)) {
	case ".html", ".htm", ".xhtml":
		return FormatHTML, true
	case ".txt":
		return FormatText, true
	case ".mhtml", ".mht":
		return FormatMHTML, true
	}
	return "", false
}

// An Input is the bytes of one page and what is known of them.
type Input struct {
	// Name is what the record calls the input: a file name or the URL.
	Name string
	// URL is the address after redirects, "" where it is not known.
	URL string
	// Body is the page as it came over the wire, decompressed but not decoded.
	Body []byte
	// Format is how to read Body.
	Format Format
	// ContentType is the header as sent; its charset is evidence, not an order.
	ContentType string
	// Charset, where set, is the operator's word and beats all evidence.
	Charset string
	// Header is the rest of the response header, where there was one.
	Header map[string][]string
	// Status is the HTTP status, 0 where the page was not fetched.
	Status int
	// Fetched is when the page was fetched: the reference for relative dates and
	// the upper bound of all. Zero where it is not known.
	Fetched time.Time
	// Language and Zone (IANA) are the operator's word about the site.
	Language, Zone string
	// Claims are what the source that named the page said of it.
	Claims Claims
	// Rules, where set, are the operator's selectors for the site; what they find goes before all else.
	Rules *Rules
	// Memory, where set, is what other pages of the site hold; see Memory.
	Memory *Memory
	// Model, where set, chooses the body instead of the embedded model; see LoadModel.
	Model *Model
	// Trace asks for Result.Trace.
	Trace bool
}

// A Model is weights for the choice of the body.
type Model = body.Model

// KnownCharset reports whether a label names an encoding that Input.Charset can ask for.
func KnownCharset(label string) bool { return decode.Known(label) }

// LoadModel reads a model that make train wrote.
func LoadModel(b []byte) (*Model, error) { return body.ReadModel(b) }

// Claims are what a feed or a sitemap said of a page before it was fetched.
// They are candidates like any other, in a family of their own.
type Claims struct {
	Title, Published, Modified, Language, Publisher string
	// Source is the address of the feed or sitemap; By is feed, sitemap, news-sitemap or section.
	Source, By string
}

// A Result is all that one page gave.
type Result struct {
	Record dateline.Record
	// Trace says how the record came about; nil unless asked for.
	Trace *Trace
	// Links is what a crawler needs of the same walk.
	Links Links
	// Lesson is what the page teaches the memory of its site.
	Lesson Lesson
	// Unaided is the wording that the page gives without Input.Memory. Versions of an article are told apart by
	// it: it changes with the page only, not with what is known of others.
	Unaided Wording
}

// A Wording is what the article says: where its first lines are taken for the standfirst in one version and for
// the text in another, it is the same.
type Wording struct{ Standfirst, Text string }

// WordingOf is that of a record.
func WordingOf(r *dateline.Record) Wording { return Wording{r.Standfirst, r.Text} }

// Fingerprint is that of all of it, as normalize.Fingerprint has it.
func (w Wording) Fingerprint() (content string, simhash uint64) {
	if w.Standfirst == "" {
		return normalize.Fingerprint(w.Text)
	}
	return normalize.Fingerprint(w.Standfirst + "\n\n" + w.Text)
}

// Links are the ways on from a page.
type Links struct {
	// Anchors are the links of the body, in order, resolved.
	Anchors []Anchor
	// Feeds are the feeds that the head announces.
	Feeds []Feed
	// Canonical is rel=canonical as claimed, resolved; AMP is rel=amphtml.
	Canonical, AMP string
	// RefreshURL is where a meta refresh leads, after RefreshAfter seconds.
	RefreshURL   string
	RefreshAfter int
	// Robots are the words of meta robots and X-Robots-Tag, lower case.
	Robots []string
	// TDM is the value of tdm-reservation: 1 reserves the right to text and data mining, 0 does not, empty says nothing.
	TDM string
}

// An Anchor is one link with its text and its place.
type Anchor struct {
	URL, Text, Rel string
	// Place is nav, header, footer, aside, main or body.
	Place string
	// Heading is true where the link is, or stands in, a heading.
	Heading bool
}

// A Feed is a feed that the head of a page announces.
type Feed struct{ URL, Title, Type string }

// Errors of Extract. A page that is no article is not an error: see Record.PageKind.
var (
	ErrEmpty  = errors.New("input is empty")
	ErrBinary = errors.New("input is binary, not a page")
)
