package state

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// stores runs a contract test on both databases.
func stores(t *testing.T, f func(t *testing.T, s Store)) {
	t.Run("sqlite", func(t *testing.T) {
		s, err := Open(t.Context(), filepath.Join(t.TempDir(), "state.db"), Options{Fast: true})
		if err != nil {
			t.Fatal(err)
		}
		f(t, s)
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	t.Run("postgres", func(t *testing.T) {
		dsn := os.Getenv("DATELINE_TEST_POSTGRES")
		if dsn == "" {
			t.Skip("DATELINE_TEST_POSTGRES names no database")
		}
		s, err := Open(t.Context(), dsn, Options{})
		if err != nil {
			t.Fatal(err)
		}
		f(t, s)
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func claim(t *testing.T, s Store, key, owner string) Lease {
	t.Helper()
	l, err := s.Claim(t.Context(), key, owner, time.Minute)
	must(t, err)
	return l
}

func TestAnOlderLeaseCannotWrite(t *testing.T) {
	stores(t, func(t *testing.T, s Store) {
		old := claim(t, s, t.Name(), "one")
		must(t, s.Release(t.Context(), old, time.Time{}, nil))
		claim(t, s, t.Name(), "two")
		ran := false
		err := s.Commit(t.Context(), old, func(Tx) error { ran = true; return nil })
		if !errors.Is(err, ErrFenced) || ran {
			t.Errorf("Commit of an old lease gave %v, ran %v", err, ran)
		}
	})
}

func TestANoteIsProvedLikeACommitAndEmitsNothing(t *testing.T) {
	stores(t, func(t *testing.T, s Store) {
		old := claim(t, s, t.Name(), "one")
		must(t, s.Note(t.Context(), old, func(tx Tx) error { return tx.PutMemo(t.Context(), old.Site, "noted") }))
		if site, _, err := s.Site(t.Context(), t.Name()); err != nil || site.Memo != "noted" {
			t.Errorf("the note is %q, %v", site.Memo, err)
		}
		if err := s.Note(t.Context(), old, func(tx Tx) error { return tx.Emit(t.Context(), t.Name(), []byte("a line\n")) }); err == nil {
			t.Error("a line that a loss of power may take back was taken")
		}
		must(t, s.Release(t.Context(), old, time.Time{}, nil))
		claim(t, s, t.Name(), "two")
		if err := s.Note(t.Context(), old, func(Tx) error { return nil }); !errors.Is(err, ErrFenced) {
			t.Errorf("a note of an old lease gave %v", err)
		}
	})
}

func TestASecondProcessFindsTheFileLocked(t *testing.T) {
	name := filepath.Join(t.TempDir(), "state.db")
	s, err := Open(t.Context(), name, Options{Fast: true})
	must(t, err)
	if _, err := Open(t.Context(), name, Options{}); !errors.Is(err, ErrLocked) {
		t.Errorf("second Open gave %v, want ErrLocked", err)
	}
	must(t, s.Close())
	s, err = Open(t.Context(), name, Options{Fast: true})
	must(t, err)
	must(t, s.Close())
}

func TestARunThatIsTurnedAwayIsCountedWhateverStandsInTheFile(t *testing.T) {
	now := time.Unix(1_800_000_000, 0).UTC()
	opt := Options{Fast: true, Cron: true, Now: func() time.Time { return now }}
	for name, tc := range map[string]struct {
		stands string
		times  int
		since  time.Time
	}{
		"nothing":          {"", 1, now},
		"a blank line":     {"\n", 1, now},
		"two earlier ones": {"1799999000\n1799999500\n", 3, time.Unix(1_799_999_000, 0).UTC()},
		"one cut short":    {"x\n1799999500\n", 2, time.Unix(1_799_999_500, 0).UTC()},
	} {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "state.db")
			s, err := Open(t.Context(), file, opt)
			must(t, err)
			must(t, os.WriteFile(heldName(file+".lock"), []byte(tc.stands), 0o644))
			var held *LockedError
			if _, err := Open(t.Context(), file, Options{}); !errors.As(err, &held) || held.Times != 1 {
				t.Errorf("who is no run: %+v, %v", held, err)
			}
			if _, err := Open(t.Context(), file, opt); !errors.As(err, &held) || held.Times != tc.times || !held.Since.Equal(tc.since) {
				t.Errorf("%+v, %v", held, err)
			}
			must(t, s.Close())
			s, err = Open(t.Context(), file, opt)
			must(t, err)
			if _, err := os.Stat(heldName(file + ".lock")); !errors.Is(err, os.ErrNotExist) {
				t.Errorf("the count goes on: %v", err)
			}
			must(t, s.Close())
		})
	}
}

func TestASiteIsMetWhenItIsFirstVisitedAndNotWhenTheFileNamesIt(t *testing.T) {
	now := time.UnixMilli(1_800_000_000_000).UTC()
	s, err := Open(t.Context(), filepath.Join(t.TempDir(), "state.db"), Options{Fast: true, Now: func() time.Time { return now }})
	must(t, err)
	must(t, s.AddSites(t.Context(), []string{"named"}, func(string, int) time.Time { return now }))
	must(t, s.Alone(t.Context(), func(tx Tx) error { return tx.PutAbsent(t.Context(), "probed", "f") }))
	for _, key := range []string{"named", "probed", "new"} {
		now = now.Add(time.Hour)
		visited := now
		l := claim(t, s, key, "one")
		if l.Broken {
			t.Errorf("%s: somebody had it", key)
		}
		must(t, s.Release(t.Context(), l, now, nil))
		now = now.Add(time.Hour)
		must(t, s.Release(t.Context(), claim(t, s, key, "one"), now, nil))
		if got, _, err := s.Site(t.Context(), key); err != nil || !got.FirstSeen.Equal(visited) {
			t.Errorf("%s: first seen %v, want %v, %v", key, got.FirstSeen, visited, err)
		}
	}
	must(t, s.Close())
}

func TestURLsComeBackByRankAndOnlyWhenDue(t *testing.T) {
	stores(t, func(t *testing.T, s Store) {
		ctx, now := t.Context(), time.UnixMilli(1_800_000_000_000).UTC()
		l := claim(t, s, t.Name(), "one")
		host := "h" + time.Now().Format("150405.000000") + ".example:8080"
		row := func(path string, rank int64, due time.Time) URL {
			u := "http://" + host + path
			return URL{Key: KeyOf(u), FirstSeen: now, LastSeen: now, NextDue: due, Rank: rank, URL: u}
		}
		rows := []URL{row("/b?x=1", 2, now), row("/a", 1, now), row("/later", 0, now.Add(time.Hour)), row("", 3, now)}
		must(t, s.Commit(ctx, l, func(tx Tx) error {
			must(t, tx.PutHost(ctx, l.Site, host))
			n, err := tx.AddURLs(ctx, rows)
			must(t, err)
			again, err := tx.AddURLs(ctx, rows)
			if n != 4 || again != 0 {
				t.Errorf("added %d, then %d; want 4, then 0", n, again)
			}
			return err
		}))
		got, err := s.Due(ctx, l.Site, now, 10)
		must(t, err)
		if len(got) != 3 || got[0] != rows[1] || got[1] != rows[0] || got[2] != rows[3] {
			t.Errorf("due are %+v", got)
		}
		known, err := s.Known(ctx, []Key{rows[2].Key, KeyOf("https://nowhere.example/")})
		must(t, err)
		if len(known) != 1 || known[rows[2].Key] != rows[2] {
			t.Errorf("known are %+v", known)
		}
		if u, site, ok, err := s.FindURL(ctx, rows[0].Key); err != nil || !ok || site != t.Name() || u != rows[0] {
			t.Errorf("FindURL gave %+v %q %v %v", u, site, ok, err)
		}
	})
}

func TestAnArticleIsFoundByItsAliases(t *testing.T) {
	stores(t, func(t *testing.T, s Store) {
		ctx, now := t.Context(), time.UnixMilli(1_800_000_000_000).UTC()
		l := claim(t, s, t.Name(), "one")
		k, other := KeyOf("https://"+t.Name()+".example/a"), KeyOf("https://"+t.Name()+".example/b")
		want := Article{Key: k, URL: k.URL, Site: l.Site, ID: "id", Version: 1, BodyHash: 7, TitleHash: Hash(t.Name()), Simhash: 1 << 63, FirstSeen: now}
		must(t, s.Commit(ctx, l, func(tx Tx) error {
			must(t, tx.PutArticle(ctx, want))
			return errors.Join(tx.PutVersion(ctx, k, 1, 7, 8, 1, now.Add(time.Duration(l.Epoch))), tx.PutAlias(ctx, other, k))
		}))
		for _, x := range []Key{k, other} {
			if got, ok, err := s.Article(ctx, x); err != nil || !ok || got != want {
				t.Errorf("Article(%v) = %+v %v %v", x, got, ok, err)
			}
		}
		for _, hashes := range [][2]int64{{7, 0}, {0, 8}, {7, 8}, {8, 7}} {
			has, err := s.HasVersion(ctx, k, hashes[0], hashes[1])
			if want := hashes != [2]int64{8, 7}; err != nil || has != want {
				t.Errorf("HasVersion of %v = %v %v", hashes, has, err)
			}
		}
		if like, err := s.Titled(ctx, want.TitleHash, now); err != nil || len(like) != 1 {
			t.Errorf("Titled = %v %v", like, err)
		}
	})
}

func TestALineLeavesTheOutboxOnlyByItsMark(t *testing.T) {
	stores(t, func(t *testing.T, s Store) {
		ctx := t.Context()
		l := claim(t, s, t.Name(), "one")
		k, fresh, err := s.OpenSink(ctx, t.Name())
		must(t, err)
		if !fresh || k.Seq != 0 {
			t.Errorf("a new sink is %+v, fresh %v", k, fresh)
		}
		must(t, s.Commit(ctx, l, func(tx Tx) error {
			return errors.Join(tx.Emit(ctx, t.Name(), []byte("a\n")), tx.Emit(ctx, t.Name(), []byte("b\n")))
		}))
		lines, err := s.Lines(ctx, t.Name(), k.Seq, 10)
		must(t, err)
		if len(lines) != 2 || string(lines[0].Rec) != "a\n" {
			t.Fatalf("lines are %v", lines)
		}
		old := k
		k.Bytes, k.Seq = 2, lines[0].Seq
		must(t, s.Mark(ctx, k))
		k, fresh, err = s.OpenSink(ctx, t.Name())
		must(t, err)
		if fresh || k.Bytes != 2 || k.Epoch != old.Epoch+1 {
			t.Errorf("the sink opened again is %+v, fresh %v", k, fresh)
		}
		if lines, err = s.Lines(ctx, t.Name(), k.Seq, 10); err != nil || len(lines) != 1 || string(lines[0].Rec) != "b\n" {
			t.Errorf("lines behind the mark are %v, %v", lines, err)
		}
		if err := s.Mark(ctx, old); !errors.Is(err, ErrTaken) {
			t.Errorf("a mark of an older epoch gave %v", err)
		}
		l = claim(t, s, t.Name(), "one")
		for k, want := range map[Sink]error{k: nil, old: ErrTaken} {
			if err := s.Commit(ctx, l, func(tx Tx) error { return tx.Hold(ctx, k) }); !errors.Is(err, want) {
				t.Errorf("a transaction that emits to epoch %d of %d gave %v", k.Epoch, old.Epoch+1, err)
			}
		}
	})
}

func TestAFailedCommitLeavesNothing(t *testing.T) {
	stores(t, func(t *testing.T, s Store) {
		ctx, stop := t.Context(), errors.New("stop")
		l := claim(t, s, t.Name(), "one")
		err := s.Commit(ctx, l, func(tx Tx) error {
			must(t, tx.Emit(ctx, t.Name(), []byte("a\n")))
			return stop
		})
		if !errors.Is(err, stop) {
			t.Errorf("Commit gave %v", err)
		}
		if lines, err := s.Lines(context.Background(), t.Name(), 0, 10); err != nil || len(lines) != 0 {
			t.Errorf("the outbox holds %v, %v", lines, err)
		}
	})
}

func TestTheMemoryOfASiteIsReplacedAsAWhole(t *testing.T) {
	stores(t, func(t *testing.T, s Store) {
		ctx, now := t.Context(), time.UnixMilli(1_800_000_000_000).UTC()
		l := claim(t, s, t.Name(), "one")
		if got, err := s.Memory(ctx, l.Site); got != "" || err != nil {
			t.Errorf("a new site has the memory %q %v", got, err)
		}
		for _, kept := range []string{`{"articles":["a"]}`, `{"articles":["a","b"]}`} {
			must(t, s.Commit(ctx, l, func(tx Tx) error { return tx.PutMemory(ctx, l.Site, kept, now) }))
			if got, err := s.Memory(ctx, l.Site); got != kept || err != nil {
				t.Errorf("%q came back as %q %v", kept, got, err)
			}
		}
		failed := errors.New("failed")
		if err := s.Commit(ctx, l, func(tx Tx) error { return errors.Join(tx.PutMemory(ctx, l.Site, "{}", now), failed) }); !errors.Is(err, failed) {
			t.Fatal(err)
		}
		if got, err := s.Memory(ctx, l.Site); got != `{"articles":["a","b"]}` || err != nil {
			t.Errorf("after a commit that failed: %q %v", got, err)
		}
	})
}

func TestRecordsOfASiteKeepTheirValues(t *testing.T) {
	stores(t, func(t *testing.T, s Store) {
		ctx, now := t.Context(), time.UnixMilli(1_800_000_000_000).UTC()
		l := claim(t, s, t.Name(), "one")
		k := KeyOf("https://" + t.Name() + ".example/a")
		src := Source{ID: Hash(t.Name()), Site: l.Site, Kind: "feed", URL: "https://x.example/feed", Interval: time.Hour, ETag: `W/"1"`, NextDue: now, FirstSeen: now,
			Status: 410, MovedTo: "https://y.example/feed", Moves: 2, Was: "https://w.example/feed", Least: time.Minute, Quiet: 1<<30 | 1}
		twin := Twin{Host: "m.x.example", Main: "x.example", Agreed: 3, Until: now}
		must(t, s.Commit(ctx, l, func(tx Tx) error {
			return errors.Join(tx.PutSources(ctx, []Source{src}), tx.PutClaims(ctx, []Claim{{Key: k, Source: src.ID, Updated: "2026", Seen: now}}),
				tx.FetchedClaims(ctx, k), tx.PutValidators(ctx, k, "e", "m"), tx.PutShape(ctx, l.Site, Shape{Shape: "/s", Found: 1, ClosedUntil: now}),
				tx.PutTwin(ctx, l.Site, Twin{Host: "m.x.example", Main: "old.x.example"}), tx.PutTwin(ctx, l.Site, twin),
				tx.PutSaved(ctx, []Saved{{Kind: "host", Key: t.Name(), Until: now, Data: []byte("{}")}}),
				tx.PutRun(ctx, Run{Run: now.UnixMilli(), Site: l.Site, Started: now, Counts: "{}"}),
				tx.PutAlarm(ctx, Alarm{Site: l.Site, Kind: "silent", Since: now}), tx.PutMemo(ctx, l.Site, "{}"))
		}))
		if got, err := s.Sources(ctx, l.Site); err != nil || len(got) != 1 || got[0] != src {
			t.Errorf("Sources = %+v %v", got, err)
		}
		claims, err := s.Claims(ctx, []Key{k, {Host: k.Host, URL: k.URL + 1}})
		if got := claims[k]; err != nil || len(claims) != 1 || len(got) != 1 || got[0].Fetched == nil || *got[0].Fetched != "2026" || got[0].SourceURL != src.URL {
			t.Errorf("Claims = %+v %v", got, err)
		}
		if e, m, err := s.Validators(ctx, k); err != nil || e != "e" || m != "m" {
			t.Errorf("Validators = %q %q %v", e, m, err)
		}
		if got, err := s.Shapes(ctx, l.Site); err != nil || got["/s"].Found != 1 {
			t.Errorf("Shapes = %v %v", got, err)
		}
		if got, err := s.Twins(ctx, l.Site); err != nil || len(got) != 1 || got[twin.Host] != twin {
			t.Errorf("Twins = %v %v", got, err)
		}
		if got, err := s.Alarms(ctx, l.Site); err != nil || len(got) != 1 {
			t.Errorf("Alarms = %v %v", got, err)
		}
		if got, err := s.Runs(ctx, l.Site, now); err != nil || len(got) != 1 {
			t.Errorf("Runs = %v %v", got, err)
		}
		must(t, s.Commit(ctx, l, func(tx Tx) error { return tx.PutAbsent(ctx, t.Name(), "f") }))
		if got, _, err := s.Site(ctx, t.Name()); err != nil || got.Absent != "f" || got.Memo != "{}" {
			t.Errorf("Site = %+v %v", got, err)
		}
		must(t, s.Release(ctx, l, now, nil))
		if got, err := s.DueSites(ctx, now, 10); err != nil || len(got) == 0 {
			t.Errorf("DueSites = %v %v", got, err)
		}
		if _, err := s.Counts(ctx); err != nil {
			t.Error(err)
		}
		if _, err := s.Vacuum(ctx, now.Add(-time.Hour)); err != nil {
			t.Error(err)
		}
	})
}

func TestSitesOfAFileBecomeDueOnceAndTheLongestUnservedComesFirst(t *testing.T) {
	stores(t, func(t *testing.T, s Store) {
		ctx, now := t.Context(), time.UnixMilli(1_700_000_000_000).UTC() // before what other tests make due
		a, b, c := t.Name()+"/a", t.Name()+"/b", t.Name()+"/c"
		late := claim(t, s, c, "one") // killed before it released
		calls := 0
		first := func(_ string, n int) time.Time { calls += n; return now }
		must(t, s.AddSites(ctx, []string{b, a, c}, first))
		must(t, s.AddSites(ctx, []string{a, b, c}, func(string, int) time.Time { t.Error("they are there"); return now }))
		if calls != 9 {
			t.Errorf("%d", calls)
		}
		due := func() (out []string) {
			all, err := s.DueSites(ctx, now, 0)
			must(t, err)
			for _, k := range all {
				if k == a || k == b || k == c {
					out = append(out, k)
				}
			}
			return out
		}
		if got := due(); len(got) != 3 || got[0] != a || got[1] != b {
			t.Errorf("%v", got)
		}
		must(t, s.Release(ctx, late, now.Add(-time.Hour), nil))
		l := claim(t, s, a, "one")
		must(t, s.Release(ctx, l, now.Add(time.Hour), nil))
		if got := due(); len(got) != 2 || got[0] != b || got[1] != c {
			t.Errorf("%v", got)
		}
	})
}

func TestTheFrontierIsTalliedByWhatIsToBeDone(t *testing.T) {
	stores(t, func(t *testing.T, s Store) {
		ctx, now := t.Context(), time.UnixMilli(1_800_000_000_000).UTC()
		l := claim(t, s, t.Name(), "one")
		host := "https://" + t.Name() + ".example"
		var rows []URL
		for i, u := range []URL{{NextDue: now}, {NextDue: now, Tries: 1}, {State: Done, NextDue: now}, {State: Done, NextDue: now.Add(time.Hour)}, {State: Refused}, {NextDue: now, Rank: 100}, {NextDue: now}} {
			u.URL = host + "/" + string(rune('a'+i))
			u.Key, u.FirstSeen, u.LastSeen = KeyOf(u.URL), now, now
			rows = append(rows, u)
		}
		must(t, s.Commit(ctx, l, func(tx Tx) error {
			if err := tx.PutHost(ctx, l.Site, HostOf(host)); err != nil {
				return err
			}
			_, err := tx.AddURLs(ctx, rows)
			return err
		}))
		got, err := s.Tally(ctx, l.Site, now, 50)
		must(t, err)
		want := []Tally{{Pending, true, false, false, 2}, {Pending, true, false, true, 1}, {Pending, true, true, false, 1}, {Done, false, false, false, 1}, {Done, true, false, false, 1}, {Refused, false, false, false, 1}}
		if !slices.Equal(got, want) {
			t.Errorf("%v\nwant %v", got, want)
		}
		if next, err := s.NextDue(ctx, l.Site); err != nil || !next.Equal(now) {
			t.Errorf("next %v %v", next, err)
		}
		if next, err := s.NextDue(ctx, 1); err != nil || !next.IsZero() {
			t.Errorf("next of nobody %v %v", next, err)
		}
	})
}
