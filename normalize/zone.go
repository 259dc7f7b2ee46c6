package normalize

import (
	"strings"
	"sync"
	"time"
	_ "time/tzdata" // the machine's zone files are never relied on

	"github.com/dateline-go/dateline/normalize/lexicon"
)

// A zoneWord is one meaning of an abbreviation or of a phrase such as "Beijing time".
type zoneWord struct {
	offset    int
	area      string   // IANA name where the offset depends on the date, or a place was named
	countries []string // where the abbreviation means this; empty: everywhere
}

// zoneWords are the meanings of all zone words, by index.
type zoneWordList [][]zoneWord

var zoneWordTable = sync.OnceValues(func() (zoneWordList, map[string]int) {
	var list zoneWordList
	index := map[string]int{}
	for line := range strings.Lines(lexicon.Zones()) {
		f := strings.Split(strings.TrimRight(line, "\r\n"), "\t")
		if len(f) < 2 || strings.HasPrefix(line, "#") {
			continue
		}
		z := zoneWord{}
		if sec, ok := parseOffset(f[1]); ok {
			z.offset = sec
		} else {
			z.area = f[1]
		}
		if len(f) > 2 && f[2] != "" {
			z.countries = strings.Split(f[2], "|")
		}
		for w := range strings.SplitSeq(f[0], "|") {
			i, ok := index[w]
			if !ok {
				i = len(list)
				index[w] = i
				list = append(list, nil)
			}
			list[i] = append(list[i], z)
		}
	}
	return list, index
})

// zones adds the zone words to the dictionary. They belong to no language.
func (d *dateDict) zones() {
	_, index := zoneWordTable()
	for w, i := range index {
		d.add(w, sense{class: wZone, value: int32(i)})
	}
}

func parseOffset(s string) (sec int, ok bool) {
	if len(s) != 6 || (s[0] != '+' && s[0] != '-') || s[3] != ':' {
		return 0, false
	}
	sec = int(s[1]-'0')*36000 + int(s[2]-'0')*3600 + int(s[4]-'0')*600 + int(s[5]-'0')*60
	if s[0] == '-' {
		sec = -sec
	}
	return sec, true
}

// zoneAt reads the zone behind a time.
func (r *dateReader) zoneAt(s *span, i int) int {
	if s.hasOffset || s.zone > 0 {
		return r.secondZone(i)
	}
	j := i
	open := r.isMark(j, '(') || r.isMark(j, '[')
	for r.isMark(j, '(') || r.isMark(j, '[') || r.isMark(j, ',') && r.is(j+1, wZone) || r.is(j, wNoise) && r.is(j+1, wZone) {
		j++
	}
	n := r.oneZone(s, j)
	if n == j {
		return i
	}
	if r.isMark(n, '(') && s.hasOffset { // GMT+0000 (Coordinated Universal Time)
		for k := n + 1; k < r.n && k < n+8; k++ {
			if r.at(k).kind == tNumber {
				break
			}
			if r.isMark(k, ')') {
				return k + 1
			}
		}
	}
	if open {
		n = r.closing(n)
	}
	return n
}

func (r *dateReader) oneZone(s *span, i int) int {
	if n := r.offsetAt(s, i); n > i {
		return n
	}
	k := r.at(i)
	if k.kind != tWord {
		return i
	}
	if k.end-k.start == 1 && r.b[k.start] == 'z' {
		s.hasOffset, s.offset = true, 0
		return i + 1
	}
	z, ok := k.has(wZone)
	if !ok || !r.realZone(i) {
		return i
	}
	if list, _ := zoneWordTable(); list[z.value][0].area == "" && list[z.value][0].offset == 0 { // GMT+8
		if n := r.offsetAt(s, i+1); n > i+1 {
			return n
		}
	}
	s.zone = int(z.value) + 1
	return i + 1
}

// realZone: short zone words are words of other languages too (French et, est): they count only where the line ends or parts
// behind them, and not where the page's language has the word.
func (r *dateReader) realZone(i int) bool {
	k := r.at(i)
	if k.end-k.start > 3 {
		return true
	}
	word := strings.TrimSuffix(r.s[k.start:k.end], ".")
	switch base := baseLang(r.h.Lang); {
	case word == "et" && base != "" && base != "en" && base != "es", word == "est" && (base == "fr" || base == "ro"),
		word == "met" && base != "de" && base != "en", word == "art" && base == "de", word == "mt" && base != "en" && base != "":
		return false
	}
	n := i + 1
	return n >= r.n || r.at(n).kind == tMark || r.at(n).kind == tNumber || r.is(n, wRole) || r.is(n, wMonth) || r.is(n, wWeekday) ||
		r.is(n, wNoise) || r.is(n, wCut) || r.is(n, wZone)
}

