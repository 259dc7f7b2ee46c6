package site

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"regexp"
	"strings"
	"time"

	"golang.org/x/text/language"

	"github.com/dateline-go/dateline/crawler/internal/address"
	"github.com/dateline-go/dateline/extract"
)

// A scalar is a value that is written as one text and checks it. Its errors never hold the text,
// which may have come out of the environment: who reports them names what stands in the file.
type scalar interface {
	set(text string, line int) error
}

// A Duration is written as 90s, 15m or 2h.
type Duration time.Duration

func (d *Duration) set(text string, _ int) error {
	v, err := time.ParseDuration(text)
	if err != nil || v < 0 {
		return errors.New("not a duration: write it as 500ms, 2s, 15m or 1h30m")
	}
	*d = Duration(v)
	return nil
}

// An Address is an http or https address.
type Address struct {
	URL  string
	Line int
}

func (a *Address) set(text string, line int) error {
	u, err := address.Resolve("", text)
	if err != nil {
		return errors.New("not a web address: it begins with http:// or https://")
	}
	*a = Address{u.String(), line}
	return nil
}

// A Host is the name of a host, with its port where that is not the default.
type Host string

func (h *Host) set(text string, _ int) error {
	u, err := address.Resolve("", "https://"+text+"/")
	if err != nil || strings.ContainsAny(text, "/?#@") {
		return errors.New("not the name of a host, such as blog.example.org")
	}
	*h = Host(u.Host)
	return nil
}

// A Language is a BCP 47 tag.
type Language string

func (l *Language) set(text string, _ int) error {
	if _, err := language.Parse(text); err != nil {
		return errors.New("not a language tag, such as en or pt-BR")
	}
	*l = Language(text)
	return nil
}

// A Zone is the IANA name of a time zone.
type Zone string

func (z *Zone) set(text string, _ int) error {
	if _, err := time.LoadLocation(text); err != nil || text == "" || text == "Local" {
		return errors.New("not a time zone, such as Europe/Berlin")
	}
	*z = Zone(text)
	return nil
}

// TLS is how old the protocol of a server may be.
type TLS string

func (t *TLS) set(text string, _ int) error {
	if text != "legacy" {
		return errors.New("tls can only be legacy; HTTP/1.1 is http1: true")
	}
	*t = TLS(text)
	return nil
}

// A Wish is what becomes of pages with a wish of their own; empty is as record.
type Wish string

// The values of a Wish.
const (
	Record Wish = "record"
	Skip   Wish = "skip"
)

func (w *Wish) set(text string, _ int) error {
	if *w = Wish(text); *w != Record && *w != Skip {
		return errors.New("record or skip")
	}
	return nil
}

// A Secret is a text that is never shown.
type Secret string

func (s *Secret) set(text string, _ int) error {
	if strings.ContainsAny(text, "\r\n\x00") {
		return errors.New("a header has no line breaks")
	}
	*s = Secret(text)
	return nil
}

// String hides the secret from everything that prints.
func (Secret) String() string { return "[secret]" }

// GoString does the same for %#v, and MarshalText for JSON and logs.
func (Secret) GoString() string { return "[secret]" }

// MarshalText hides the secret from encoders.
func (Secret) MarshalText() ([]byte, error) { return []byte("[secret]"), nil }

// A Proxy is the address of a proxy, often with a password.
type Proxy struct{ url string }

func (p *Proxy) set(text string, _ int) error {
	u, err := url.Parse(text)
	if err != nil || u.Hostname() == "" {
		return errors.New("not the address of a proxy, such as socks5://127.0.0.1:1080")
	}
	switch u.Scheme {
	case "http", "https", "socks5", "socks5h":
	default:
		return errors.New("a proxy is http, https or socks5")
	}
	p.url = text
	return nil
}

// URL is the address with its password, for the dialer only.
func (p Proxy) URL() string { return p.url }

// String is the address without its password.
func (p Proxy) String() string {
	u, err := url.Parse(p.url)
	if err != nil || p.url == "" {
		return ""
	}
	return u.Scheme + "://" + net.JoinHostPort(u.Hostname(), u.Port())
}

// GoString hides the password from %#v.
func (p Proxy) GoString() string { return p.String() }

// A Selector is a CSS selector that compiles.
type Selector string

func (s *Selector) set(text string, _ int) error {
	if err := extract.CheckSelector(text); err != nil {
		return fmt.Errorf("not a CSS selector: %w", err)
	}
	*s = Selector(text)
	return nil
}

// A Pattern tells addresses of a site apart. It begins with / for a path from its start, where * is any
// text and a $ at the end means that nothing follows, as in robots.txt; with http:// or https:// for a
// whole address in the same way; or with ~ for a regular expression (RE2) somewhere in path and query.
type Pattern struct {
	Text string
	re   *regexp.Regexp
	full bool // the whole address is looked at
}

func (p *Pattern) set(text string, _ int) error {
	var expr string
	full := false
	switch {
	case strings.HasPrefix(text, "~"):
		expr = strings.TrimSpace(text[1:])
		if expr == "" {
			return errors.New("a regular expression is missing after ~")
		}
	case strings.HasPrefix(text, "/"), strings.HasPrefix(text, "*"):
		expr = glob(text)
	case strings.HasPrefix(text, "http://"), strings.HasPrefix(text, "https://"):
		expr, full = glob(text), true
	default:
		return errors.New("a pattern begins with / (a path, * is any text), with https:// (an address) or with ~ (a regular expression)")
	}
	re, err := regexp.Compile(expr)
	if err != nil {
		return errors.New("not a regular expression: " + strings.TrimPrefix(err.Error(), "error parsing regexp: "))
	}
	*p = Pattern{text, re, full}
	return nil
}

func glob(text string) string {
	text, end := strings.CutSuffix(text, "$")
	expr := "^" + strings.ReplaceAll(regexp.QuoteMeta(text), `\*`, ".*")
	if end {
		expr += "$"
	}
	return expr
}

// Match reports whether an address is one that the pattern means.
func (p *Pattern) Match(u *url.URL) bool {
	if p.full {
		return p.re.MatchString(u.String())
	}
	return p.re.MatchString(u.RequestURI())
}
