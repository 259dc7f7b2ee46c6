// Package extract turns the bytes of one page into a record. It never touches the
// network, a file or the clock.
package extract

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/dateline-go/dateline"
	"github.com/dateline-go/dateline/extract/internal/body"
	"github.com/dateline-go/dateline/extract/internal/decode"
	"github.com/dateline-go/dateline/extract/internal/page"
	"github.com/dateline-go/dateline/normalize"
	"golang.org/x/net/html/atom"
)

// Extract reads one page: decode, parse, gather candidates, choose, build. A page
// that is no article gives a record all the same, whose PageKind says so. The
// errors are ErrEmpty, ErrBinary and that of a broken MHTML archive.
func Extract(in Input) (res Result, err error) {
	defer func() {
		if x := recover(); x != nil { // a defect, but one page's defect must not cost another its record
			err = fmt.Errorf("extract %s: internal error: %v", in.Name, x)
		}
	}()
	if len(in.Body) <= 4096 && len(bytes.TrimSpace(in.Body)) == 0 {
		return Result{}, ErrEmpty
	}
	if decode.Binary(in.Body) {
		return Result{}, ErrBinary
	}
	r, info, err := read(in)
	if err != nil {
		return Result{}, err
	}
	titleCandidates := titles(r)
	title := r.chooseTitle(titleCandidates)
	r.shownTitle = shownTitle(titleCandidates, title)
	choice := body.Choose(r.p, r.known(titleCandidates))
	r.ruleBody(&choice)
	b := builder{reading: r, info: info, choice: choice, titles: titleCandidates, title: title}
	r.note("title", titleCandidates)
	res = b.build()
	res.Lesson, res.Unaided = choice.Lesson, b.unaided(&res)
	if in.Model == nil { // training looks at the pages of its model again
		r.p.Release()
	}
	return res, nil
}

// read decodes and parses the page and learns what all fields need: its data, its
// house, its language.
func read(in Input) (*reading, decode.Info, error) {
	raw, contentType := in.Body, in.ContentType
	if in.Format == FormatMHTML || page.IsMHTML(raw) {
		html, ct, url, err := page.FromMHTML(raw)
		if err != nil {
			return nil, decode.Info{}, fmt.Errorf("read mhtml: %w", err)
		}
		raw, contentType = html, ct
		if in.URL == "" {
			in.URL = url
		}
	}
	text, info := decode.Text(raw, contentType, in.Charset)
	if in.Format == "" && !strings.Contains(contentType, "html") && !page.HasMarkup(text) {
		in.Format = FormatText
	}
	r := &reading{in: in, flags: map[string]bool{}}
	var err error
	switch {
	case in.Format == FormatText:
		r.p = page.ParseText(text, in.URL)
	case in.Rules != nil:
		r.p, r.ruled, err = page.ParseSelected(text, in.URL, &in.Rules.selectors)
	default:
		r.p, err = page.Parse(text, in.URL)
	}
	if err != nil {
		return nil, info, err
	}
	if in.Trace {
		r.trace = &Trace{Charset: info.Charset, CharsetEvidence: info.Evidence}
	}
	r.data = r.p.ReadData()
	if r.in.URL == "" {
		r.in.URL = r.statedURL()
	}
	r.art = r.data.Articles(r.in.URL)
	r.host = normalize.Host(r.in.URL)
	r.meetHouse()
	if r.lang = r.declaredLanguage(); r.lang == "" {
		r.lang, _, _ = strings.Cut(normalize.Language(r.p.Text, normalize.LanguageHints{}).Tag, "-")
	}
	return r, info, nil
}

// statedURL is the address that a saved page gives itself: canonical or og:url.
func (r *reading) statedURL() string {
	for _, l := range r.p.Links {
		if l.Rel == "canonical" {
			if u := normalize.URL(l.Href, ""); u != "" {
				return u
			}
		}
	}
	return normalize.URL(r.p.Meta("og:url"), "")
}

func (r *reading) declaredLanguage() string {
	for _, l := range []string{r.in.Language, r.p.Lang, r.p.Meta("og:locale"), r.p.Meta("content-language")} {
		if l != "" {
			tag, _, _ := strings.Cut(strings.ReplaceAll(strings.ToLower(l), "_", "-"), "-")
			return tag
		}
	}
	return r.house.Lang
}

// known is what the body chooser is told.
func (r *reading) known(titles []candidate) body.Known {
	k := body.Known{Model: r.in.Model, Explain: r.trace != nil, IsArticle: len(r.art) > 0 || r.p.Meta("og:type") == "article"}
	// A heading is like itself: where the head of the page names a title, that tells which heading is it.
	stated := slices.ContainsFunc(titles, func(c candidate) bool { return c.value != "" && c.family != "heading" && c.family != titleOther })
	for _, c := range titles {
		if c.value != "" && c.family != titleOther && !(stated && c.family == "heading") && !slices.Contains(k.Titles, c.value) {
			k.Titles = append(k.Titles, c.value)
		}
	}
	for _, s := range []string{r.p.Meta("og:description"), r.p.Meta("description")} {
		if s != "" {
			k.Summaries = append(k.Summaries, s)
		}
	}
	for _, n := range r.art {
		if s := n.Text("articleBody"); s != "" {
			k.ArticleBody = s
			break
		}
	}
	k.Authors = r.statedAuthors()
	if k.Memory = r.in.Memory; k.Memory != nil {
		k.Self, k.IsCorrection = r.ids(), saysCorrected
	}
	return k
}

// statedAuthors are the names that structured data and metas give as they are.
func (r *reading) statedAuthors() []string {
	var out []string
	for _, n := range r.art {
		for _, a := range r.data.Objects(n.Props["author"]) {
			if name := a.Text("name"); name != "" && len(out) < 8 {
				out = append(out, name)
			}
		}
	}
	for _, name := range slices.Concat(namedMetas, looseMetas) {
		if raw := r.p.Meta(name); raw != "" && len(raw) < 100 && !strings.HasPrefix(raw, "http") && len(out) < 8 {
			out = append(out, raw)
		}
	}
	return out
}

// Extractor is what Record.Extractor says of a model.
func Extractor(model string) string { return "dateline/" + dateline.Version + " " + model }

// lines is the text of block i as the eye parts it: at the borders of the links,
// spans and breaks inside, which often stand side by side without a space between them.
func (r *reading) lines(i int) []string {
	b := &r.p.Blocks[i]
	if b.Elem < 0 {
		return []string{r.p.BlockText(i)}
	}
	cuts := []int32{b.Stop}
	for j := b.Elem + 1; j < r.p.Elems[b.Elem].End; j++ {
		switch e := &r.p.Elems[j]; e.Tag {
		case atom.A, atom.Span, atom.Br, atom.Time, atom.Small:
			cuts = append(cuts, e.Start, e.Stop)
		}
	}
	slices.Sort(cuts)
	var out []string
	at := b.Start
	for _, c := range cuts {
		if c <= at || c > b.Stop {
			continue
		}
		if s := strings.TrimSpace(r.p.Text[at:c]); s != "" {
			out = append(out, s)
		}
		at = c
	}
	return out
}
