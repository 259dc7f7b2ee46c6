package state

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"time"
)

const (
	hostsOfMillion = 4000
	batchOfMillion = 2000
)

// TestAMillionKnownURLsAreLookedUpAndTakenInAtTheRatesOfTheTable measures what notes on scale, section 5, measured of
// the store's design, on the store itself: DATELINE_MILLION URLs on 4,000 hosts, batches of 2,000 of one
// host, half of them known, each batch a durable transaction of its own. make million runs it.
func TestAMillionKnownURLsAreLookedUpAndTakenInAtTheRatesOfTheTable(t *testing.T) {
	n, err := strconv.Atoi(os.Getenv("DATELINE_MILLION"))
	if err != nil {
		t.Skip("make million runs it")
	}
	name := filepath.Join(t.TempDir(), "state.db")
	s, err := Open(t.Context(), name, Options{})
	must(t, err)
	l := claim(t, s, "million", "one")
	now := time.Date(2026, 11, 20, 6, 0, 0, 0, time.UTC)
	rows := func(host, from, k int) []URL {
		out := make([]URL, k)
		where := fmt.Sprintf("h%04d.example", host)
		for i := range out {
			u := fmt.Sprintf("https://%s/section-%d/2026/11/20/some-words-of-a-title-of-ten-or-so-%d.html", where, (from+i)%7, from+i)
			out[i] = URL{Key: Key{Hash(where), Hash(u)}, URL: u, FirstSeen: now, LastSeen: now, Rank: int64(i)}
		}
		return out
	}
	ctx := context.WithoutCancel(t.Context()) // as a run's commits have it: who can be stopped pays for it
	commit := func(f func(Tx) error) {
		must(t, s.Commit(ctx, l, f))
	}
	perHost := n / hostsOfMillion
	bare := bareTable(t, s)
	commit(func(tx Tx) error {
		for h := range hostsOfMillion {
			if err := tx.PutHost(ctx, l.Site, fmt.Sprintf("h%04d.example", h)); err != nil {
				return err
			}
		}
		return nil
	})
	var m meter
	add := func(urls []URL) {
		m.start()
		commit(func(tx Tx) error { _, err := tx.AddURLs(ctx, urls); return err })
		m.stop(len(urls))
	}
	var batch []URL
	for h := range hostsOfMillion {
		if batch = append(batch, rows(h, 0, perHost)...); len(batch) >= batchOfMillion {
			add(batch)
			bare(batch)
			batch = batch[:0]
		}
	}
	add(batch)
	load := m.report(t, "load") // the first run of an archive: three columns more than the bare table
	t.Logf("load: %.2f of the bare driver", load/bare(nil))
	must(t, s.Close())

	m.start()
	s, err = Open(t.Context(), name, Options{})
	must(t, err)
	l = claim(t, s, "million", "one")
	if _, err := s.Due(ctx, l.Site, now, 32); err != nil {
		t.Fatal(err)
	}
	m.stop(1)
	t.Logf("start-up: %v, %v of processor time", m.wall, m.cpu)
	if min(m.wall, m.cpu) > time.Second {
		t.Errorf("start-up took %v", m.wall)
	}
	m = meter{}
	defer func() { must(t, s.Close()) }()

	bare = bareTable(t, s)
	rnd := rand.New(rand.NewPCG(1, 2))
	batches := 60
	for range batches { // half known
		urls := rows(rnd.IntN(hostsOfMillion), perHost/2, batchOfMillion)
		keys := make([]Key, len(urls))
		for i := range urls {
			keys[i] = urls[i].Key
		}
		m.start()
		if _, err := s.Known(ctx, keys); err != nil {
			t.Fatal(err)
		}
		m.stop(len(keys))
	}
	m.report(t, "look-up slice")
	for i := range batches {
		urls := rows(i*7%hostsOfMillion, max(0, perHost-batchOfMillion/2), batchOfMillion)
		add(urls)
		bare(urls)
	}
	upsert := m.report(t, "upsert slice")
	if r := upsert / bare(nil); r < .8 {
		t.Errorf("upsert slice: %.2f of the bare driver, want .8", r)
	}
	if info, err := os.Stat(name); err == nil {
		t.Logf("%d bytes a URL", info.Size()/int64(n))
	}
}

// bareTable is the table that notes on scale measured, filled by the bare driver: a statement that is prepared once
// for each batch of a transaction. Without rows it tells what it gave, in rows a second of processor time.
func bareTable(t *testing.T, s Store) func([]URL) float64 {
	w := s.(*db).w.(*writeConn).one.on
	if _, err := w.ExecContext(t.Context(), `CREATE TABLE IF NOT EXISTS bare (host bigint NOT NULL, uh bigint NOT NULL, first_seen int NOT NULL, last_seen int NOT NULL,
		next_due int, state smallint NOT NULL, path text NOT NULL, PRIMARY KEY (host, uh)) WITHOUT ROWID`); err != nil {
		t.Fatal(err)
	}
	var m meter
	return func(urls []URL) float64 {
		if urls == nil {
			return m.report(t, "  the bare driver")
		}
		m.start()
		tx, err := w.BeginTx(t.Context(), nil)
		must(t, err)
		st, err := tx.Prepare(`INSERT INTO bare VALUES (?,?,?,?,?,?,?) ON CONFLICT (host, uh) DO UPDATE SET last_seen = excluded.last_seen`)
		must(t, err)
		for i := range urls {
			u := &urls[i]
			state, path := stored(u)
			if _, err := st.Exec(u.Host, u.Key.URL, ms(u.FirstSeen), ms(u.LastSeen), due(u.NextDue), state, path); err != nil {
				t.Fatal(err)
			}
		}
		must(t, st.Close())
		must(t, tx.Commit())
		m.stop(len(urls))
		return 0
	}
}

// A meter adds up what rows cost, by the clock and of the processors: where others work on the machine
// only the latter says what it would cost alone.
type meter struct {
	rows      int
	wall, cpu time.Duration
	began     time.Time
	used      time.Duration
}

func (m *meter) start() { m.began, m.used = time.Now(), used() }

func (m *meter) stop(rows int) {
	m.wall, m.cpu, m.rows = m.wall+time.Since(m.began), m.cpu+used()-m.used, m.rows+rows
}

// report prints the rates, gives that of the processor, and begins anew.
func (m *meter) report(t *testing.T, what string) float64 {
	rate := func(d time.Duration) float64 { return float64(m.rows) / d.Seconds() / 1000 }
	t.Logf("%s: %.0f k rows/s, %.0f k for a second of processor time", what, rate(m.wall), rate(m.cpu))
	r := rate(m.cpu)
	*m = meter{}
	return r
}

// used is the processor time of this process.
func used() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
