package extract

import (
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/dateline-go/dateline"
	"github.com/dateline-go/dateline/fixtures/newsite"
)

// appeal is what the pages of an invented site carry between their paragraphs.
var appeal = []string{
	"Please take a moment to read this. The paper has no owner but its readers, and what it prints every morning costs more than the advertisements bring in.",
	"Those who have read us for years know what our reporters found out when nobody else was asking. That work takes weeks, and it takes somebody who pays for it.",
	"Give what a coffee costs, once or every month, and the paper will go on asking.",
}

// A sitePage is one page of the site with what is true of it.
type sitePage struct {
	newsite.Article
	in Input
}

// pagesOf are the article pages of an invented site.
func pagesOf(cfg newsite.Config) []sitePage {
	site := newsite.New(cfg)
	var out []sitePage
	for _, a := range site.Articles() {
		rec := httptest.NewRecorder()
		site.Handler().ServeHTTP(rec, httptest.NewRequest("GET", "http://paper.example"+a.Path, nil))
		out = append(out, sitePage{a, Input{Name: a.Path, URL: "http://paper.example" + a.Path, Body: rec.Body.Bytes(), ContentType: "text/html"}})
	}
	return out
}

func mustExtract(t *testing.T, in Input) Result {
	t.Helper()
	res, err := Extract(in)
	if err != nil {
		t.Fatal(err)
	}
	return res
}

// taught is a memory of these pages.
func taught(t *testing.T, pages ...sitePage) *Memory {
	t.Helper()
	m := &Memory{}
	for _, p := range pages {
		res := mustExtract(t, p.in)
		m.Learn(res.Record.ID, res.Lesson)
	}
	return m
}

func holdsAny(rec *dateline.Record, lines []string) bool {
	for _, line := range lines {
		if strings.Contains(rec.Text, line) {
			return true
		}
	}
	return false
}

func TestWhatASiteRepeatsOnItsPagesIsTakenOutOfTheNext(t *testing.T) {
	for _, layout := range []newsite.Layout{newsite.LayoutJSONLD, newsite.LayoutMeta, newsite.LayoutBlog} {
		pages := pagesOf(newsite.Config{Articles: 5, Layouts: []newsite.Layout{layout}, Appeal: appeal})
		for i, p := range pages {
			alone := mustExtract(t, p.in)
			if !holdsAny(&alone.Record, appeal) {
				t.Fatalf("%s %s: the page alone is told from its appeal: no test", layout, p.Path)
			}
			p.in.Memory, p.in.Trace = taught(t, append(pages[:i:i], pages[i+1:]...)...), true
			res := mustExtract(t, p.in)
			if holdsAny(&res.Record, appeal) {
				t.Errorf("%s %s: the appeal is still there:\n%s", layout, p.Path, res.Record.Text)
			}
			if !strings.Contains(strings.ReplaceAll(res.Record.Text, "\n", ""), strings.ReplaceAll(p.Text(), "\n", "")) {
				t.Errorf("%s %s: more than the appeal is gone:\n%s", layout, p.Path, res.Record.Text)
			}
			if own := WordingOf(&alone.Record); res.Unaided != own || alone.Unaided != own || res.Unaided == WordingOf(&res.Record) {
				t.Errorf("%s %s: the page alone is\n%v\nsaid to be\n%v\nwith a memory\n%v", layout, p.Path, own, res.Unaided, WordingOf(&res.Record))
			}
			why := ""
			for _, b := range res.Trace.Blocks {
				if b.Text == appeal[0] {
					why = b.Why
				}
			}
			if why != "seen on 4 of 4 other articles of the site" {
				t.Errorf("%s %s: why the appeal went: %q", layout, p.Path, why)
			}
		}
	}
}

func TestWhatASiteRepeatsIsTakenOutOfPagesSavedAsText(t *testing.T) {
	pages := pagesOf(newsite.Config{Articles: 6, Appeal: appeal})
	for i := range pages {
		p := &pages[i]
		lines := append([]string{p.Title, "By " + p.Authors[0]}, p.Paragraphs...)
		p.in.Body, p.in.Format, p.in.ContentType = []byte(strings.Join(append(lines, appeal...), "\n\n")), FormatText, ""
	}
	alone := mustExtract(t, pages[0].in)
	pages[0].in.Memory = taught(t, pages[1:]...)
	res := mustExtract(t, pages[0].in)
	if !holdsAny(&alone.Record, appeal) || holdsAny(&res.Record, appeal) || !strings.Contains(res.Record.Text, pages[0].Paragraphs[1]) {
		t.Errorf("alone\n%s\n\nwith a memory\n%s", alone.Record.Text, res.Record.Text)
	}
	if own := WordingOf(&alone.Record); res.Unaided != own {
		t.Errorf("alone it is %v, said to be %v", own, res.Unaided)
	}
}

