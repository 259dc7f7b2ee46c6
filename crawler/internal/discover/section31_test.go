package discover

import "testing"

// The rows of notes/crawling.md 3.1: what speaks for an article in an address, and the trap of each.
func TestSection31_EachFeatureAndItsTrap(t *testing.T) {
	const (
		long = "Council votes market hall forward after a long night"
		word = "World"
	)
	page := func(text string) Link { return Link{Place: InPage, Text: text} }
	for row, cases := range map[string][]struct {
		path string
		link Link
		want bool
	}{
		"date in path": {
			{"/2026/11/23/plan", page(long), true}, {"/20261123/plan", page(long), true}, {"/2026-11-23/plan", page(long), true},
			{"/2026/11/23/", page(long), false}, {"/2026/11/", page(long), false}, {"/world/2026-11-23", page("23"), false},
		},
		"id in the last segment": {
			{"/world/plan_12345.html", page(long), true}, {"/world/plan-12345", page(long), true}, {"/12345678", page(long), true},
			{"/world/a1b2c3d4e5", page(long), true}, {"/a/0c93f1b2aa01", page(long), true}, {"/world/?page=12345", page(long), false}, {"/world/2026", page(word), false},
		},
		"slug of the last segment": {
			{"/council-votes-market-hall-forward", page(long), true}, {"/world/council_votes_market_hall", page(long), true},
			{"/world-news", page("World news"), false}, {"/tag/council-votes-market-hall-forward", page("market hall"), false},
		},
		"no slug and no id, in another script": {{"/%E6%96%B0%E9%97%BB/66123123.html", Link{Place: InPage, Text: "市议会投票通过市场大厅计划案"}, true}},
		"depth":                                {{"/world/europe/council-votes-hall", page(long), true}, {"/", page(long), false}},
		"extension": {
			{"/world/votes-on-hall.shtml", page(long), true}, {"/world/council-votes-market-hall.pdf", page(long), false},
			{"/world/u.s.-votes-market-hall-forward", page(long), true}, {"/world.html", page(word), false},
		},
		"words of content systems": {
			{"/article/10023", page(long), true}, {"/news/council-votes-market-hall", page(long), true}, {"/author/ann-marie-van-der-berg", page(word), false},
			{"/wp-json/oembed/council-votes-market-hall", page(word), false}, {"/search/council-votes-market-hall", page(word), false}, {"/about", page("About"), false},
			{"/blog/council-votes-market-hall-forward", page(long), true}, {"/services/council-votes-market-hall-forward", page(long), true},
			{"/autor/ann-marie-van-der-berg", page(word), false}, {"/yazar/ann-marie-van-der-berg", page(word), false},
		},
		"media words lead to pages of another kind, which extraction tells": {{"/video/council-votes-market-hall-forward", page(long), true}, {"/gallery/council-votes-market-hall-12345", page(long), true}},
		"query only": {
			{"/?p=12345", page(long), true}, {"/story.php?id=123", page(long), true}, {"/read?aid=99", page(long), true},
			{"/?cat=7", page(word), false}, {"/list.php?sort=date", page(word), false},
			{"/?article=55", page(long), true}, {"/show.php?sec=2&story=55", page(long), true}, {"/?q=node/301", page(long), true}, {"/?q=node%2F301", page(long), true},
			{"/index.php?/archives/55-market-hall.html", page(long), true}, {"/?/2026/council-votes-market-hall", page(long), true},
			{"/?q=node", page(long), false}, {"/?q=taxonomy/term/3", page(long), false}, {"/?news=all", page(word), false}, {"/?next=/node/301", page(word), false}, {"/?/world", page(word), false},
		},
		"where it was found": {
			{"/plan", Link{Place: InFeed}, true}, {"/plan", Link{Place: InNews}, true}, {"/plan", Link{Place: InSitemap}, false},
			{"/council-votes-market-hall", Link{Place: InNav, Text: word}, false}, {"/2026/11/23/", Link{Place: InSitemap}, false},
		},
		"text of the link": {
			{"/world/plan", Link{Place: InPage, Text: long, Heading: true}, true}, {"/plan7", Link{Place: InPage, Text: long, Heading: true}, true}, {"/plan", page(long), false}, {"/world/plan", page("More"), false}, {"/world/plan", page(""), false},
		},
		"a language in front says nothing": {{"/en/world/council-votes-market-hall", page(long), true}, {"/en/", page("English"), false}},
	} {
		for _, tc := range cases {
			tc.link.URL = parse(t, tc.path)
			score, steps := Score(tc.link, now)
			if got := score >= .6; got != tc.want {
				t.Errorf("%s: %s linked as %q scores %.2f: %v", row, tc.path, tc.link.Text, score, steps)
			}
		}
	}
}

func TestSection31_AFeedIsBelievedUnlessSomethingIsDecisive(t *testing.T) {
	for path, want := range map[string]bool{
		"/plan": true, "/world/some-page": true, "/?artikel=55": true, "/?q=node/301": true, "/?utm_source=rss&fbclid=x": false, "/?page=2": false, "/?tag=market": false,
		"/": false, "/episode-12.mp3": false, "/report.pdf": false,
	} {
		if score, steps := Score(Link{URL: parse(t, path), Place: InFeed}, now); (score >= .3) != want {
			t.Errorf("%s scores %.2f: %v", path, score, steps)
		}
	}
}

func TestSection31_AShapeIsWhatPagesOfAKindShare(t *testing.T) {
	for path, want := range map[string]string{
		"/world/2026/11/20/council-votes-on-hall-10023.html": "/world/9/9/9/s9.html", "/world/2025/01/02/three-lessons-from-it-99.html": "/world/9/9/9/s.html",
		"/tag/market-hall": "/tag/market-hall", "/a/0c93f1b2aa01": "/a/w9", "/story.php?id=7&x=1": "/story.php?id&x", "/": "/", "/world/": "/world/",
	} {
		if got := Shape(parse(t, path)); got != want {
			t.Errorf("%s: %s, want %s", path, got, want)
		}
	}
}
