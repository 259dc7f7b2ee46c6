package fetch

import (
	"github.com/dateline-go/dateline/crawler/internal/address"
	"net"
	"net/netip"
	"net/url"
	"strings"

	"golang.org/x/net/publicsuffix"
)

// authority is scheme://host:port, the unit of robots.txt (RFC 9309 2.3).
func authority(u *url.URL) string {
	return u.Scheme + "://" + hostPort(u)
}

// hostPort is the host in lower case with its port, given or implied.
func hostPort(u *url.URL) string {
	port := u.Port()
	if port == "" {
		port = "80"
		if u.Scheme == "https" {
			port = "443"
		}
	}
	return net.JoinHostPort(strings.ToLower(u.Hostname()), port)
}

// paceKey is what one pace holds for: the registrable domain, or the host where hosts are split.
// An IP address, localhost and a host that is a public suffix itself stand alone, with their port.
func paceKey(u *url.URL, split bool) string {
	host := strings.TrimSuffix(strings.ToLower(u.Hostname()), ".")
	if _, err := netip.ParseAddr(host); err == nil || !strings.Contains(host, ".") {
		return hostPort(u)
	}
	if split {
		return host
	}
	site, err := publicsuffix.EffectiveTLDPlusOne(host)
	if err != nil {
		return host
	}
	return site
}

// LoopbackHost is the host:port of a start URL if its host is a loopback address or localhost, else "".
func LoopbackHost(start string) string {
	u, err := address.Resolve("", start)
	if err != nil {
		return ""
	}
	host := strings.ToLower(u.Hostname())
	if ip, err := netip.ParseAddr(host); host != "localhost" && (err != nil || !ip.IsLoopback()) {
		return ""
	}
	return hostPort(u)
}

// reserved are the ranges that are not the public Internet and that netip has no word for
// (IANA special-purpose registries).
var reserved = prefixes(
	"0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.0.2.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "240.0.0.0/4",
	"100::/64", "2001:db8::/32", "fec0::/10", "5f00::/16",
)

func prefixes(all ...string) []netip.Prefix {
	out := make([]netip.Prefix, len(all))
	for i, s := range all {
		out[i] = netip.MustParsePrefix(s)
	}
	return out
}

// public says whether ip is an address of the open Internet. Addresses that wrap another one
// (IPv4-mapped, NAT64, 6to4) are judged by what they wrap.
func public(ip netip.Addr) bool {
	ip = ip.Unmap().WithZone("")
	if ip.Is6() {
		b := ip.As16()
		switch {
		case b[0] == 0x20 && b[1] == 0x02: // 6to4
			return public(netip.AddrFrom4([4]byte(b[2:6])))
		case netip.MustParsePrefix("64:ff9b::/96").Contains(ip): // NAT64
			return public(netip.AddrFrom4([4]byte(b[12:16])))
		}
	}
	if !ip.IsGlobalUnicast() || ip.IsPrivate() || ip.IsLoopback() {
		return false
	}
	for _, p := range reserved {
		if p.Contains(ip) {
			return false
		}
	}
	return true
}
