package discover

import (
	"net/url"
	"testing"
)

func parse(t *testing.T, s string) *url.URL {
	t.Helper()
	u, err := url.Parse("https://paper.example" + s)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func TestAnAddressIsThatOfAnArticleOrNot(t *testing.T) {
	const long = "Council votes market hall forward after a long night"
	for _, tc := range []struct {
		path string
		link Link
		want bool
	}{
		{"/world/2026/11/20/council-votes-on-hall-10023.html", Link{Place: InPage, Text: long}, true},
		{"/article/10023", Link{Place: InPage, Text: long}, true},
		{"/story.php?id=10023", Link{Place: InPage, Text: long}, true},
		{"/council-votes-market-hall-forward/", Link{Place: InPage, Text: long}, true},
		{"/a/0c93f1b2aa01", Link{Place: InPage, Text: long, Heading: true}, true},
		{"/2026-11-20/plan", Link{Place: InPage, Text: long}, true},
		{"/", Link{Place: InPage, Text: long}, false},
		{"/world/", Link{Place: InNav, Text: "World"}, false},
		{"/tag/the-plan-for-the-market-hall", Link{Place: InPage, Text: "market hall"}, false},
		{"/2026/11/20/", Link{Place: InPage, Text: "20"}, false},
		{"/files/report-on-the-market-hall.pdf", Link{Place: InPage, Text: long}, false},
		{"/world/?page=2", Link{Place: InPage, Text: "Older"}, false},
		{"/author/ann-marie-van-der-berg", Link{Place: InPage, Text: "Ann Marie van der Berg"}, false},
	} {
		tc.link.URL = parse(t, tc.path)
		score, steps := Score(tc.link, now)
		if got := score >= .6; got != tc.want {
			t.Errorf("%s: %.2f %v", tc.path, score, steps)
		}
	}
}

func TestTwinsSectionsAndListPagesAreToldByTheirForm(t *testing.T) {
	for path, want := range map[string][3]bool{ // twin, section, page 2 of /world
		"/world/a-story/amp": {true, false, false}, "/world/a-story?print=1": {true, false, false}, "/world/": {false, true, false},
		"/news/world": {false, true, false}, "/about": {false, false, false}, "/world/page/2/": {false, false, true}, "/world/?page=2": {false, false, true},
		"/archive?page=2": {false, false, false},
	} {
		u := parse(t, path)
		got := [3]bool{IsTwin(u), IsSection(Link{URL: u, Text: "World"}), Nth(u) == 2 && List(u) == "world"}
		if got != want {
			t.Errorf("%s: twin, section, second page are %v", path, got)
		}
	}
}

func TestAShapeKeepsWhatIsCommonToPagesOfAKind(t *testing.T) {
	a, b := Shape(parse(t, "/world/2026/11/20/council-votes-on-hall-10023.html")), Shape(parse(t, "/world/2025/01/02/three-lessons-from-it-99.html"))
	if a != "/world/9/9/9/s9.html" || b != "/world/9/9/9/s.html" {
		t.Errorf("%s %s", a, b)
	}
}
