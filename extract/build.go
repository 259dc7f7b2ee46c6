package extract

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/dateline-go/dateline"
	"github.com/dateline-go/dateline/extract/internal/body"
	"github.com/dateline-go/dateline/extract/internal/decode"
	"github.com/dateline-go/dateline/extract/internal/page"
	"github.com/dateline-go/dateline/normalize"
	"github.com/dateline-go/dateline/normalize/lexicon"
	"golang.org/x/net/html/atom"
)

// A builder makes the record of what the fields found, once.
type builder struct {
	*reading
	info   decode.Info
	choice body.Choice
	titles []candidate
	title  *candidate
	rec    dateline.Record
	// dateLines are the printed lines that dates were read from.
	dateLines []string
	wishes    wishes
}

func (b *builder) build() Result {
	b.body()
	b.rec.Images = imagesOf(b.reading, b.choice, b.rec.Authors)
	b.place()
	b.rights()
	b.kind()
	b.source()
	b.quality()
	res := Result{Record: b.rec, Trace: b.trace, Links: b.links()}
	if b.trace != nil {
		b.traceFields()
		b.traceBlocks()
	}
	return res
}

// body makes the fields that the text hangs on, and the text.
func (b *builder) body() {
	b.rec = dateline.Record{Schema: dateline.Schema, Provenance: map[string]string{}, Extractor: Extractor(b.choice.Model)}
	b.address()
	b.headline()
	b.blocks()
	b.credits()
	b.when()
	b.text()
}

// flag notes a reason for doubt.
func (b *builder) flag(name string, on bool) {
	if on {
		b.flags[name] = true
	}
}

// put sets a field of the record and says where the value came from.
func (b *builder) put(field string, to *string, c *candidate) {
	if c != nil && c.value != "" {
		*to = c.value
		b.rec.Provenance[field] = c.rule
	}
}

func (b *builder) address() {
	r := &b.rec
	r.URL = normalize.URL(b.in.URL, "")
	r.CanonicalURL = r.URL
	if c := b.canonical(r.URL); c != "" {
		r.CanonicalURL = c
		b.rec.Provenance["canonical_url"] = "link:canonical"
	}
}

// canonical is the address that the page of this address calls its own, where it is believed.
func (r *reading) canonical(own string) string {
	for _, l := range r.p.Links {
		if l.Rel != "canonical" {
			continue
		}
		if c := normalize.URL(l.Href, r.p.Base); believedCanonical(c, own) {
			return c
		}
		break
	}
	return ""
}

// believedCanonical holds a claimed canonical address against the page's own: the
// same registered domain, not the front page, not shorter by two segments.
func believedCanonical(claim, own string) bool {
	if claim == "" || own == "" {
		return claim != ""
	}
	_, path, _ := strings.Cut(strings.TrimPrefix(strings.TrimPrefix(claim, "https://"), "http://"), "/")
	return normalize.Site(claim) == normalize.Site(own) && path != "" && strings.Count(claim, "/")+2 > strings.Count(own, "/")
}

func (b *builder) headline() {
	b.put("title", &b.rec.Title, b.title)
	ks := b.kickers(b.titles, b.title)
	b.put("kicker", &b.rec.Kicker, strongest(ks))
	b.note("kicker", ks)
	cs := append(b.rule("standfirst"), standfirsts(b.reading, b.choice)...)
	b.put("standfirst", &b.rec.Standfirst, strongest(cs))
	b.keepOpening(cs)
	b.note("standfirst", cs)
	var ds []candidate
	for _, name := range []string{"og:description", "description", "twitter:description"} {
		if s := b.p.Meta(name); s != "" {
			ds = append(ds, candidate{rule: "meta:" + name, raw: s, value: normalize.Attr(s)})
		}
	}
	b.put("description", &b.rec.Description, strongest(ds))
	b.note("description", ds)
}

func (b *builder) blocks() {
	b.setBlocks(blocksOf(b.p, b.choice.Keep, b.rec.Standfirst, b.isLive()))
	if b.rec.WordCount < scriptWords {
		b.scriptBody()
	}
}

