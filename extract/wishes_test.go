package extract

import (
	"slices"
	"strings"
	"testing"
)

func TestWhatAPageAsksOfMachinesIsRead(t *testing.T) {
	for name, tc := range map[string]struct {
		head   string
		header map[string][]string
		flags  []string
		robots []string
		tdm    string
	}{
		"nothing":                           {},
		"noindex in meta":                   {head: `<meta name="robots" content="NoIndex, follow">`, flags: []string{"noindex"}, robots: []string{"follow", "noindex"}},
		"none is noindex":                   {head: `<meta name="ROBOTS" content="none">`, flags: []string{"noindex"}, robots: []string{"none"}},
		"noarchive is not noindex":          {head: `<meta name="robots" content="noarchive">`, robots: []string{"noarchive"}},
		"the header of any case":            {header: map[string][]string{"x-robots-tag": {"noarchive", "noindex, noarchive"}}, flags: []string{"noindex"}, robots: []string{"noarchive", "noindex"}},
		"a header for another robot":        {header: map[string][]string{"X-Robots-Tag": {"examplebot: noindex, nofollow"}}},
		"a directive with a value":          {header: map[string][]string{"X-Robots-Tag": {"max-snippet: 50, noindex"}}, flags: []string{"noindex"}, robots: []string{"max-snippet: 50", "noindex"}},
		"a reservation in meta":             {head: `<meta name="tdm-reservation" content="1">`, flags: []string{"tdm_reserved"}, tdm: "1"},
		"a reservation in the header":       {header: map[string][]string{"Tdm-Reservation": {"1"}}, flags: []string{"tdm_reserved"}, tdm: "1"},
		"the page goes before its header":   {head: `<meta name="tdm-reservation" content="0">`, header: map[string][]string{"Tdm-Reservation": {"1"}}, tdm: "0"},
		"a value that is none says nothing": {head: `<meta name="tdm-reservation" content="yes">`, header: map[string][]string{"Tdm-Reservation": {" 1 "}}, flags: []string{"tdm_reserved"}, tdm: "1"},
	} {
		body := "<html lang=en><head>" + tc.head + "</head><body><article><h1>The bridge is open</h1><p>" + strings.Repeat("The bridge over the river was opened today. ", 30) + "</p></article>"
		res, err := Extract(Input{URL: "https://a.example/a", Body: []byte(body), Header: tc.header})
		if err != nil {
			t.Fatal(err)
		}
		var flags []string
		for _, f := range res.Record.Quality.Flags {
			if f == "noindex" || f == "tdm_reserved" {
				flags = append(flags, f)
			}
		}
		if !slices.Equal(flags, tc.flags) || !slices.Equal(res.Links.Robots, tc.robots) || res.Links.TDM != tc.tdm {
			t.Errorf("%s: flags %v, robots %q, tdm %q", name, flags, res.Links.Robots, res.Links.TDM)
		}
	}
}
