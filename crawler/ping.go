package crawler

import (
	"context"
	"errors"
	"strings"

	"github.com/dateline-go/dateline/crawler/internal/fetch"
)

// ping tells a dead man's switch that the run began or ended; step is empty, start or fail. That nobody
// answers does not fail the run.
func (c *Config) ping(ctx context.Context, step string) {
	if c.Ping == "" || step != "" && !c.PingAll {
		return
	}
	where := c.Ping
	if step != "" {
		base, query, asked := strings.Cut(where, "?")
		where = strings.TrimSuffix(base, "/") + "/" + step
		if asked {
			where += "?" + query
		}
	}
	if err := fetch.Ping(context.WithoutCancel(ctx), where, c.UserAgent); err != nil {
		c.Log.Warn("the ping was not taken", "url", where, "error", err)
	}
}

// pingEnd says how the run ended: one that did its work is alive. With PingAll one that did not, for want of the
// state, of room or of an answer, has failed, and so has one that raised an alarm; without, it keeps silent. One that
// was told to stop, or found another at work, says nothing.
func (c *Config) pingEnd(ctx context.Context, sum *Summary, err error) {
	alarm := len(sum.Alarms) > 0
	switch {
	case err == nil && sum.Stopped == stoppedBySignal, errors.Is(err, ErrLocked) && !alarm:
	case err != nil || !sum.asPlanned() || c.PingAll && alarm:
		c.ping(ctx, "fail")
	default:
		c.ping(ctx, "")
	}
}
