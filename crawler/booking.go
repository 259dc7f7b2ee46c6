package crawler

import (
	"context"
	"slices"
	"time"

	"github.com/dateline-go/dateline/crawler/internal/discover"
	"github.com/dateline-go/dateline/crawler/internal/state"
)

// bookSource books what the reading of a source gave, with its next time.
func (v *visit) bookSource(ctx context.Context, t state.Tx, rd *reading) error {
	s, now := rd.src, v.r.clock.Now()
	if rd.denied {
		v.sources.read(s, 0, false)
		v.sawSource(rd)
		v.sourceDenied(s, rd, now)
		return t.PutSources(ctx, []state.Source{*s})
	}
	if rd.bad != "" {
		if s.Note != guessed { // nobody promised that one
			v.counts.SourcesFailed++
		}
		v.sources.read(s, 0, false)
		v.sawSource(rd)
		v.sourceFailed(s, rd, now)
		return t.PutSources(ctx, []state.Source{*s})
	}
	v.counts.SourcesRead++
	if rd.out.NotModified {
		v.counts.SourcesSame++
	}
	if err := v.book(ctx, t, rd); err != nil {
		return err
	}
	v.sources.read(s, rd.named.fresh, true)
	v.sawSource(rd)
	if rd.named.newest.After(s.Newest) {
		s.Newest = rd.named.newest
	}
	s.Polls, s.Found, s.LastRead = s.Polls+1, s.Found+rd.named.fresh, now
	s.Fails, s.FailedSince, s.Status = 0, time.Time{}, 0
	s.ETag, s.LastModified, s.Answered = rd.out.Validators.ETag, rd.out.Validators.LastModified, rd.out.Final
	if !rd.out.NotModified {
		w, _ := v.r.window()
		noteFor(s, w, rd.whole)
	}
	if rd.cut { // what is missing would stay so behind a 304
		s.ETag, s.LastModified = "", ""
	}
	if s.Note == guessed || rd.cut { // or behind an index that says that nothing has changed
		s.Note = ""
	}
	overflow := v.readings[s.ID].Overflow // some may have come and gone between two readings
	asked(rd, overflow)
	s.Interval = interval(s, rd.named.news)
	if overflow {
		s.Interval = max(s.Interval/2, 5*time.Minute, s.Least)
	}
	s.NextDue = after(now, s)
	v.follow(s, rd.out.MovedTo())
	all := append([]state.Source{*s}, v.further(rd)...)
	if s.Kind == kindPaging {
		if err := t.DropSource(ctx, s.ID); err != nil {
			return err
		}
		all = all[1:]
	}
	return t.PutSources(ctx, all)
}

// further are the sources that the reading named; the next page of a list only where this one brought something.
func (v *visit) further(rd *reading) []state.Source {
	return slices.DeleteFunc(rd.more, func(s state.Source) bool {
		if s.Kind != kindPaging {
			return false
		}
		if rd.named.fresh > 0 {
			_, isNew := v.sources.add(s)
			return !isNew
		}
		return true
	})
}

// interval is the adaptive gap between two readings: shorter where there was something new, longer
// where not, within the bounds of the kind, and never under what the source asks for.
func interval(s *state.Source, news int) time.Duration {
	low, high := 5*time.Minute, 24*time.Hour
	switch s.Kind {
	case kindNews:
		low = 15 * time.Minute
	case kindSection, kindStart:
		low = 30 * time.Minute
	case kindIndex, kindSitemap:
		low, high = 6*time.Hour, 7*24*time.Hour
	}
	d := s.Interval * 13 / 10
	if news > 0 {
		d = s.Interval * 7 / 10
	}
	return min(max(d, low, s.Least), high)
}

// asked keeps how a source asks to be read. What it says of its changes is no measure where it lost some, and a 304 says
// nothing of its text.
func asked(rd *reading, overflow bool) {
	s := rd.src
	if rd.out.NotModified {
		s.Least = max(s.Least, rd.out.MaxAge)
		return
	}
	s.Least, s.Quiet = max(rd.ttl, rd.out.MaxAge), uint32(rd.quiet)
	if !overflow {
		s.Least = max(s.Least, rd.period)
	}
}

// after is when a source that was read now is due again: its interval later, and not while it asks for quiet, which puts
// off by a day at most.
func after(now time.Time, s *state.Source) time.Time {
	due := now.Add(s.Interval)
	latest := now.Add(max(s.Interval, 24*time.Hour))
	if end := discover.Quiet(s.Quiet).End(due); end.Before(latest) {
		return end
	}
	return latest
}

// sourceDenied books that robots.txt denies the source, and says so once: it is as the site wants it, and asked
// again when robots.txt was.
func (v *visit) sourceDenied(s *state.Source, rd *reading, now time.Time) {
	s.NextDue = now.Add(deniedGap)
	if s.Note == guessed {
		return
	}
	v.counts.SourcesDenied++
	if s.Fails != state.Denied {
		s.Fails, s.FailedSince = state.Denied, now
		v.r.Log.Warn("robots.txt denies a source", "site", v.site.key, "source", s.URL, "kind", s.Kind, "why", rd.bad)
	}
}

// sourceFailed books a failure: ever slower, and never given up, for a feed that is dead may be mended.
func (v *visit) sourceFailed(s *state.Source, rd *reading, now time.Time) {
	if s.Fails <= 0 {
		s.Fails, s.FailedSince = 0, now
	}
	s.Fails++
	s.Status = 0
	if rd.out.Err != nil {
		s.Status = rd.out.Status
	}
	waits := []time.Duration{5 * time.Minute, time.Hour, 6 * time.Hour, 24 * time.Hour, 3 * 24 * time.Hour, 7 * 24 * time.Hour}
	if s.Gone() {
		waits = goneWaits
	}
	wait := waits[min(s.Fails, len(waits))-1]
	if s.Note == guessed {
		wait = retryGuessed
	} else {
		v.r.Log.Warn("a source could not be read", "site", v.site.key, "source", s.URL, "kind", s.Kind, "error", rd.bad, "times", s.Fails)
		if v.free && !s.Gone() {
			wait = time.Millisecond
		}
	}
	s.NextDue = now.Add(wait)
	v.sources.back(s)
}
