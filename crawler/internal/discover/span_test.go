package discover

import (
	"testing"
	"time"
)

func TestTheNameOfASitemapSaysWhatTimeItIsOf(t *testing.T) {
	for path, want := range map[string]string{
		"/sitemap-2024-05.xml": "2024-05-01 2024-06-01", "/sitemaps/202405.xml.gz": "2024-05-01 2024-06-01", "/sitemap_2024_05_31.xml": "2024-05-31 2024-06-01",
		"/sitemap/2024/05/": "2024-05-01 2024-06-01", "/sitemap-20240531.xml": "2024-05-31 2024-06-01", "/sitemap.xml?yyyy=2024&mm=05&dd=31": "2024-05-31 2024-06-01",
		"/sitemap.xml?year=2024&month=12": "2024-12-01 2025-01-01", "/s?startTime=2024-05-01&endTime=2024-05-08": "2024-05-01 2024-05-08",
		"/s?startTime=2024-05-01T06:00:00Z": "2024-05-01 -", "/sitemap-2024.xml": "2024-01-01 2025-01-01", "/2024/sitemap-2024-05.xml": "2024-05-01 2024-06-01",
		"/sitemap-articles-17.xml": "- -", "/sitemap-120240.xml": "- -", "/sitemap.xml": "- -", "/sitemap-2024-13.xml": "2024-01-01 2025-01-01",
	} {
		if got := show(SpanOfFile(parse(t, path))); got != want {
			t.Errorf("%s: %s, want %s", path, got, want)
		}
	}
}

func TestThePathOfAnArticleSaysItsDayOrMonth(t *testing.T) {
	for path, want := range map[string]string{
		"/world/2026/11/20/a-story": "2026-11-20 2026-11-21", "/2026/1/5/a-story": "2026-01-05 2026-01-06", "/a/2026-11-20/x": "2026-11-20 2026-11-21",
		"/20261120/x": "2026-11-20 2026-11-21", "/2026/1120/x": "2026-11-20 2026-11-21", "/2026/nov/20/x": "2026-11-20 2026-11-21",
		"/2026/11/x": "2026-11-01 2026-12-01", "/2026-11/x": "2026-11-01 2026-12-01", "/world/a-story": "- -",
	} {
		if got := show(SpanOfPage(parse(t, path))); got != want {
			t.Errorf("%s: %s, want %s", path, got, want)
		}
	}
}

func TestSpansMeetAndCover(t *testing.T) {
	may, year := day(2024, 5, 0), day(2024, 0, 0)
	open := Span{From: day(2024, 5, 15).From}
	for name, got := range map[string]bool{
		"a year covers its month": year.Covers(may), "they meet": year.Meets(may), "what has no end goes on": open.Meets(day(2030, 0, 0)),
		"and covers what comes later": open.Covers(day(2025, 0, 0)), "and what has no end either": open.Covers(Span{From: day(2024, 6, 1).From}),
	} {
		if !got {
			t.Error(name)
		}
	}
	for name, got := range map[string]bool{
		"a month covers its year": may.Covers(year), "two months meet": may.Meets(day(2024, 6, 0)), "an end covers none": year.Covers(open), "it reaches back": open.Meets(day(2024, 4, 0)),
	} {
		if got {
			t.Error(name)
		}
	}
}

func show(s Span) string {
	f := func(t time.Time) string {
		if t.IsZero() {
			return "-"
		}
		return t.Format(time.DateOnly)
	}
	return f(s.From) + " " + f(s.To)
}
