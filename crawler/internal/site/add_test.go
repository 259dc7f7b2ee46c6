package site

import (
	"strings"
	"testing"
)

func TestAnEntryIsAddedAndTheRestStays(t *testing.T) {
	const entry = "b.example:\n  start: https://b.example/\n"
	for name, tc := range map[string]struct{ in, want string }{
		"an empty file":             {"", "sites:\n  b.example:\n    start: https://b.example/\n"},
		"a file of comments":        {"# mine\n", "# mine\n\nsites:\n  b.example:\n    start: https://b.example/\n"},
		"sites with nothing behind": {"sites:\n", "sites:\n\n  b.example:\n    start: https://b.example/\n"},
		"no sites yet":              {"defaults: {delay: 2s}\n", "defaults: {delay: 2s}\n\nsites:\n  b.example:\n    start: https://b.example/\n"},
		"comments and other indents": {"# head\nsites: # these\n    a: # first\n        start: https://a.example/   # kept\n\n\n",
			"# head\nsites: # these\n    a: # first\n        start: https://a.example/   # kept\n\n    b.example:\n      start: https://b.example/\n"},
		"a key behind, with its comment": {"sites:\n  a:\n    start: https://a.example/\n    # of a\n\n# the rest\ndefaults:\n  delay: 2s\n",
			"sites:\n  a:\n    start: https://a.example/\n    # of a\n\n  b.example:\n    start: https://b.example/\n\n# the rest\ndefaults:\n  delay: 2s\n"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := Add([]byte(tc.in), "b.example", entry)
			if err != nil || string(got) != tc.want {
				t.Errorf("%v\n%s\nwant\n%s", err, got, tc.want)
			}
			if f, err := Parse(got, "sites.yaml", noEnv); err != nil || f.Sites["b.example"] == nil {
				t.Error(err)
			}
		})
	}
}

func TestWhatIsInTheWayOfAnEntryIsNamed(t *testing.T) {
	for in, want := range map[string]string{
		"sites: {a: {start: https://a.example/}}\n": "one name a line",
		"sites:\n  b.example:\n    start: x\n":      `line 2: a site "b.example" is there already`,
		"- a\n":                                     "does not hold the keys",
		"a: b: c:\n":                                "not YAML",
	} {
		if _, err := Add([]byte(in), "b.example", "b.example:\n  start: https://b.example/\n"); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", in, err)
		}
	}
}

func FuzzAdd(f *testing.F) {
	f.Add("sites:\n  a:\n    start: https://a.example/\n")
	f.Add("sites:\n    a: {start: https://a.example/}\n# end\nx-y: 1\n")
	f.Add("---\ndefaults: {zone: UTC}\nsites:\n  a:\n    start: https://a.example/\n    reason: |\n      long\n\n      text\n")
	f.Add("sites:\n  a:\n    start: https://a.example/\n    reason: |\n      no line break behind")
	f.Fuzz(func(t *testing.T, text string) {
		before, err := Parse([]byte(text), "sites.yaml", noEnv)
		if err != nil || before.Sites["b.example"] != nil {
			return
		}
		out, err := Add([]byte(text), "b.example", "b.example:\n  start: https://b.example/\n")
		if err != nil {
			return
		}
		after, err := Parse(out, "sites.yaml", noEnv)
		if err != nil {
			return // AddSite holds the result against the reader and leaves the file
		}
		if len(after.All) != len(before.All)+1 || after.Sites["b.example"] == nil {
			t.Fatalf("%d sites became %d:\n%s", len(before.All), len(after.All), out)
		}
		for name, s := range before.Sites {
			if after.Sites[name] == nil || after.Sites[name].Reason != s.Reason || after.Sites[name].Key != s.Key {
				t.Fatalf("%s was changed:\n%s", name, out)
			}
		}
	})
}
