package extract_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestTagsComeFromTheStrongestListThatSaysSomething(t *testing.T) {
	for name, c := range map[string]struct {
		head, after string
		want        []string
	}{
		"a meta with commas":                {`<meta name="news_keywords" content="Harbours, Ferries, harbours">`, "", []string{"Harbours", "Ferries"}},
		"repeated metas":                    {`<meta property="article:tag" content="Harbours"><meta property="article:tag" content="Ferries, fast">`, "", []string{"Harbours", "Ferries, fast"}},
		"links of rel=tag":                  {"", `<ul><li><a rel="tag nofollow" href="/t/1">Harbours</a></li><li><a rel=tag href="/t/2">Ferries</a></li></ul>`, []string{"Harbours", "Ferries"}},
		"a category beside a tag is none":   {"", `<p><a rel="category tag" href="/c/1">Harbours</a> <a rel=tag href="/t/2">Ferries</a></p>`, []string{"Ferries"}},
		"categories alone are":              {"", `<p><a rel="category tag" href="/c/1">Harbours</a> <a rel="category tag" href="/c/2">Ferries</a></p>`, []string{"Harbours", "Ferries"}},
		"links to tags behind a long label": {"", `<div>Topics of this article: <a href="/cimke/komp">komp</a> <a href="/cimke/tisza">Tisza</a></div>`, []string{"komp", "Tisza"}},
		"identifiers are no tags":           {`<meta name="keywords" content="0f8fad5b-d9cb-469f-a165-70867728950e,Harbours">`, "", []string{"Harbours"}},
		"the branch of a taxonomy goes":     {`<meta name="keywords" content="topic/harbours,places/old-quay">`, "", []string{"harbours", "old-quay"}},
		"a list of an ad system's labels ":  {`<meta name="keywords" content="Day: Monday,Type: Story,Words: 500"><meta property="article:tag" content="Harbours">`, "", []string{"Harbours"}},
	} {
		t.Run(name, func(t *testing.T) {
			if got := recordOf(t, c.head, c.after).Tags; !slices.Equal(got, c.want) {
				t.Errorf("tags %q, want %q", got, c.want)
			}
		})
	}
}

func TestOfEndlessTagsTheFirstAreTaken(t *testing.T) {
	var metas, words strings.Builder
	for i := range 1000 {
		fmt.Fprintf(&metas, `<meta property="article:tag" content="Harbour %d">`, i)
		fmt.Fprintf(&words, "Harbour %d,", i)
	}
	for _, head := range []string{metas.String(), `<meta name="news_keywords" content="` + words.String() + `">`} {
		if got := recordOf(t, head, "").Tags; len(got) != 200 || got[0] != "Harbour 0" {
			t.Errorf("%d tags", len(got))
		}
	}
}

