package extract

import (
	"strings"
	"time"
	"unicode"

	"github.com/dateline-go/dateline"
	"github.com/dateline-go/dateline/extract/internal/page"
	"github.com/dateline-go/dateline/normalize"
	"golang.org/x/net/html/atom"
)

// A dated is a candidate for a date with the value that it normalises to.
type dated struct {
	candidate
	role string // published or modified
	v    normalize.DateValue
}

// publishedMetas are the metas that hold the date of publication, strongest first.
var publishedMetas = []string{
	"article:published_time", "datepublished", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "cxenseparse:publishtime",
	"dc.date.issued", "dcterms.created", "publishdate", "pubdate", "publish-date", "publication_date", "publish_date", "article.published",
	"og:article:published_time", "og:published_time", "rnews:datepublished", "og:pubdate", "date", "dc.date", "dcterms.date", "og:release_date", "weibo:article:create_at",
}

var modifiedMetas = []string{"article:modified_time", "datemodified", "og:updated_time", "dcterms.modified", "last-modified", "lastmod", "revised"}

// dates gathers the dates of the page, both roles, strongest first.
func dates(r *reading) []dated {
	var ds []dated
	add := func(role, rule, family, raw string, machine bool) {
		v, err := normalize.Date(raw, r.dateHints(machine))
		d := dated{candidate{rule: rule, raw: raw, family: family}, role, v}
		if err != nil {
			d.why = err.Error()
		} else {
			d.value = v.String()
		}
		ds = append(ds, d)
	}
	for _, role := range []string{"published", "modified"} {
		for _, raw := range r.ruled[role] {
			add(role, siteRule, siteRule, raw, false)
		}
	}
	for _, n := range r.art {
		for _, x := range []struct{ key, role string }{{"datePublished", "published"}, {"dateModified", "modified"}} {
			if raw := n.Text(x.key); raw != "" {
				add(x.role, "jsonld", "cms", raw, true)
			}
		}
	}
	for _, name := range publishedMetas {
		if raw := r.p.Meta(name); raw != "" {
			add("published", "meta:"+name, "cms", raw, true)
		}
	}
	for _, n := range r.data.Nodes {
		if n.Is("WebPage", "NewsMediaOrganization") && n.Text("datePublished") != "" {
			add("published", "jsonld:webpage", "cms", n.Text("datePublished"), true)
		}
	}
	for _, name := range modifiedMetas {
		if raw := r.p.Meta(name); raw != "" {
			add("modified", "meta:"+name, "cms", raw, true)
		}
	}
	ds = append(ds, r.visibleDates()...)
	if raw := urlDate(r.in.URL); raw != "" {
		add("published", "url", "url", raw, true)
	}
	if r.in.Claims.Published != "" {
		add("published", "claim", "claim", r.in.Claims.Published, true)
	}
	if !hasDate(ds) {
		ds = append(ds, r.weakDates()...)
	}
	return ds
}

// visibleDates reads <time> elements, microdata and lines near the headline.
func (r *reading) visibleDates() []dated {
	var ds []dated
	for i := range r.p.Elems {
		e := &r.p.Elems[i]
		if e.Anc&(page.InAside|page.InNav|page.InFooter) != 0 || e.Dist[page.HintComment] < 8 || e.Dist[page.HintRelated] < 3 {
			continue
		}
		prop := strings.ToLower(e.Attr("itemprop"))
		role := "published"
		if prop == "datemodified" {
			role = "modified"
		}
		if e.Tag != atom.Time && prop != "datepublished" && prop != "datemodified" {
			continue
		}
		raw := e.Attr("datetime")
		if raw == "" {
			raw = e.Attr("content")
		}
		machine := raw != ""
		if !machine {
			raw = r.p.ElemText(i)
		}
		rule := "time"
		if prop != "" {
			rule = "microdata"
		}
		if v, err := normalize.Date(raw, r.dateHints(machine)); err == nil {
			ds = append(ds, dated{candidate{rule: rule, raw: raw, family: "time", value: v.String()}, role, v})
		}
		if len(ds) > 8 {
			break
		}
	}
	for _, i := range r.nearTitle() {
		line := strings.Join(r.lines(i), " | ")
		for _, l := range normalize.Dates(line, r.dateHints(false)) {
			if l.Role != "other" {
				ds = append(ds, dated{candidate{rule: "text", raw: line, family: "text", value: l.Value.String()}, l.Role, l.Value})
			}
		}
	}
	return ds
}

