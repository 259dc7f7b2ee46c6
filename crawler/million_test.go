package crawler

import (
	"context"
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/dateline-go/dateline/crawler/internal/state"
	"github.com/dateline-go/dateline/fixtures/newsite"
)

// TestBesideAMillionKnownURLsARunOver100SitesStaysUnder250MB: the sites' own URLs are a few of those that the
// state knows. make million runs it.
func TestBesideAMillionKnownURLsARunOver100SitesStaysUnder250MB(t *testing.T) {
	n, err := strconv.Atoi(os.Getenv("DATELINE_MILLION"))
	if err != nil {
		t.Skip("make million runs it")
	}
	dir := t.TempDir()
	order := soakOrder{Now: newsite.Epoch, State: filepath.Join(dir, "state.db"), Out: filepath.Join(dir, "out.jsonl")}
	fill(t, order.State, n)
	for n := range 100 {
		site := newsite.New(newsite.Config{Seed: uint64(n + 1), Articles: 12})
		srv := httptest.NewServer(site.Handler())
		t.Cleanup(srv.Close)
		order.Start = append(order.Start, srv.URL+"/")
	}
	for range 3 {
		began := time.Now()
		res := soakChild(t, &order)
		t.Logf("peak memory %d MB, %v; %v", res.Peak>>10, time.Since(began).Round(time.Millisecond), res.Summary)
		if res.Peak > 250<<10 {
			t.Errorf("it took %d MB", res.Peak>>10)
		}
		order.Now = order.Now.Add(time.Hour)
	}
}

// fill makes a state that knows n URLs of a thousand hosts.
func fill(t *testing.T, name string, n int) {
	t.Helper()
	ctx := context.Background()
	store, err := state.Open(ctx, name, state.Options{Fast: true})
	if err != nil {
		t.Fatal(err)
	}
	l, err := store.Claim(ctx, "million.example", "test", time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	const hosts = 1000
	for h := range hosts {
		host := fmt.Sprintf("h%03d.million.example", h)
		urls := make([]state.URL, n/hosts)
		for i := range urls {
			u := fmt.Sprintf("https://%s/section-%d/2026/11/20/some-words-of-a-title-of-ten-or-so-%d.html", host, i%7, i)
			urls[i] = state.URL{Key: state.KeyOf(u), URL: u, State: state.Done, FirstSeen: newsite.Epoch, LastSeen: newsite.Epoch}
		}
		err := store.Commit(ctx, l, func(tx state.Tx) error {
			if err := tx.PutHost(ctx, l.Site, host); err != nil {
				return err
			}
			_, err := tx.AddURLs(ctx, urls)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := store.Release(ctx, l, time.Time{}, nil); err != nil {
		t.Fatal(err)
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
}
