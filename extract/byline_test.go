package extract

import (
	"testing"

	"github.com/dateline-go/dateline/normalize"
	"github.com/google/go-cmp/cmp"
)

func TestChooseAuthors(t *testing.T) {
	writer := func(kind string, names ...string) []normalize.Credit {
		var out []normalize.Credit
		for _, n := range names {
			out = append(out, normalize.Credit{Name: n, Kind: kind, Role: "writer"})
		}
		return out
	}
	from := func(rule string, cs []normalize.Credit) credited {
		return credited{candidate: candidate{rule: rule}, credits: cs}
	}
	for _, c := range []struct {
		name    string
		sources []credited
		want    []string
	}{
		{"a longer printed list adds nothing to a structured one", []credited{
			from("jsonld", writer("person", "Ada Marlow")),
			from("byline", writer("person", "Ada Marlow", "Read Later")),
		}, []string{"Ada Marlow"}},
		{"nor to a printed one that stands before it", []credited{
			from("byline", writer("person", "Ada Marlow")),
			from("byline", writer("person", "Ada Marlow", "Senior Reviewer")),
		}, []string{"Ada Marlow"}},
		{"a person printed wins over the house in the metadata", []credited{
			from("jsonld", writer("organization", "Harbour Post")),
			from("byline", writer("person", "Ada Marlow")),
		}, []string{"Ada Marlow"}},
		{"the house stands where nobody is named", []credited{
			from("jsonld", writer("organization", "Harbour Post")),
		}, []string{"Harbour Post"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			won := chooseAuthors(c.sources, nil)
			if won == nil {
				t.Fatal("nobody chosen")
			}
			if diff := cmp.Diff(c.want, names(won.credits)); diff != "" {
				t.Error(diff)
			}
		})
	}
}
