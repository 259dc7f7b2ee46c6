package extract

import (
	"cmp"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/dateline-go/dateline/extract/internal/body"
	"github.com/dateline-go/dateline/extract/internal/page"
	"github.com/dateline-go/dateline/normalize"
	"github.com/dateline-go/dateline/normalize/lexicon"
	"golang.org/x/net/html/atom"
)

// sectionSegments are the segments of an address that lead to the page of a section.
const sectionSegments = "category categories section sections rubrik rubriken rubrique rubriques ressort kategorie categorie categoria categorias kategori seccion secciones sezione rubrica kategoria kategorija channel channels"

var isSectionSegment = sync.OnceValue(func() map[string]bool { return segmentSet(sectionSegments) })

// How far before the headline and after the body, in blocks, a page shows its section; and how many links to sections
// stand there at most: more are a menu.
const (
	sectionBefore   = 4
	sectionAfter    = 8
	maxSectionLinks = 4
)

// A sectionLinks is the texts of the links of a page that may name its section.
type sectionLinks struct {
	marked    string // the first at the article that is marked: rel=category, as blog systems print it beside rel=tag
	ofAddress string // the one to the longest part of the page's own address, whose folders are named in the menu
	atArticle string // the first at the article that leads to a page of a section
}

func (r *reading) sectionLinks(c body.Choice) sectionLinks {
	var out sectionLinks
	first, last := span(c)
	own := parentFolder(r.in.URL)
	n, longest := 0, 0
	for i := range r.p.Elems {
		e := &r.p.Elems[i]
		if e.Tag != atom.A || e.Stop == e.Start || e.Stop-e.Start > maxSectionBytes {
			continue
		}
		href, text := e.Attr("href"), r.p.ElemText(i)
		if folder := folderOf(href); len(folder) > longest && strings.HasPrefix(own, folder) && (saysSlug(text, folder) || r.transcribed(text, folder)) && r.leadsWithin(href) {
			longest, out.ofAddress = len(folder), text
		}
		block := int(e.FirstBlock)
		if last < 0 || block < first-sectionBefore || block > last+sectionAfter || e.Anc&(page.InNav|page.InAside) != 0 || e.Dist[page.HintRelated] <= nearRelated {
			continue
		}
		switch {
		case hasToken(e.Attr("rel"), "category"):
			out.marked = cmp.Or(out.marked, text)
		case hasSegment(href, isSectionSegment()) && saysSlug(text, folderOf(href)) && r.leadsWithin(href):
			out.atArticle = cmp.Or(out.atArticle, text)
			n++
		}
	}
	if n > maxSectionLinks {
		out.atArticle = ""
	}
	return out
}

// maxSectionBytes bounds the name of a section.
const maxSectionBytes = 60

// folderOf is the path of a link, closed by a slash: "/sport/rowing/"; "" for the front page, for a place on a page and
// for addresses that a script or a form makes.
func folderOf(href string) string {
	if i := strings.Index(href, "://"); i >= 0 {
		href = href[i+3:]
		href = href[max(strings.IndexByte(href, '/'), 0):]
	}
	href = strings.TrimRight(href, "/")
	if len(href) < 2 || href[0] != '/' || href[1] == '/' || strings.ContainsAny(href, "?#") {
		return ""
	}
	return href + "/"
}

// parentFolder is the path of the folder that an address lies in.
func parentFolder(address string) string {
	path := strings.TrimRight(pathOf(address), "/")
	return "/" + path[:strings.LastIndexByte(path, '/')+1]
}

// transcribed reports whether a link is a word or two of a script that addresses translate or transcribe, and no call to
// go to the folder ("All news"). Folders with digits are of days, short ones of languages.
func (r *reading) transcribed(text, folder string) bool {
	const least, words = len("/abcd/"), 3
	last := folder[strings.LastIndexByte(folder[:len(folder)-1], '/'):]
	first, _, _ := strings.Cut(strings.ToLower(text), " ")
	letter, _ := utf8.DecodeRuneInString(first)
	return len(last) >= least && !strings.ContainsAny(last, "0123456789") && len(strings.Fields(text)) <= words &&
		unicode.IsLetter(letter) && !unicode.Is(unicode.Latin, letter) && !slices.Contains(lexicon.Get(r.lang)["stopwords"], first)
}

// saysSlug reports whether a link of a few words says what the last folder of its address says, and hardly more.
func saysSlug(text, folder string) bool {
	if folder == "" || len(strings.Fields(text)) > maxSectionWords || !strings.ContainsFunc(text, unicode.IsLetter) {
		return false
	}
	folder = folder[:len(folder)-1]
	slug, name := normalize.FoldAccents(folder[strings.LastIndexByte(folder, '/')+1:]), normalize.FoldAccents(text)
	if len(slug) > len(name) {
		slug, name = name, slug
	}
	return len(slug) > 1 && strings.Contains(name, slug) && len(slug)*2 >= len(name)
}
