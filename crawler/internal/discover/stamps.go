package discover

import "time"

// stamps count the dates of change that the entries of a document state.
type stamps struct {
	fetched time.Time
	now     int // of them are of the moment of the fetch
	days    map[[len(time.DateOnly)]byte]int
}

func (s *stamps) add(updated string) {
	if len(updated) < len(time.DateOnly) {
		return
	}
	if s.days == nil {
		s.days = map[[len(time.DateOnly)]byte]int{}
	}
	s.days[[len(time.DateOnly)]byte([]byte(updated[:len(time.DateOnly)]))]++
	if t, err := time.Parse(time.RFC3339, updated); err == nil && s.fetched.Sub(t).Abs() < 2*time.Minute {
		s.now++
	}
}

// bogus reports whether a machine wrote the dates of n entries: most of them say "now", or all one day, which
// is what a sitemap made on each request and a redesign look like.
func (s *stamps) bogus(n int) bool {
	most := s.now
	for _, of := range s.days {
		most = max(most, of)
	}
	return n >= 5 && most*5 >= n*4
}
