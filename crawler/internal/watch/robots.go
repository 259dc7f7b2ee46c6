package watch

import "fmt"

// deniedShare is the share of recent articles that a new robots.txt must deny.
const deniedShare = .5

// robotsClosed finds a robots.txt that newly denies a source or what the site gave before.
func robotsClosed(_ *History, v *Visit) Sign {
	if s := v.anySource(func(s *Source) (bool, string) { return s.Denied, "robots.txt newly denies this source" },
		func(s *Source) bool { return s.Read }); s.Verdict == Bad {
		return s
	}
	if v.Recent > 0 {
		return is(float64(v.Denied) >= deniedShare*float64(v.Recent),
			fmt.Sprintf("robots.txt newly denies %d of %d recent articles", v.Denied, v.Recent), v.evidence("robots_closed"))
	}
	if v.SourcesRead > 0 && !v.Standing["robots_closed"] {
		return Sign{Verdict: Good}
	}
	return Sign{}
}
