package normalize

import (
	"os"
	"strings"
	"testing"
	"time"
)

// A dateRow is a line of testdata/dates.tsv.
type dateRow struct {
	line  int
	input string
	hints DateHints
	want  string
}

// answerRow is the answer in the columns of the table, from outcome to role.
func answerRow(a Answer) string {
	text := func(s *string) string {
		if s == nil {
			return ""
		}
		return *s
	}
	value := text(a.Value)
	switch a.Outcome {
	case "ambiguous":
		value = strings.Join(a.Readings, "|")
	case "multi":
		var dates []string
		for _, d := range a.Dates {
			dates = append(dates, d.Role+"="+d.Value)
		}
		value = strings.Join(dates, "|")
	}
	return strings.Join([]string{a.Outcome, value, text(a.Precision), text(a.Zone), text(a.ZoneSource), text(a.Inferred), text(a.Role)}, "\t")
}

func dateRows(t testing.TB) []dateRow {
	t.Helper()
	b, err := os.ReadFile("testdata/dates.tsv")
	if err != nil {
		t.Fatal(err)
	}
	var rows []dateRow
	for i, line := range strings.Split(strings.TrimSuffix(string(b), "\n"), "\n") {
		if strings.HasPrefix(line, "# ") {
			continue
		}
		f := strings.SplitN(line, "\t", 6)
		if len(f) < 6 {
			t.Fatalf("line %d has %d columns", i+1, len(f))
		}
		h := DateHints{Lang: f[1], Country: f[2], Machine: f[4] == "attr"}
		if f[3] != "" {
			if h.Now, err = time.Parse(time.RFC3339, f[3]); err != nil {
				t.Fatal(err)
			}
		}
		rows = append(rows, dateRow{i + 1, f[0], h, f[5]})
	}
	return rows
}

func TestDatesOfThePressAreReadAsTheTableSays(t *testing.T) {
	rows := dateRows(t)
	if len(rows) < 700 {
		t.Errorf("the table has %d rows, want at least 700", len(rows))
	}
	for _, r := range rows {
		if got := answerRow(DateAnswer(r.input, r.hints)); got != r.want {
			t.Errorf("line %d: %q lang=%q country=%q machine=%v\n got %s\nwant %s", r.line, r.input, r.hints.Lang, r.hints.Country, r.hints.Machine, got, r.want)
		}
	}
}
