package main

import (
	"slices"
	"strings"
	"testing"

	"github.com/dateline-go/dateline/extract/evaluate"
)

func TestEveryContenderReadsAPage(t *testing.T) {
	body := []byte(`<!doctype html><html lang="en"><head><title>Ferry strike ends</title>
<meta name="author" content="Ana Reyes"><meta property="article:published_time" content="2024-03-01T08:00:00Z"></head>
<body><article><h1>Ferry strike ends</h1>` + strings.Repeat(`<p>Crews returned to the harbour on Friday after a week
without a single crossing, and the first boat left half an hour late with every seat taken, the port said.</p>`, 12) + `</article></body></html>`)
	pg := &evaluate.Page{ID: "ferry", File: "ferry.html", URL: "https://news.example/ferry"}
	for _, c := range contenders() {
		if err := c.run(pg, body); err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		if c.predict == nil {
			continue
		}
		p := c.predict(pg, body)
		if p.ID != "ferry" || !strings.Contains(p.Text, "Crews returned") || p.Title != "Ferry strike ends" ||
			!slices.Equal(p.Authors, []string{"Ana Reyes"}) || !strings.HasPrefix(p.Published, "2024-03-01") {
			t.Errorf("%s: %+v", c.name, p)
		}
	}
}

func TestTheTableGivesRatiosToTheUnit(t *testing.T) {
	var runs []string
	cs := []contender{
		{name: "unit", run: func(*evaluate.Page, []byte) error { runs = append(runs, "unit"); return nil }},
		{name: "other", run: func(*evaluate.Page, []byte) error { runs = append(runs, "other"); return nil }},
	}
	costs := measure(cs, []sheet{{&evaluate.Page{}, nil}}, 2)
	if got := strings.Join(runs, " "); got != "unit other unit other unit other" {
		t.Errorf("order of runs: %s", got)
	}
	if len(costs[1].times) != 2 {
		t.Errorf("%d rounds were timed, want 2 after one to warm up", len(costs[1].times))
	}
	var out strings.Builder
	printCosts(&out, "set", cs, []cost{
		{times: costs[0].times[:1:1], bytes: 1024, allocs: 10},
		{times: costs[0].times[:1:1], bytes: 3072, allocs: 5},
	}, []sheet{{&evaluate.Page{}, nil}})
	fields := strings.Fields(strings.Split(strings.TrimSpace(out.String()), "\n")[3])
	if fields[2] != "1.00" || fields[4] != "3.00" || fields[6] != "0.50" {
		t.Errorf("ratios in %v", fields)
	}
}

func TestChoiceKeepsTheUnit(t *testing.T) {
	if cs := choose(contenders(), "dateline"); len(cs) != 2 || cs[0].name != "html.Parse" || cs[1].name != "dateline" {
		t.Errorf("%v", cs)
	}
}

func TestTheCallsOfAPageAreRecordedAndCanBeMadeAgain(t *testing.T) {
	body := []byte(`<html lang="en"><title>x</title><h1>Ferry strike ends</h1><p class="byline">By Ana Reyes</p><time datetime="2024-03-01T08:00:00Z">1 March 2024</time>`)
	ferry, empty := &evaluate.Page{ID: "ferry"}, &evaluate.Page{ID: "empty"}
	calls := recordCalls([]sheet{{ferry, body}, {empty, nil}})
	if len(calls[ferry]) < 2 || len(calls[empty]) != 0 {
		t.Fatalf("%d and %d calls were recorded", len(calls[ferry]), len(calls[empty]))
	}
	for _, again := range calls[ferry] {
		again()
	}
	var out strings.Builder
	printShare(&out, []sheet{{ferry, body}}, 1)
	if !strings.HasPrefix(out.String(), "dates and bylines: ") {
		t.Errorf("%q", out.String())
	}
}
