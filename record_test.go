package dateline

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestEveryKeyIsPresentInAnEmptyRecord(t *testing.T) {
	b := Record{}.AppendJSON(nil)
	var got map[string]any
	if err := json.Unmarshal(b, &got); err != nil {
		t.Fatal(err)
	}
	at := 0
	for _, name := range FieldNames() {
		if _, ok := got[name]; !ok {
			t.Errorf("key %s is missing", name)
		}
		i := strings.Index(string(b[at:]), `"`+name+`":`)
		if i < 0 {
			t.Errorf("key %s is out of order", name)
			continue
		}
		at += i
	}
}

func TestARecordSurvivesJSON(t *testing.T) {
	want := Record{Title: "A <b> & \"c\"\n\u2028\x01", Authors: []string{"Ann Bee"}, WordCount: 3, Provenance: map[string]string{"title": "h1"}}
	var got Record
	if err := json.Unmarshal(want.AppendJSON(nil), &got); err != nil {
		t.Fatal(err)
	}
	if got.Title != want.Title || got.WordCount != 3 || got.Authors[0] != "Ann Bee" || got.Provenance["title"] != "h1" {
		t.Errorf("got %+v", got)
	}
}
