package crawler

import (
	"context"
	"strings"

	"github.com/dateline-go/dateline/crawler/internal/fetch"
)

// ping tells a dead man's switch that the run began or ended; step is empty, start or fail. That nobody
// answers does not fail the run.
func (r *run) ping(ctx context.Context, step string) {
	if r.Ping == "" || step != "" && !r.PingAll {
		return
	}
	where := r.Ping
	if step != "" {
		base, query, asked := strings.Cut(where, "?")
		where = strings.TrimSuffix(base, "/") + "/" + step
		if asked {
			where += "?" + query
		}
	}
	if err := fetch.Ping(context.WithoutCancel(ctx), where, r.UserAgent); err != nil {
		r.Log.Warn("the ping was not taken", "url", where, "error", err)
	}
}

// pingEnd says how the run ended. With PingAll alarms and errors are failures; without, a run that did
// its work is alive, and one that did not keeps silent. One that was told to stop says nothing.
func (r *run) pingEnd(ctx context.Context, err error) {
	switch {
	case err == nil && r.summary.Stopped == "signal":
	case err != nil || r.PingAll && len(r.summary.Alarms) > 0:
		r.ping(ctx, "fail")
	default:
		r.ping(ctx, "")
	}
}
