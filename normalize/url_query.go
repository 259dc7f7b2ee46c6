package normalize

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
)

// cleanQuery drops empty pairs and tracking parameters and sorts the rest by
// name; parameters of one name keep their order, for it may mean something.
func cleanQuery(query string, t *trackingList) string {
	if query == "" {
		return ""
	}
	query = escapes(query)
	pairs := make([]string, 0, 1+strings.Count(query, "&"))
	dropped := false
	for pair := range strings.SplitSeq(query, "&") {
		name, value, _ := strings.Cut(pair, "=")
		if pair == "" || t.drops(name, value) {
			dropped = true
			continue
		}
		pairs = append(pairs, pair)
	}
	if !dropped && slices.IsSortedFunc(pairs, byName) {
		return query
	}
	slices.SortStableFunc(pairs, byName)
	return strings.Join(pairs, "&")
}

func byName(a, b string) int {
	a, _, _ = strings.Cut(a, "=")
	b, _, _ = strings.Cut(b, "=")
	return strings.Compare(a, b)
}

// A trackingList is the parameters that say how a reader came, not what is read.
// Names are compared without case.
type trackingList struct {
	names    map[string]bool
	valued   map[string]bool // dropped only with one of values
	values   map[string]bool
	sessions map[string]bool // dropped only where the value is a session id
	prefixes []string
}

//go:embed lexicon/tracking.tsv
var trackingTable string

// trackers is the two lists of lexicon/tracking.tsv: what a record drops, and
// what an identity drops, which is all of that and more.
var trackers = sync.OnceValue(func() (t struct{ record, key *trackingList }) {
	t.record, t.key = newTrackingList(), newTrackingList()
	for line := range strings.Lines(trackingTable) {
		f := strings.Split(strings.TrimSpace(line), "\t")
		if len(f) != 3 || strings.HasPrefix(line, "#") {
			continue
		}
		if f[0] == "record" {
			t.record.add(f[1], f[2])
		}
		t.key.add(f[1], f[2])
	}
	return t
})

func newTrackingList() *trackingList {
	return &trackingList{names: map[string]bool{}, valued: map[string]bool{}, values: map[string]bool{}, sessions: map[string]bool{}}
}

func (t *trackingList) add(kind, word string) {
	word = strings.ToLower(word)
	switch kind {
	case "name":
		t.names[word] = true
	case "prefix":
		t.prefixes = append(t.prefixes, word)
	case "valued":
		t.valued[word] = true
	case "value":
		t.values[word] = true
	case "session":
		t.sessions[word] = true
	}
}

// drops reports whether a parameter is tracking.
func (t *trackingList) drops(name, value string) bool {
	name = strings.ToLower(name)
	if t.names[name] || t.valued[name] && t.values[strings.ToLower(value)] || t.sessions[name] && sessionID(value) {
		return true
	}
	for _, p := range t.prefixes {
		if strings.HasPrefix(name, p) {
			return true
		}
	}
	return false
}

// sessionID reports whether a value is 16 hex digits or more; sid=3 is a section.
func sessionID(value string) bool {
	if len(value) < 16 {
		return false
	}
	for i := range len(value) {
		if !isHex(value[i]) {
			return false
		}
	}
	return true
}
