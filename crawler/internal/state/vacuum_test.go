package state

import (
	"testing"
	"time"
)

func TestVacuumForgetsTheOldAndKeepsWhatStopsDoubles(t *testing.T) {
	stores(t, func(t *testing.T, s Store) {
		ctx := t.Context()
		l := claim(t, s, t.Name(), "one")
		old := time.Date(2020, 1, 2, 3, 4, 5, 0, time.UTC) // older than what other tests of one database write
		cut := old.Add(time.Hour)
		where := "https://vacuum.example/"
		dead, moved, alive, art := KeyOf(where+"dead"), KeyOf(where+"moved"), KeyOf(where+"alive"), KeyOf(where+"art")
		must(t, s.Commit(ctx, l, func(tx Tx) error {
			must(t, tx.PutHost(ctx, l.Site, HostOf(where)))
			must(t, tx.PutURL(ctx, URL{Key: dead, URL: where + "dead", State: Dead, FirstSeen: old, LastSeen: old}))
			must(t, tx.PutURL(ctx, URL{Key: moved, URL: where + "moved", State: Dead, FirstSeen: old, LastSeen: old}))
			must(t, tx.PutURL(ctx, URL{Key: alive, URL: where + "alive", State: Done, FirstSeen: old, LastSeen: old}))
			must(t, tx.PutValidators(ctx, dead, "a", ""))
			must(t, tx.PutClaims(ctx, []Claim{{Key: alive, Source: 1, Seen: old}}))
			must(t, tx.PutArticle(ctx, Article{Key: art, Site: l.Site, ID: "x", Version: 2, BodyHash: 22, FirstSeen: old}))
			must(t, tx.PutVersion(ctx, art, 1, 11, 12, 1, old))
			must(t, tx.PutVersion(ctx, art, 2, 22, 23, 1, old))
			must(t, tx.PutMemory(ctx, l.Site, "{}", old))
			must(t, tx.PutSightings(ctx, []Sighting{{Key: alive, Site: l.Site, Seen: old}}))
			return tx.PutRun(ctx, Run{Run: 1, Site: l.Site, Started: old, Ended: old})
		}))
		gone, err := s.Vacuum(ctx, cut)
		must(t, err)
		for what, want := range map[string]int64{"claims": 1, "runs": 1, "versions": 1, "sightings": 1, "memory": 1, "dead": 2, "validators": 1} {
			if gone[what] != want {
				t.Errorf("%d %s went, want %d", gone[what], what, want)
			}
		}
		if ok, err := s.HasVersion(ctx, art, 22, 0); err != nil || !ok {
			t.Errorf("the last version is forgotten: %v", err)
		}
		known, err := s.Known(ctx, []Key{dead, alive})
		must(t, err)
		if known[dead].State != Dead || known[alive].URL != where+"alive" {
			t.Errorf("%+v", known)
		}
		must(t, s.Commit(ctx, l, func(tx Tx) error { return tx.Recheck(ctx, dead, old, 0) }))
		if due, err := s.CountDue(ctx, l.Site, old); err != nil || due != 0 {
			t.Errorf("%d addresses without a path are due: %v", due, err)
		}
		// The next source that names it brings its path back, and so does an article that moved there.
		must(t, s.Commit(ctx, l, func(tx Tx) error {
			must(t, tx.PutURL(ctx, URL{Key: moved, URL: where + "moved", State: Done, FirstSeen: old, LastSeen: old}))
			_, err := tx.AddURLs(ctx, []URL{{Key: dead, URL: where + "dead"}, {Key: alive, URL: where + "other"}})
			return err
		}))
		known, err = s.Known(ctx, []Key{dead, moved, alive})
		must(t, err)
		if known[dead].URL != where+"dead" || known[moved].URL != where+"moved" || known[alive].URL != where+"alive" {
			t.Errorf("%+v", known)
		}
	})
}
