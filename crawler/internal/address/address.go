// Package address has the one way in for addresses: whatever was found, on a page, in a feed or in
// a Location header, is read as a browser reads it and never by net/url alone, which refuses or
// rewrites what browsers and servers agree upon.
package address

import (
	"errors"
	"fmt"
	"net/url"
	"strings"

	whatwg "github.com/nlnwa/whatwg-url/url"
)

// parser is Colly's, so that both agree on what an address means.
var parser = whatwg.NewParser(whatwg.WithPercentEncodeSinglePercentSign())

var (
	errScheme = errors.New("not an http or https address")
	errNone   = errors.New("no web address, which begins with http:// or https://")
)

// Resolve reads ref against base ("" for none). Fragment and credentials go; all else stays as found:
// it is the form that is fetched. The errors name ref and what is wrong with it.
func Resolve(base, ref string) (*url.URL, error) {
	href := ref
	if !plain(ref) {
		var err error
		if href, err = standard(base, ref); err != nil {
			return nil, err
		}
	}
	u, err := url.Parse(href)
	if err != nil {
		return nil, fmt.Errorf("reading address %.200q: %w", ref, err)
	}
	if u.Host == "" {
		return nil, fmt.Errorf("reading address %.200q: no host", ref)
	}
	return u, nil
}

// standard is ref against base as the URL standard writes it.
func standard(base, ref string) (string, error) {
	w, err := parser.ParseRef(base, ref)
	if err != nil && base == "" && !strings.Contains(ref, "://") {
		err = errNone // the parser speaks of the standard's states
	}
	if err != nil {
		return "", fmt.Errorf("reading address %.200q: %w", ref, err)
	}
	if s := w.Scheme(); s != "http" && s != "https" {
		return "", fmt.Errorf("reading address %.200q: %w", ref, errScheme)
	}
	w.SetUsername("")
	w.SetPassword("")
	return w.Href(true), nil
}

// Absolute is Resolve as text, "" where ref is no web address.
func Absolute(base, ref string) string {
	u, err := Resolve(base, ref)
	if err != nil {
		return ""
	}
	return u.String()
}
