package watch

import (
	"fmt"
	"time"
)

const (
	deadFails   = 3
	deadAfter   = 24 * time.Hour
	frozenAfter = 14 * 24 * time.Hour
	frozenNews  = 20 // articles that came by other ways meanwhile
)

// feedDead finds a feed or sitemap that could not be read for a day.
func feedDead(_ *History, v *Visit) Sign {
	return v.anySource(func(s *Source) (bool, string) {
		return s.Listed && s.Fails >= deadFails && v.At.Sub(s.FailedSince) >= deadAfter,
			fmt.Sprintf("%s could not be read %d times since %s: %s", s.Kind, s.Fails, s.FailedSince.Format(time.DateOnly+" 15:04"), s.Why)
	}, func(*Source) bool { return true })
}

// feedIsHTML finds a page where a feed was: that is no sign of no news.
func feedIsHTML(_ *History, v *Visit) Sign {
	return v.anySource(func(s *Source) (bool, string) { return s.HTML, s.Kind + " answers a page of HTML" },
		func(s *Source) bool { return s.Listed && (s.Read || s.HTML) })
}

// feedOverflow finds a feed all of whose items were new: some may have come and gone. A sitemap that
// was read beside it names those too.
func feedOverflow(_ *History, v *Visit) Sign {
	for _, s := range v.Sources {
		if s.Listed && !s.Feed && s.Read {
			return Sign{Verdict: Good}
		}
	}
	return v.anySource(func(s *Source) (bool, string) { return s.Overflow, "every item is new since the last reading" },
		func(s *Source) bool { return s.Feed && s.Read })
}

// feedFrozen finds a feed that stands still while the site goes on.
func feedFrozen(h *History, v *Visit) Sign {
	return v.anySource(func(s *Source) (bool, string) {
		if !s.Feed || !s.Read || s.Newest.IsZero() || s.FirstSeen.Sub(s.Newest) > frozenAfter || v.At.Sub(s.Newest) <= frozenAfter {
			return false, "" // also where it stood still when it was met
		}
		news := v.New
		for _, d := range h.Days {
			if d.Day > dayOf(s.Newest) {
				news += d.New
			}
		}
		return news >= frozenNews, fmt.Sprintf("its newest item is of %s, the site has had %d articles since", s.Newest.Format(time.DateOnly), news)
	}, func(s *Source) bool { return s.Feed && s.Read })
}

// anySource is the sign of the first bad source; the run can only tell where one was asked.
func (v *Visit) anySource(bad func(*Source) (bool, string), asked func(*Source) bool) (s Sign) {
	for i := range v.Sources {
		src := &v.Sources[i]
		if b, why := bad(src); b {
			return Sign{Bad, why, src.URL}
		}
		if asked(src) {
			s.Verdict = Good
		}
	}
	return s
}