func TestACorrectionStaysThoughTheHouseWordsAllItsCorrectionsAlike(t *testing.T) {
	note := []string{"Correction: an earlier version of this article gave a wrong figure for the cost; the council has since published the right one."}
	pages := pagesOf(newsite.Config{Articles: 5, Appeal: note})
	pages[0].in.Memory = taught(t, pages[1:]...)
	if res := mustExtract(t, pages[0].in); !holdsAny(&res.Record, note) {
		t.Errorf("the note is gone:\n%s", res.Record.Text)
	}
}

func TestWhatAPageTeachesDoesNotHangOnWhatWasKnown(t *testing.T) {
	pages := pagesOf(newsite.Config{Articles: 5, Appeal: appeal})
	alone := mustExtract(t, pages[0].in)
	pages[0].in.Memory = taught(t, pages[1:]...)
	one, two := &Memory{}, &Memory{}
	one.Learn("x", alone.Lesson)
	two.Learn("x", mustExtract(t, pages[0].in).Lesson)
	if a, b := fmt.Sprint(one), fmt.Sprint(two); a != b {
		t.Errorf("learned %s and %s", a, b)
	}
}

func TestVersionsAndCopiesOfAnArticleDoNotCountAsOthers(t *testing.T) {
	pages := pagesOf(newsite.Config{Articles: 9, Layouts: []newsite.Layout{newsite.LayoutJSONLD}})
	article := pages[0]
	want := mustExtract(t, article.in).Record.Text
	lesson := mustExtract(t, article.in).Lesson
	for name, teach := range map[string]func(m *Memory){
		"versions of it":   func(m *Memory) { m.Learn(mustExtract(t, article.in).Record.ID, lesson) },
		"copies elsewhere": func(m *Memory) { m.Learn("a", lesson); m.Learn("b", lesson); m.Learn("c", lesson) },
		"copies among others": func(m *Memory) {
			*m = *taught(t, pages[1:]...)
			m.Learn("a", lesson)
			m.Learn("b", lesson)
			m.Learn("c", lesson)
		},
		"nothing":                 func(*Memory) {},
		"two others":              func(m *Memory) { *m = *taught(t, pages[1:3]...) },
		"others, and it as known": func(m *Memory) { *m = *taught(t, pages...) },
	} {
		in := article.in
		in.Memory = &Memory{}
		teach(in.Memory)
		if got := mustExtract(t, in).Record.Text; got != want {
			t.Errorf("%s: the text became\n%s", name, got)
		}
	}
}

// shared puts a paragraph into the middle of some pages.
func shared(pages []sitePage, line string, n int) {
	for i := range pages[:n] {
		p := &pages[i]
		after := p.Paragraphs[1] + "</p>"
		p.in.Body = []byte(strings.Replace(string(p.in.Body), after, after+"\n<p>"+line+"</p>", 1))
	}
}

func TestABackgroundThatSomeArticlesShareStays(t *testing.T) {
	const background = "The bridge was closed in March after an engineer found cracks in two of its piers, and the ferry has carried the workers of both towns ever since."
	for _, c := range []struct {
		on, of int
		stays  bool
	}{{3, 12, true}, {5, 16, true}, {12, 12, false}} {
		pages := pagesOf(newsite.Config{Articles: c.of, Layouts: []newsite.Layout{newsite.LayoutJSONLD}})
		shared(pages, background, c.on)
		in := pages[0].in
		in.Memory = taught(t, pages...)
		rec := mustExtract(t, in).Record
		if got := strings.Contains(rec.Text, background); got != c.stays {
			t.Errorf("on %d of %d articles: it stays is %v", c.on, c.of, got)
		}
	}
}

func TestTheOperatorsBodyGoesBeforeWhatTheSiteRepeats(t *testing.T) {
	pages := pagesOf(newsite.Config{Articles: 5, Layouts: []newsite.Layout{newsite.LayoutJSONLD}, Appeal: appeal})
	rules, err := NewRules(map[string][]string{"body": {"article > p"}})
	if err != nil {
		t.Fatal(err)
	}
	in := pages[0].in
	in.Rules, in.Memory = rules, taught(t, pages[1:]...)
	if rec := mustExtract(t, in).Record; !holdsAny(&rec, appeal) {
		t.Errorf("the appeal went, which the rule named:\n%s", rec.Text)
	}
}

func TestAMemoryIsTheSameAfterItWasStored(t *testing.T) {
	m := taught(t, pagesOf(newsite.Config{Articles: 4, Appeal: appeal})...)
	b, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	var again Memory
	if err := json.Unmarshal(b, &again); err != nil {
		t.Fatal(err)
	}
	if fmt.Sprint(*m) != fmt.Sprint(again) || again.Articles() != 4 {
		t.Errorf("%v became %v", *m, again)
	}
}