func TestTagListsArePartedAndRidOfWhatIsForMachines(t *testing.T) {
	data := func(keywords string) string {
		return `<script type="application/ld+json">{"@type":"NewsArticle","keywords":` + keywords + `}</script>`
	}
	for name, c := range map[string]struct {
		head string
		want []string
	}{
		"a string of the data with commas":                  {data(`"Harbours, Ferries"`), []string{"Harbours", "Ferries"}},
		"a list of terms of the data":                       {data(`[{"@type":"DefinedTerm","name":"Harbours"},"Ferries"]`), []string{"Harbours", "Ferries"}},
		"semicolons":                                        {`<meta name="keywords" content="old quay; harbour board">`, []string{"old quay", "harbour board"}},
		"words of a script without spaces, at spaces":       {`<meta name="keywords" content="港口 渡轮 疏浚">`, []string{"港口", "渡轮", "疏浚"}},
		"the same meta twice is one list":                   {`<meta name="keywords" content="Harbours,Ferries"><meta name="keywords" content="Harbours,Ferries">`, []string{"Harbours", "Ferries"}},
		"labels that name a subject go, others with theirs": {data(`["Day: Friday","Subject: Harbours","Category: Ferries","Page Type: Article"]`), []string{"Harbours", "Ferries"}},
		"numbers, keys and hidden names":                    {data(`["Harbours","100312362","source:tagname:wire","_internal"]`), []string{"Harbours"}},
		"a hash before a word":                              {data(`["#Harbours","#Ferries"]`), []string{"Harbours", "Ferries"}},
		"what the data add to the keywords for news":        {data(`["Harbours","Ferries","wide layout","web"]`) + `<meta name="news_keywords" content="Harbours,Ferries">`, []string{"Harbours", "Ferries"}},
		"words that nothing parts give way":                 {data(`"Harbours Ferries Silt Dredging"`) + `<meta name="keywords" content="Harbours,Ferries,Silt">`, []string{"Harbours", "Ferries", "Silt"}},
		"a template's keywords give way":                    {`<meta name="keywords" content="Sport,Weather,Films,Travel"><meta property="article:tag" content="Harbours">`, []string{"Harbours"}},
		"a template's keywords are better than none":        {`<meta name="keywords" content="Sport,Weather,Films,Travel">`, []string{"Sport", "Weather", "Films", "Travel"}},
	} {
		t.Run(name, func(t *testing.T) {
			if r := recordOf(t, c.head, ""); !slices.Equal(r.Tags, c.want) {
				t.Errorf("tags %q, want %q", r.Tags, c.want)
			}
		})
	}
}

func TestTagsAreReadOffTheListThatThePageShows(t *testing.T) {
	link := func(path, text string) string { return `<li><a href="` + path + `">` + text + `</a></li>` }
	for name, c := range map[string]struct {
		behind string
		want   []string
		from   string
	}{
		"a list marked by its class":              {`<ul class="article-tags">` + link("/a", "Harbours") + link("/b", "Ferries") + `</ul>`, []string{"Harbours", "Ferries"}, "class:tag"},
		"a list that leads to pages of topics":    {`<ul>` + link("/thema/hafen", "Harbours") + link("/thema/faehre", "Ferries") + `</ul>`, []string{"Harbours", "Ferries"}, "path:tag"},
		"without the link that is none":           {`<ul>` + link("/topic/1", "Harbours") + link("/topic/2", "Ferries") + link("/all", "All of them") + `</ul>`, []string{"Harbours", "Ferries"}, "path:tag"},
		"a bare list of what the article names":   {`<ul>` + link("/port/harbour", "Harbour board") + link("/port/quay", "Old quay") + `</ul>`, []string{"Harbour board", "Old quay"}, "links:named"},
		"no bare list of other things":            {`<ul>` + link("/x", "Weather maps") + link("/y", "Film reviews") + `</ul>`, nil, ""},
		"no list that is marked as related":       {`<ul class="related">` + link("/topic/1", "Harbours") + link("/topic/2", "Ferries") + `</ul>`, nil, ""},
		"no links to other sites":                 {`<ul class="tags">` + link("https://social.example.org/a", "Follow us") + `</ul>`, nil, ""},
		"no places within the page":               {`<ul class="tags">` + link("#comments", "5 comments") + `</ul>`, nil, ""},
		"no list of headlines":                    {`<ul class="topics">` + link("/topic/1", "The old ferry of Ham sails its last trip on Monday") + `</ul>`, nil, ""},
		"no menu of the page that is called tags": {`</article><nav><ul class="tags">` + link("/topic/1", "Harbours") + link("/topic/2", "Ferries") + `</ul></nav><article>`, nil, ""},
	} {
		t.Run(name, func(t *testing.T) {
			if r := recordAround(t, "", "", c.behind); !slices.Equal(r.Tags, c.want) || r.Provenance["tags"] != c.from {
				t.Errorf("tags %q from %q, want %q from %q", r.Tags, r.Provenance["tags"], c.want, c.from)
			}
		})
	}
}
