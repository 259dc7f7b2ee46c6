package fetch

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"time"

	"github.com/dateline-go/dateline/crawler/internal/address"
)

const pingTime = 10 * time.Second

// CheckPing says why an address cannot be pinged: it is none, or it names a private address. A loopback
// address that is named as such may be asked, as a start page may.
func CheckPing(where string) error {
	u, err := address.Resolve("", where)
	if err != nil {
		return err
	}
	if ip, err := netip.ParseAddr(u.Hostname()); err == nil && !public(ip) && LoopbackHost(where) == "" {
		return fmt.Errorf("%s: %w", where, errPrivate)
	}
	return nil
}

// Ping asks an address of the operator's once, under the same guard as the crawl: what resolves to a
// private address is not dialled.
func Ping(ctx context.Context, where, agent string) error {
	if err := CheckPing(where); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, pingTime)
	defer cancel()
	ts := &transports{limits: Limits{}.withDefaults(), dns: &dnsCache{next: net.DefaultResolver, now: time.Now, known: map[string]dnsEntry{}}, all: map[profile]*http.Transport{}}
	t, err := ts.get(profile{loopback: LoopbackHost(where)})
	if err != nil {
		return err
	}
	defer t.CloseIdleConnections()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, where, nil)
	if err != nil {
		return err
	}
	if agent == "" {
		agent = DefaultAgent
	}
	r.Header.Set("User-Agent", agent)
	res, err := (&http.Client{Transport: t}).Do(r)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	_, _ = io.Copy(io.Discard, io.LimitReader(res.Body, 64<<10))
	if res.StatusCode >= 300 {
		return fmt.Errorf("%s answers %s", where, res.Status)
	}
	return nil
}
