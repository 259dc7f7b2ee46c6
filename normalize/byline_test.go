package normalize

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// bylineRow is a line of testdata/bylines*.tsv: the line, its language, the publisher,
// the authors parted by "; ", the agency, and the others credited as "name (role)".
type bylineRow struct {
	file, in, lang, publisher, authors, agency, others string
}

func bylineRows(t testing.TB) []bylineRow {
	files, err := filepath.Glob("testdata/bylines*.tsv")
	if err != nil || len(files) == 0 {
		t.Fatal("no byline tables", err)
	}
	var rows []bylineRow
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(b)) {
			line = strings.TrimRight(line, "\n")
			if line == "" || strings.HasPrefix(line, "#") {
				continue
			}
			f := append(strings.Split(line, "\t"), "", "", "", "", "")
			rows = append(rows, bylineRow{filepath.Base(file), f[0], f[1], f[2], f[3], f[4], f[5]})
		}
	}
	return rows
}

func TestBylineTablesHold(t *testing.T) {
	rows := bylineRows(t)
	langs := map[string]bool{}
	for _, r := range rows {
		langs[r.lang] = true
		got := BylineAnswerOf(r.in, BylineHints{Lang: r.lang, Publisher: r.publisher}, false)
		agency := ""
		if got.Agency != nil {
			agency = *got.Agency
		}
		var others []string
		for _, c := range got.Contributors {
			if c.Kind == "person" && c.Role != "writer" {
				others = append(others, c.Name+" ("+c.Role+")")
			}
		}
		have := bylineRow{r.file, r.in, r.lang, r.publisher, strings.Join(got.Authors, "; "), agency, strings.Join(others, "; ")}
		if r.agency == "*" {
			have.agency = "*"
		}
		if r.others == "*" {
			have.others = "*"
		}
		if have != r {
			t.Errorf("%s %q [%s]\n  want %q | %q | %q\n  got  %q | %q | %q", r.file, r.in, r.lang, r.authors, r.agency, r.others, have.authors, have.agency, have.others)
		}
	}
	if len(rows) < 500 || len(langs) < 30 {
		t.Errorf("%d rows in %d languages, want 500 in 30", len(rows), len(langs))
	}
}

func TestBylineTakesSpacesAndInvisiblesAsNothing(t *testing.T) {
	for _, r := range bylineRows(t) {
		h := BylineHints{Lang: r.lang, Publisher: r.publisher}
		want := BylineAnswerOf(r.in, h, false)
		for _, in := range []string{
			"  " + r.in + "\n ",
			strings.ReplaceAll(r.in, " ", "  "),
			strings.ReplaceAll(r.in, " ", "\u00a0"),
			"\u200e" + strings.ReplaceAll(r.in, " ", " \u200b"),
		} {
			if diff := cmp.Diff(want, BylineAnswerOf(in, h, false)); diff != "" {
				t.Errorf("%q: %s", in, diff)
			}
		}
	}
}

func TestBylineOfJoinedNamesIsTheNames(t *testing.T) {
	names := []string{"Anna Berg", "Jean-Luc Moreau", "Mary O'Neill", "Ludwig van der Berg", "John McDonald Jr.", "José Ortega y Gasset", "J. D. Salter", "Ayşe Yılmaz", "Николай Петров", "Γιώργος Παπαδόπουλος"}
	for n := 1; n <= len(names); n++ {
		for _, join := range []string{", ", "; ", " | ", " ¦ ", " / ", " & ", " · ", "\n"} {
			got := BylineAnswerOf(strings.Join(names[:n], join), BylineHints{Lang: "en"}, false).Authors
			if diff := cmp.Diff(names[:n], got); diff != "" {
				t.Errorf("joined by %q: %s", join, diff)
			}
		}
	}
}

func TestBylineExplainsItself(t *testing.T) {
	credits, steps := ExplainByline("By Anna Berg, Health correspondent | Harbor Daily", BylineHints{Lang: "en", Publisher: "Harbor Daily"})
	if len(credits) != 1 || credits[0].Org != "Harbor Daily" {
		t.Errorf("credits %+v", credits)
	}
	want := []BylineStep{{"By", "label of writer"}, {"Anna Berg", "person writer"}, {"Health correspondent", "post"}, {"Harbor Daily", "outlet"}}
	if diff := cmp.Diff(want, steps); diff != "" {
		t.Error(diff)
	}
}

func TestSingleNamesFromStructuredData(t *testing.T) {
	for in, want := range map[string]string{
		"sophie-foster": "Sophie Foster", "sauli.giliard": "Sauli Giliard", "Madonna": "Madonna", "Doe, Jane": "Jane Doe",
		"García Márquez, Gabriel": "Gabriel García Márquez", "105092": "", "harbordaily.com developer": "", "admin": "",
		"Jean-Luc": "Jean-Luc", "SuperWriter": "SuperWriter", "Ida MorenoReporter": "Ida MorenoReporter", "jane@harbor.example": "", "https://harbor.example/jane-doe": "", "null": "", "JANE DOE": "Jane Doe",
	} {
		got := BylineAnswerOf(in, BylineHints{Single: true}, false)
		if strings.Join(got.Authors, "; ") != want {
			t.Errorf("%q: got %q, want %q", in, got.Authors, want)
		}
	}
}

func TestSameNameIsBlindToCaseAccentsAndTitles(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"José García", "JOSE GARCIA", true}, {"Dr. Anna Berg", "Anna Berg", true}, {"Anna Berg, PhD", "Anna Berg", true},
		{"O'Neill Shaw", "O’Neill Shaw", true}, {"Anna Berg", "Anne Berg", false}, {"", "", true}, {"Anna", "", false}, {"王小明", "王小明", true},
	} {
		if got := SameName(c.a, c.b); got != c.want {
			t.Errorf("SameName(%q, %q) = %v", c.a, c.b, got)
		}
	}
}

func FuzzByline(f *testing.F) {
	for _, r := range bylineRows(f) {
		f.Add(r.in, r.lang, r.publisher, false)
	}
	f.Fuzz(func(t *testing.T, s, lang, publisher string, single bool) {
		h := BylineHints{Lang: lang, Publisher: publisher, Single: single}
		first := Byline(s, h)
		if diff := cmp.Diff(first, Byline(s, h)); diff != "" {
			t.Error("a second run differs", diff)
		}
		for _, c := range first {
			if c.Name == "" || c.Name != strings.TrimSpace(c.Name) || utf8.ValidString(s) && !utf8.ValidString(c.Name) {
				t.Errorf("%q: name %q", s, c.Name)
			}
			if c.Kind != "person" && c.Kind != "organization" && c.Kind != "agency" {
				t.Errorf("kind %q", c.Kind)
			}
		}
	})
}

func BenchmarkByline(b *testing.B) {
	for _, in := range []string{"By ZHANG YUNBI | Harbor Daily | Updated: 2021-05-29 07:47", "Von Anna Meier und Jörg Schmidt, dpa", "김철수 기자"} {
		b.Run(in, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Byline(in, BylineHints{Publisher: "Harbor Daily"})
			}
		})
	}
}

// BenchmarkBylineTables is the mean of a line over all tables: what a line of the press costs.
func BenchmarkBylineTables(b *testing.B) {
	rows := bylineRows(b)
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		for _, r := range rows {
			Byline(r.in, BylineHints{Lang: r.lang, Publisher: r.publisher})
		}
		n += len(rows)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(n), "ns/line")
}
