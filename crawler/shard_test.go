package crawler

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/dateline-go/dateline/fixtures/newsite"
	"github.com/dateline-go/dateline/internal/killtest"
)

func TestMachinesThatShareADatabaseEachGiveTheirShardOfTheSites(t *testing.T) {
	dsn, none := killtest.Postgres(t), time.Duration(0)
	sites := map[string]*newsite.Site{}
	var starts []string
	for n := range 8 {
		l := newLab(t, newsite.Config{Articles: 10, Seed: uint64(n + 1)})
		sites[l.url], starts = l.site, append(starts, l.url+"/")
	}
	var sinks [3]memory
	for run := range 2 {
		for _, s := range sites {
			if run > 0 {
				s.Correct(s.Articles()[3].Path)
			}
		}
		var all sync.WaitGroup
		for part := range sinks {
			all.Go(func() { // another address, another lock: as on another machine
				c := Config{Start: starts, State: dsn + fmt.Sprint("?application_name=", part), Shard: Shard{part + 1, len(sinks)}, Delay: &none}
				if _, err := Run(t.Context(), c, &sinks[part]); err != nil {
					t.Errorf("machine %d: %v", part+1, err)
				}
			})
		}
		all.Wait()
	}
	var lines []byte
	for i := range sinks {
		lines = append(lines, sinks[i].Bytes()...)
	}
	if v := killtest.Judge(t, lines, sites); v.Corrections != len(sites) {
		t.Errorf("%+v", v)
	}
}
