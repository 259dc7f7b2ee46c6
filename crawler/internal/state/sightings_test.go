package state

import (
	"testing"
	"time"
)

func TestASightingKeepsItsFirstMomentAndGathersWays(t *testing.T) {
	stores(t, func(t *testing.T, s Store) {
		l := claim(t, s, t.Name(), "one")
		base := time.Date(2026, 11, 20, 6, 0, 0, 0, time.UTC)
		k := KeyOf("https://sight.example/" + t.Name())
		must(t, s.Commit(t.Context(), l, func(tx Tx) error {
			must(t, tx.PutSightings(t.Context(), []Sighting{{Key: k, Site: l.Site, Ways: 8, Seen: base}}))
			must(t, tx.PutSightings(t.Context(), []Sighting{{Key: k, Site: l.Site, Ways: 1, Seen: base.Add(time.Hour)}}))
			must(t, tx.Sighted(t.Context(), []Sighting{{Key: k, Ways: 2, Published: base.Add(-time.Hour)}, {Key: Key{k.Host, 1}, Ways: 2}}))
			must(t, tx.Emitted(t.Context(), k, base.Add(time.Minute)))
			return tx.Emitted(t.Context(), k, base.Add(2*time.Hour))
		}))
		got, err := s.Sightings(t.Context(), l.Site)
		must(t, err)
		want := Sighting{k, l.Site, 11, base.Add(-time.Hour), base, base.Add(time.Minute)}
		if len(got) != 1 || got[0] != want {
			t.Errorf("%v, want %v", got, want)
		}
		// What was withdrawn comes back with its record, and what came out stays.
		late := KeyOf("https://sight.example/late/" + t.Name())
		must(t, s.Commit(t.Context(), l, func(tx Tx) error {
			must(t, tx.PutSightings(t.Context(), []Sighting{{Key: late, Site: l.Site, Ways: 2, Seen: base}}))
			must(t, tx.Withdraw(t.Context(), k))
			return tx.Withdraw(t.Context(), late)
		}))
		if got, err = s.Sightings(t.Context(), l.Site); err != nil || len(got) != 1 {
			t.Errorf("%v, %v", got, err)
		}
		must(t, s.Commit(t.Context(), l, func(tx Tx) error {
			must(t, tx.Sighted(t.Context(), []Sighting{{Key: late, Ways: 1}}))
			return tx.Emitted(t.Context(), late, base.Add(time.Hour))
		}))
		got, err = s.Sightings(t.Context(), l.Site)
		must(t, err)
		if want := (Sighting{late, l.Site, 3, time.Time{}, base, base.Add(time.Hour)}); len(got) != 2 || got[0] != want && got[1] != want {
			t.Errorf("%v, want %v", got, want)
		}
		must(t, s.Commit(t.Context(), l, func(tx Tx) error { return tx.ForgetSightings(t.Context(), l.Site, base.Add(time.Second)) }))
		if got, err = s.Sightings(t.Context(), l.Site); err != nil || len(got) > 0 {
			t.Errorf("%v, %v", got, err)
		}
	})
}
