package main

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/dateline-go/dateline/extract/evaluate"
)

func TestTheFloorNamesWhatFellUnderIt(t *testing.T) {
	f, err := parseFloor("# set, measure, least\nnews\tday\t.9\nnews\ttitle\t.8\nnews\tlang\t.5\nblogs\tday\t.1\n")
	if err != nil {
		t.Fatal(err)
	}
	r := &evaluate.Report{
		Set:  "news",
		Mean: map[string]float64{"day": .8999, "title": .8, "exact": 0},
		N:    map[string]int{"day": 10, "title": 10, "exact": 10},
	}
	want := []string{
		"news: published: day is 0.8999, the floor is 0.9000",
		"news: language is 0.0000, the floor is 0.5000",
	}
	if d := cmp.Diff(want, f.under(r)); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]string{"blogs"}, f.gone([]string{"news", "blogs", "other"}, []string{"news"})); d != "" {
		t.Error(d)
	}
	if !f.holds("blogs") || f.holds("other") {
		t.Error("the floor holds other sets than its table")
	}
}

func TestTheCommittedFloorIsReadable(t *testing.T) {
	f, err := parseFloor(floorTable)
	if err != nil || len(f) < 4 {
		t.Fatalf("%d sets: %v", len(f), err)
	}
	for _, set := range []string{"fundus", "wcxb", "daniel", "big_chaos"} {
		if least := f[set]["body.f1"]; least < .9 {
			t.Errorf("%s: the floor of the body is %v", set, least)
		}
	}
}

func TestABrokenFloorIsRefused(t *testing.T) {
	for _, table := range []string{"news\tday", "news\tday\thigh", "news\tdaze\t.5"} {
		if _, err := parseFloor(table); err == nil {
			t.Errorf("%q was taken", table)
		}
	}
}
