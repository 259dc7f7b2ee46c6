package normalize

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestBylineNamesTheWriters(t *testing.T) {
	for _, c := range []struct {
		in, lang, publisher string
		want                []string
	}{
		{"By ANNA BERG | Harbor Daily | Updated: 2021-05-29 07:47", "en", "Harbor Daily", []string{"Anna Berg"}},
		{"By Ann Bee and Cy Dee", "en", "", []string{"Ann Bee", "Cy Dee"}},
		{"Ann Bee, Cy Dee & Eve Foe", "en", "", []string{"Ann Bee", "Cy Dee", "Eve Foe"}},
		{"Von Anna Meier und Jörg Schmidt, dpa", "de", "", []string{"Anna Meier", "Jörg Schmidt"}},
		{"Par Anne Dupont (avec AFP)", "fr", "", []string{"Anne Dupont"}},
		{"JOHN MCDONALD", "en", "", []string{"John McDonald"}},
		{"PATRICK O'NEILL", "en", "", []string{"Patrick O'Neill"}},
		{"Abby Byron", "en", "", []string{"Abby Byron"}},
		{"Editing by Ann Bee", "en", "", nil},
		{"admin", "en", "", nil},
		{"", "", "", nil},
		{"김철수 기자", "ko", "", []string{"김철수"}},
	} {
		var got []string
		for _, cr := range Byline(c.in, BylineHints{Lang: c.lang, Publisher: c.publisher}) {
			if cr.Kind == "person" && cr.Role == "writer" {
				got = append(got, cr.Name)
			}
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%q: %s", c.in, diff)
		}
	}
}

func FuzzByline(f *testing.F) {
	f.Add("By A B and C D | X", "en")
	f.Fuzz(func(t *testing.T, s, lang string) {
		Byline(s, BylineHints{Lang: lang})
		Dateline(s, lang)
	})
}