// setBlocks gives the record its body, and the text and the words that follow from it.
func (b *builder) setBlocks(blocks []dateline.Block) {
	r := &b.rec
	r.Blocks, r.Text = blocks, textOf(blocks)
	r.WordCount = normalize.Words(r.Text)
}

// dropClaimed takes lines out of the body that other fields hold: the byline and the date
// line at its head, the author's name at its end.
func (b *builder) dropClaimed() {
	const head = 4
	r := &b.rec
	claimed := map[string]bool{normalize.Fold(r.Byline): r.Byline != ""}
	for _, raw := range b.dateLines {
		claimed[normalize.Fold(raw)] = true
	}
	n := 0
	before := len(r.Blocks)
	left := slices.DeleteFunc(r.Blocks, func(x dateline.Block) bool {
		if !isText(&x) {
			return false
		}
		n++
		return n <= head && (x.Kind == dateline.BlockParagraph || x.Kind == dateline.BlockUpdate && x.Level == 0) && len(x.Text) < 200 && (claimed[normalize.Fold(x.Text)] || b.opensByline(x.Text))
	})
	if last := len(left) - 1; last > 0 && left[last].Kind == dateline.BlockParagraph && b.signature(left[last].Text) {
		left = left[:last]
	}
	if len(left) < before {
		b.setBlocks(left)
	}
}

// signature reports whether a line is nothing but the name of one of the people who wrote the article, with their post
// and address of mail.
func (b *builder) signature(line string) bool {
	const longest = 100 // bytes
	if len(line) > longest {
		return false
	}
	words := slices.DeleteFunc(strings.Fields(line), func(w string) bool { return strings.Contains(w, "@") })
	f := normalize.Fold(strings.Join(words, " "))
	return slices.ContainsFunc(b.rec.Contributors, func(c dateline.Contributor) bool {
		post, ok := strings.CutPrefix(f, normalize.Fold(c.Name))
		return ok && c.Kind == "person" && c.Role == "writer" && (post == "" || slices.Contains(lexicon.Get(b.lang)["posts"], post))
	})
}

// dateline reads the place and the agency that open the text, once the byline is off its head.
func (b *builder) dateline() {
	r := &b.rec
	place, agency, _ := normalize.Dateline(r.Text, b.lang)
	if place != "" {
		r.Dateline = place
		r.Provenance["dateline"] = "text"
	}
	if agency != "" && r.Agency == "" {
		r.Agency = agency
		r.Provenance["agency"] = "text"
	}
}

func (b *builder) text() {
	r := &b.rec
	b.dropClaimed()
	b.dateline()
	if r.Text != "" {
		r.Provenance["text"] = b.choice.Model
	}
	sample := r.Text
	if r.WordCount < 10 {
		sample = "" // a line or two tell no language
	}
	v := normalize.Language(sample, normalize.LanguageHints{
		Declared: []string{b.in.Language, b.p.Lang, b.p.Meta("og:locale"), b.p.Meta("content-language")}, Prior: b.house.Lang,
	})
	r.Language, r.Direction = v.Tag, v.Direction
	if v.Tag != "" {
		r.Provenance["language"] = v.Source
	}
	if r.Text != "" {
		content, simhash := normalize.Fingerprint(r.Text)
		r.Fingerprint = dateline.Fingerprint{Content: content, Simhash: fmt.Sprintf("%016x", simhash)}
	}
}

func (b *builder) place() {
	cs := append(b.rule("section"), sections(b.reading, b.choice)...)
	b.put("section", &b.rec.Section, strongest(cs))
	b.note("section", cs)
	b.tagged()
}

// tagged takes the first list of tags that says something.
func (b *builder) tagged() {
	var cs []candidate
	small := sync.OnceValue(func() string { return strings.ToLower(b.rec.Title + "\n" + b.rec.Text) }) // seldom asked for
	for _, l := range b.tags(b.choice, small) {
		cs = append(cs, candidate{rule: l.rule, raw: l.raw, value: strings.Join(l.tags, ", ")})
		if len(l.tags) > 0 && len(b.rec.Tags) == 0 {
			b.rec.Tags, b.rec.Provenance["tags"] = l.tags, l.rule
		}
	}
	strongest(cs)
	b.note("tags", cs)
}