// offsetAt reads +08:00, +0800, -5.
func (r *dateReader) offsetAt(s *span, i int) int {
	sign := 1
	switch {
	case r.isMark(i, '+'):
	case r.isMark(i, '-') && r.at(i).space != r.at(i+1).space || r.isMark(i, '-') && r.tight(i) && r.tight(i+1):
		sign = -1
	default:
		return i
	}
	k := r.at(i + 1)
	if k.kind != tNumber || k.space {
		return i
	}
	h, m, end := int(k.n), 0, i+2
	switch {
	case k.digits == 4:
		h, m = int(k.n)/100, int(k.n)%100
	case k.digits <= 2 && (r.isMark(end, ':') || r.isMark(end, '.') && r.at(end+1).digits == 2) && r.tight(end) && r.isNum(end+1, 2) && r.tight(end+1):
		if sign < 0 && s.hasClock && !s.seconds && !r.is(i-1, wZone) {
			return i // the hours of an event: 10:00-11:30
		}
		m = int(r.at(end + 1).n)
		end += 2
	case k.digits > 2:
		return i
	}
	if h > 14 || m > 59 {
		return i
	}
	s.hasOffset, s.offset = true, sign*(h*3600+m*60)
	return end
}

// secondZone passes the same time in another zone: "07:47 GMT (15:47 HKT)".
func (r *dateReader) secondZone(i int) int {
	j := i
	if !r.isMark(j, '(') && !r.isMark(j, '/') && !r.isMark(j, '|') {
		return i
	}
	var t span
	t.weekday = -1
	n := r.clock(&t, j+1)
	if n == j+1 {
		return i
	}
	if end := r.oneZone(&t, n); end > n {
		return r.closing(end)
	}
	return i
}

// setZoneWord resolves a zone word: the only meaning, or the one of the country, or the one that the publisher's zone has. An
// unresolved one leaves the wall clock without a zone.
func (r *dateReader) setZoneWord(v *DateValue, index int) {
	list, _ := zoneWordTable()
	meanings := list[index]
	for _, z := range meanings {
		if len(z.countries) == 0 || containsString(z.countries, r.country) {
			v.applyZone(z)
			return
		}
	}
	if r.h.Zone == nil {
		return
	}
	for _, z := range meanings {
		t := *v
		t.applyZone(z)
		if t.Offset == offsetIn(r.h.Zone, v) {
			v.applyZone(z)
			return
		}
	}
}

func containsString(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

func (v *DateValue) applyZone(z zoneWord) {
	if z.area == "" {
		v.setOffset(z.offset, "abbreviation")
		return
	}
	loc, err := Location(z.area)
	if err != nil || v.Year == 0 {
		return
	}
	v.setOffset(offsetIn(loc, v), "abbreviation")
	v.Zone = z.area
}

// offsetIn is the offset of loc at the wall clock of v.
func offsetIn(loc *time.Location, v *DateValue) int {
	_, sec := time.Date(v.Year, time.Month(v.Month), v.Day, v.Hour, v.Minute, v.Second, 0, loc).Zone()
	return sec
}

// zone completes the zone of v: what was printed, else the hint. A day has none.
func (v *DateValue) zone(h DateHints) {
	if !v.hasClock() {
		v.HasOffset, v.Offset, v.Zone, v.ZoneSource = false, 0, "", "none"
		return
	}
	if v.HasOffset {
		if v.Zone == "" {
			v.Zone = offsetName(v.Offset)
		}
		if h.Zone != nil && v.ZoneSource == "explicit" && v.Offset != 0 {
			if d := v.Offset - offsetIn(h.Zone, v); d == 3600 || d == -3600 {
				v.Flags = append(v.Flags, "offset_odd")
			}
		}
		return
	}
	v.ZoneSource = "none"
	if h.Zone == nil || v.Year == 0 {
		return
	}
	v.setOffset(offsetIn(h.Zone, v), h.ZoneSource)
	if h.ZoneSource == "" {
		v.ZoneSource = "publisher"
	}
	v.Zone = h.Zone.String()
}

var offsetNames = sync.OnceValue(func() map[int]string {
	names := make(map[int]string, 128)
	for sec := -14 * 3600; sec <= 14*3600; sec += 900 {
		names[sec] = string(appendOffset(nil, sec, false))
	}
	return names
})

// offsetName is an offset as a zone is named by it.
func offsetName(sec int) string {
	if s, ok := offsetNames()[sec]; ok {
		return s
	}
	return string(appendOffset(nil, sec, false))
}

var (
	locationMu sync.Mutex
	locations  = map[string]*time.Location{}
)

// Location is time.LoadLocation with a memory: reading a zone takes 20 µs.
func Location(name string) (*time.Location, error) {
	locationMu.Lock()
	defer locationMu.Unlock()
	if l := locations[name]; l != nil {
		return l, nil
	}
	l, err := time.LoadLocation(name)
	if err == nil {
		locations[name] = l
	}
	return l, err
}

func lowerASCII(s string) string { return strings.ToLower(s) }

// In is the instant of v as a clock in loc shows it. A value without an offset is no instant and stays as it is.
func (v DateValue) In(loc *time.Location) DateValue {
	if !v.HasOffset || !v.hasClock() {
		return v
	}
	sec := v.unix()
	_, offset := time.Unix(sec, 0).In(loc).Zone()
	v.setUnix(sec, offset)
	v.HasOffset, v.Offset, v.Zone = true, offset, loc.String()
	if v.Zone == "" {
		v.Zone = offsetName(offset)
	}
	return v
}
