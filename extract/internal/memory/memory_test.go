package memory

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestAMemoryHoldsTheLatestArticlesEachOnce(t *testing.T) {
	var m Memory
	m.Learn("first", NewLesson([]uint32{7}))
	m.Learn("first", NewLesson([]uint32{8}))
	if v := m.Others(); m.Articles() != 1 || v.Count(7) != 1 || v.Count(8) != 0 {
		t.Errorf("an article that is learned again counts otherwise than it first came: %v", m)
	}
	for i := range Window {
		m.Learn(fmt.Sprint(i), NewLesson([]uint32{9}))
	}
	if v := m.Others(); m.Articles() != Window || v.Count(7) != 0 || v.Count(9) != Window {
		t.Errorf("the oldest article is not forgotten: %v", m)
	}
	if n := m.Others("3", "unknown").Count(9); n != Window-1 {
		t.Errorf("%d others than one of %d", n, Window)
	}
}

func TestALongPageTeachesTheLowestOfItsBlocks(t *testing.T) {
	long := make([]uint32, 0, 2*maxBlocks)
	for i := range uint32(maxBlocks) {
		long = append(long, 1000-i, 1000-i)
	}
	l := NewLesson(append(long, 1, 2))
	if len(l.blocks) != maxBlocks || l.blocks[0] != 1 || l.blocks[1] != 2 || !slices.IsSorted(l.blocks) {
		t.Errorf("%v", l.blocks)
	}
}

func TestACloneLearnsApart(t *testing.T) {
	var m Memory
	m.Learn("a", NewLesson([]uint32{1}))
	c := m.Clone()
	c.Learn("b", NewLesson([]uint32{1}))
	c.Learn("a", NewLesson([]uint32{2}))
	if v := m.Others(); m.Articles() != 1 || v.Count(1) != 1 {
		t.Errorf("%v", m)
	}
}

func TestABrokenMemoryIsRefusedWithItsPlace(t *testing.T) {
	for in, want := range map[string]string{
		`{"articles":["0000000000000001:00000001","short:"]}`:                               `article 2: "short:"`,
		`{"articles":["0000000000000001:0000000"]}`:                                         "article 1",
		`{"articles":["0000000000000001:0000000g"]}`:                                        `the block "0000000g"`,
		`{"articles":["000000000000000g:"]}`:                                                `the id "000000000000000g"`,
		`{"articles":["0000000000000001:0000000200000001"]}`:                                "not in order",
		`{"articles":["0000000000000001:` + strings.Repeat("00000001", maxBlocks+1) + `"]}`: "at most 96",
		`{"articles":3}`: "cannot unmarshal",
	} {
		var m Memory
		if err := json.Unmarshal([]byte(in), &m); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.80s: %v, want %q", in, err, want)
		}
	}
}

func FuzzMemory(f *testing.F) {
	f.Add([]byte(`{"articles":["0000000000000001:0000000100000002","00000000000000ff:"]}`))
	f.Add([]byte(`{"articles":[]}`))
	f.Add([]byte(`null`))
	f.Fuzz(func(t *testing.T, b []byte) {
		var m, again Memory
		if json.Unmarshal(b, &m) != nil {
			return
		}
		if m.Articles() > Window {
			t.Fatalf("%d articles", m.Articles())
		}
		out, err := json.Marshal(&m)
		if err != nil || json.Unmarshal(out, &again) != nil || fmt.Sprint(again.articles) != fmt.Sprint(m.articles) {
			t.Fatalf("%s became %s: %v", b, out, err)
		}
		m.Others("x").Unlike([]uint32{1, 2}).Count(1)
	})
}