// aroundTitle is the short blocks around the headline, where byline and date stand.
func (r *reading) aroundTitle() []int {
	at := -1
	for i := range r.p.Blocks {
		b := &r.p.Blocks[i]
		if r.p.Plain {
			if r.titleText != "" && r.p.BlockText(i) == r.titleText {
				at = i
				break
			}
		} else if b.Heading > 0 && b.Elem >= 0 && !r.p.Elems[b.Elem].Hidden && r.titleText != "" && normalize.Text(r.p.BlockText(i)) == r.titleText {
			at = i
			break
		}
	}
	var out []int
	for i := max(0, at-4); i < len(r.p.Blocks) && i <= at+12; i++ {
		b := &r.p.Blocks[i]
		if i == at || b.Runes < 4 || b.Runes > 160 {
			continue
		}
		if b.Elem >= 0 {
			e := &r.p.Elems[b.Elem]
			if e.Anc&(page.InAside|page.InNav|page.InFooter) != 0 || e.Dist[page.HintRelated] < 3 || e.Dist[page.HintComment] < 8 {
				continue
			}
		}
		out = append(out, i)
	}
	return out
}

// nearTitle is the blocks around the headline that hold a digit: one may be the date line.
func (r *reading) nearTitle() []int {
	var out []int
	for _, i := range r.aroundTitle() {
		if strings.ContainsFunc(r.p.BlockText(i), unicode.IsDigit) {
			out = append(out, i)
		}
	}
	return out
}

func (r *reading) dateHints(machine bool) normalize.DateHints {
	return normalize.DateHints{
		Lang: r.lang, Country: r.house.Country, Zone: r.zone, ZoneSource: r.zoneSource, Now: r.in.Fetched, Machine: machine,
	}
}

// urlDate is the day in the path of an address: /2021/05/29/, /20210529/ or 2021-05-29.
func urlDate(u string) string {
	for i := 0; i+8 <= len(u); i++ {
		if u[i] != '2' && u[i] != '1' || i > 0 && digit(u[i-1]) {
			continue
		}
		for _, form := range []string{"9999/99/99", "9999-99-99", "99999999", "9999/9/99"} {
			if day := fits(u[i:], form); day != "" {
				if t, err := time.Parse("20060102", day); err == nil && t.Year() >= 1990 {
					return t.Format(time.DateOnly)
				}
			}
		}
	}
	return ""
}

func fits(s, form string) string {
	if len(s) < len(form) || len(s) > len(form) && digit(s[len(form)]) {
		return ""
	}
	var day []byte
	for i := range len(form) {
		switch {
		case form[i] == '9' && digit(s[i]):
			day = append(day, s[i])
		case form[i] != s[i]:
			return ""
		}
	}
	if len(day) == 7 {
		day = append(day[:4], append([]byte{'0'}, day[4:]...)...)
	}
	return string(day)
}

func digit(c byte) bool { return c >= '0' && c <= '9' }

// chooseDate picks the value of a role: the day that most families agree on, then
// the strongest rule, then the most precise of those that name the same day.
func chooseDate(ds []dated, role string) *dated {
	day := func(d *dated) string { return d.value[:min(10, len(d.value))] }
	votes := map[string]map[string]bool{}
	for i := range ds {
		if d := &ds[i]; d.role == role && d.value != "" {
			if votes[day(d)] == nil {
				votes[day(d)] = map[string]bool{}
			}
			votes[day(d)][d.family] = true
		}
	}
	var won *dated
	for i := range ds {
		d := &ds[i]
		if d.role != role || d.value == "" {
			continue
		}
		if d.rule == siteRule {
			d.chosen, d.why = true, "the operator's rule"
			return d
		}
		if won == nil || len(votes[day(d)]) > len(votes[day(won)]) || day(d) == day(won) && better(d, won) {
			won = d
		}
	}
	if won != nil {
		won.chosen, won.why = true, "day that most families agree on"
	}
	return won
}

// better reports whether d says more of the same day than e: a clock time, then an offset.
func better(d, e *dated) bool {
	clock := func(x *dated) bool { return len(x.value) > 10 }
	return clock(d) && !clock(e) || clock(d) && d.v.HasOffset && !e.v.HasOffset
}

// evidence is what the record says of a chosen date.
func (d *dated) evidence(inferred bool) *dateline.DateEvidence {
	return &dateline.DateEvidence{
		Raw: normalize.Attr(d.raw), Precision: d.v.Precision, Zone: d.v.Zone, ZoneSource: d.v.ZoneSource,
		Source: d.rule, Inferred: inferred || d.v.Inferred != "",
	}
}