func (b *builder) rights() {
	x := rightsOf(b.reading, b.choice.Keep)
	b.rec.Copyright, b.rec.License, b.rec.Notices = x.copyright, x.license, x.notices
	for field, v := range map[string]string{"copyright": x.copyright, "license": x.license} {
		if v != "" {
			b.rec.Provenance[field] = "text"
		}
	}
}

func (b *builder) source() {
	r := &b.rec
	sum := sha256.Sum256(b.in.Body)
	r.Source = dateline.Source{
		Input: b.in.Name, Charset: b.info.Charset, Bytes: len(b.in.Body), SHA256: hex.EncodeToString(sum[:]),
		Status: b.in.Status, ContentType: b.in.ContentType, DiscoveredBy: b.in.Claims.Source,
	}
	if !b.in.Fetched.IsZero() {
		r.Source.FetchedAt = b.in.Fetched.UTC().Format(time.RFC3339)
	}
	if key := normalize.URLKey(r.CanonicalURL); key != "" {
		r.ID = normalize.ID(key)
	} else {
		r.ID = r.Source.SHA256[:32]
		if r.Fingerprint.Content != "" {
			r.ID = r.Fingerprint.Content
		}
	}
}

func (b *builder) quality() {
	r := &b.rec
	if r.Text == "" {
		b.flags["no_body"] = true
	}
	if b.p.Flattened {
		b.flags["flattened"] = true
	}
	b.readWishes()
	for _, n := range b.art {
		if free := n.Text("isAccessibleForFree"); strings.EqualFold(free, "false") || n.Props["isAccessibleForFree"] == false {
			b.flags["paywalled"] = true
		}
	}
	r.Quality = dateline.Quality{Confidence: b.choice.Confidence, Flags: slices.Sorted(maps.Keys(b.flags))}
}

// links is what a crawler needs of the page.
func (b *builder) links() Links {
	l := Links{Canonical: b.rec.CanonicalURL, Robots: b.wishes.robots, TDM: b.wishes.tdm}
	l.RefreshURL, l.RefreshAfter = b.refresh()
	for _, h := range b.p.Links {
		switch {
		case h.Rel == "amphtml":
			if abs := b.p.Resolve(h.Href); abs != "" {
				l.AMP = abs
			}
		case h.Rel == "alternate" && (strings.Contains(h.Type, "rss") || strings.Contains(h.Type, "atom") || h.Type == "application/feed+json"):
			if abs := b.p.Resolve(h.Href); abs != "" {
				l.Feeds = append(l.Feeds, Feed{abs, h.Title, h.Type})
			}
		}
	}
	for i := range b.p.Elems {
		e := &b.p.Elems[i]
		if e.Tag != atom.A {
			continue
		}
		if u := b.p.Resolve(e.Attr("href")); u != "" {
			if l.Anchors == nil {
				l.Anchors = make([]Anchor, 0, b.p.Count(atom.A))
			}
			l.Anchors = append(l.Anchors, Anchor{URL: u, Text: strings.ReplaceAll(b.p.ElemText(i), "\n", " "), Rel: e.Attr("rel"), Place: placeOf(e), Heading: e.Anc&page.InHeading != 0})
		}
	}
	return l
}

// refresh reads "5; url=/elsewhere"; the address is empty where the page only reloads itself.
func (b *builder) refresh() (to string, after int) {
	at := strings.IndexAny(b.p.Refresh, ";,")
	if at < 0 {
		return "", 0
	}
	name, where, eq := strings.Cut(b.p.Refresh[at+1:], "=")
	seconds, err := strconv.ParseFloat(strings.TrimSpace(b.p.Refresh[:at]), 64)
	if !eq || !strings.EqualFold(strings.TrimSpace(name), "url") || err != nil || seconds < 0 || seconds > 1e6 {
		return "", 0
	}
	return b.p.Resolve(strings.Trim(strings.TrimSpace(where), `'"`)), int(seconds)
}

func placeOf(e *page.Elem) string {
	for _, x := range []struct {
		bit  page.Ancestors
		name string
	}{{page.InNav, "nav"}, {page.InFooter, "footer"}, {page.InAside, "aside"}, {page.InHeader, "header"}, {page.InMain, "main"}} {
		if e.Anc&x.bit != 0 {
			return x.name
		}
	}
	return "body"
}
