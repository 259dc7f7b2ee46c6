package output

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"strings"
	"syscall"
	"testing"

	"github.com/dateline-go/dateline"
	"github.com/google/go-cmp/cmp"
)

var sample = []dateline.Record{
	{
		Schema: dateline.Schema, ID: "1", URL: "https://example.com/a", PageKind: dateline.KindArticle, Title: `The *new* bridge, "open"`,
		Standfirst: "It took a while.", Authors: []string{"Ann Bee", "Cy Dee"}, Publisher: "Example", Published: "2021-05-29T07:47:00+08:00",
		Tags: []string{}, Text: "First.\n\nSecond line.", Blocks: []dateline.Block{
			{Kind: dateline.BlockParagraph, Text: "1. First <b> & so_on_ [x]"},
			{Kind: dateline.BlockHeading, Level: 3, Text: "Why"},
			{Kind: dateline.BlockList, Items: []string{"one", "# two"}},
			{Kind: dateline.BlockQuote, Text: "Said\nso"},
			{Kind: dateline.BlockCode, Text: "a ``` b"},
			{Kind: dateline.BlockTable, Rows: [][]string{{"h|1", "h2"}, {"a"}}},
			{Kind: dateline.BlockParagraph, Text: "Boxed", Aside: true},
			{Kind: dateline.BlockQuote, Text: "Pulled", Aside: true},
			{Kind: dateline.BlockEmbed, Text: "Posted"},
			{Kind: dateline.BlockUpdate, Level: 3, Text: "Ferries stop"},
			{Kind: dateline.BlockUpdate, Text: "Wind falls."},
		},
	},
	{Schema: dateline.Schema, ID: "2", Title: "Second", Text: "Body", Authors: []string{}},
}

func written(t *testing.T, format string, fields []string, records []dateline.Record) string {
	t.Helper()
	var b bytes.Buffer
	w, err := NewWriter(&b, format, fields)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range records {
		if err := w.Write(r); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Errorf("closing twice: %v", err)
	}
	return b.String()
}

func TestSelectedFieldsInEachFormat(t *testing.T) {
	fields := []string{"title", "authors", "kicker"}
	for _, c := range []struct {
		format string
		n      int
		want   string
	}{
		{"jsonl", 2, `{"title":"The *new* bridge, \"open\"","authors":["Ann Bee","Cy Dee"],"kicker":null}` + "\n" + `{"title":"Second","authors":[],"kicker":null}` + "\n"},
		{"jsonl", 0, ""},
		{"json", 2, "[\n" + `{"title":"The *new* bridge, \"open\"","authors":["Ann Bee","Cy Dee"],"kicker":null},` + "\n" + `{"title":"Second","authors":[],"kicker":null}` + "\n]\n"},
		{"json", 0, "[]\n"},
		{"csv", 2, "title,authors,kicker\r\n\"The *new* bridge, \"\"open\"\"\",Ann Bee; Cy Dee,\r\nSecond,,\r\n"},
		{"csv", 0, "title,authors,kicker\r\n"},
	} {
		if diff := cmp.Diff(c.want, written(t, c.format, fields, sample[:c.n])); diff != "" {
			t.Errorf("%s of %d records (-want +got):\n%s", c.format, c.n, diff)
		}
	}
}

func TestJSONIsValidForAnyNumberOfRecords(t *testing.T) {
	for n := range 3 {
		var list []map[string]any
		if err := json.Unmarshal([]byte(written(t, "json", nil, sample[:n])), &list); err != nil || len(list) != n {
			t.Errorf("%d records: %d read, error %v", n, len(list), err)
		}
	}
}

func TestCSVIsReadBackByAnotherReader(t *testing.T) {
	rows, err := csv.NewReader(strings.NewReader(written(t, "csv", nil, sample))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 3 || len(rows[1]) != len(rows[0]) {
		t.Fatalf("%d rows", len(rows))
	}
	for i, name := range rows[0] {
		if name == "text" && rows[1][i] != sample[0].Text {
			t.Errorf("text is %q, want %q", rows[1][i], sample[0].Text)
		}
		if name == "blocks" {
			t.Error("a table has no column of objects unless asked for one")
		}
	}
}

func TestMarkdownEscapesAndKeepsTheBlocks(t *testing.T) {
	want := `# The \*new\* bridge, "open"

**It took a while.**

*Ann Bee, Cy Dee | Example | 2021-05-29T07:47:00+08:00*

<https://example.com/a>

1\. First \<b\> & so_on\_ \[x\]

### Why

- one
- \# two

> Said\
> so

` + "````\na ``` b\n````" + `

| h\|1 | h2 |
| --- | --- |
| a |  |

> Boxed

> Pulled

> Posted

### Ferries stop

Wind falls.

---

# Second

Body
`
	if diff := cmp.Diff(want, written(t, "md", nil, sample)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestPlainTextIsTitleCreditAndBody(t *testing.T) {
	want := "The *new* bridge, \"open\"\n\nIt took a while.\n\nAnn Bee, Cy Dee | Example | 2021-05-29T07:47:00+08:00\n\nFirst.\n\nSecond line.\n\n\f\nSecond\n\nBody\n"
	if diff := cmp.Diff(want, written(t, "txt", nil, sample)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestWrongFormatsAndFieldsAreRefused(t *testing.T) {
	if _, err := NewWriter(nil, "xml", nil); err == nil || !strings.Contains(err.Error(), "jsonl, json, csv") {
		t.Errorf("format xml: %v", err)
	}
	if _, err := NewWriter(nil, "jsonl", []string{"titel"}); err == nil || !strings.Contains(err.Error(), `"titel"`) {
		t.Errorf("field titel: %v", err)
	}
}

// fullDisk takes so many bytes and then has no room.
type fullDisk struct{ room int }

func (d *fullDisk) Write(b []byte) (int, error) {
	if len(b) > d.room {
		n := d.room
		d.room = 0
		return n, syscall.ENOSPC
	}
	d.room -= len(b)
	return len(b), nil
}

func TestAFullDiskIsReportedAtTheRecordThatDidNotFit(t *testing.T) {
	w, err := NewWriter(&fullDisk{room: 40}, "jsonl", []string{"title"})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Write(sample[1]); err != nil {
		t.Fatalf("the first record fits: %v", err)
	}
	if err := w.Write(sample[0]); !errors.Is(err, syscall.ENOSPC) {
		t.Errorf("the second does not: %v", err)
	}
}
