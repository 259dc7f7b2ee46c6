package state

import (
	"fmt"
	"testing"
	"time"
)

func TestRowsAreTakenInOnceHoweverManyComeTogether(t *testing.T) {
	stores(t, func(t *testing.T, s Store) {
		l := claim(t, s, t.Name(), "one")
		now := time.Date(2026, 11, 20, 6, 0, 0, 0, time.UTC)
		for _, n := range []int{0, 1, fewRows - 1, fewRows, rowsAtOnce + 1, 2*rowsAtOnce + fewRows} {
			host := fmt.Sprintf("h%d.example", n)
			urls, keys := make([]URL, n), make([]Key, n)
			for i := range urls {
				u := fmt.Sprintf("https://%s/%d", host, i)
				keys[i] = KeyOf(u)
				urls[i] = URL{Key: keys[i], URL: u, FirstSeen: now, LastSeen: now, NextDue: now, Rank: int64(i)}
			}
			for round, want := range []int{n / 2, n - n/2, 0} {
				must(t, s.Note(t.Context(), l, func(tx Tx) error {
					if err := tx.PutHost(t.Context(), l.Site, host); err != nil {
						return err
					}
					some := urls
					if round == 0 {
						some = urls[:n/2]
					}
					if got, err := tx.AddURLs(t.Context(), some); err != nil || got != want {
						t.Errorf("of %d rows %d are new, want %d: %v", len(some), got, want, err)
					}
					return nil
				}))
			}
			known, err := s.Known(t.Context(), keys)
			must(t, err)
			for _, u := range urls {
				if got := known[u.Key]; got.URL != u.URL || got.Rank != u.Rank || !got.NextDue.Equal(now) {
					t.Fatalf("of %d rows one is %+v, want %+v", n, got, u)
				}
			}
		}
	})
}
