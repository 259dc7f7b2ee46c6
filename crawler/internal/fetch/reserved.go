package fetch

import (
	"net/url"

	"github.com/dateline-go/dateline/crawler/internal/address"
	"github.com/dateline-go/dateline/crawler/internal/fetch/robots"
)

// tdmPath is where a host says what of it is reserved for text and data mining (TDM Reservation Protocol).
const tdmPath = "/.well-known/tdmrep.json"

// wantsTDM reports whether the host of a robots.txt is to be asked for its tdmrep.json too.
func (s *Slice) wantsTDM(st *robotsState) bool {
	return s.site.TDM && st.File != nil && st.State != RobotsUnreachable
}

// fetchTDM asks for tdmrep.json, unless robots.txt denies it. Where it cannot be had the last one holds.
func (s *Slice) fetchTDM(x *exchange, u *url.URL, st, old *robotsState) *robots.File {
	where, err := address.Resolve("", authority(u)+tdmPath)
	if ok, _ := st.File.Allowed(tdmPath); err != nil || !ok {
		return &robots.File{}
	}
	y := s.onceRobots(x, where, st)
	switch {
	case y.err == nil && y.status >= 200 && y.status < 300:
		return robots.ParseTDM(y.body)
	case (y.err != nil || y.status >= 500 || y.status == 429) && old != nil && old.TDM != nil:
		return old.TDM
	}
	return &robots.File{}
}

// Reserved reports whether the host of an address reserves it for text and data mining by its tdmrep.json, as far as that
// was asked for.
func (s *Slice) Reserved(addr string) bool {
	u, err := address.Resolve("", addr)
	if err != nil {
		return false
	}
	st := s.f.robots.known(u)
	if st == nil || st.TDM == nil {
		return false
	}
	ok, _ := st.TDM.Allowed(rawPath(u))
	return !ok
}

// DeniesAI reports whether the robots.txt of an address denies it to a crawler for language models, as far as that is known.
func (s *Slice) DeniesAI(addr string) bool {
	u, err := address.Resolve("", addr)
	if err != nil {
		return false
	}
	st := s.f.robots.known(u)
	return st != nil && st.File != nil && st.File.DeniesAI(rawPath(u))
}

// rawPath is the path and query of an address as sent.
func rawPath(u *url.URL) string {
	path := u.EscapedPath()
	if u.RawQuery != "" || u.ForceQuery {
		path += "?" + u.RawQuery
	}
	return path
}
