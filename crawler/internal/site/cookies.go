package site

import (
	"bufio"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"time"
)

// PutCookies puts the cookies of the site's file into a jar. The file has the form of Netscape's
// cookies.txt, as browsers' add-ons and curl write it: seven fields parted by tabs. Its errors name the
// line, never what stands there. A nil jar has the file checked only.
func (s *Site) PutCookies(jar http.CookieJar) error {
	name := s.CookieFile()
	if err := private(name); err != nil {
		return fmt.Errorf("cookies of site %q: %w", s.Name, err)
	}
	f, err := os.Open(name)
	if err != nil {
		return fmt.Errorf("cookies of site %q: %w", s.Name, err)
	}
	defer func() { _ = f.Close() }() // it was only read
	lines := bufio.NewScanner(f)
	for n := 1; lines.Scan(); n++ {
		u, c, err := cookie(lines.Text())
		if err != nil {
			return fmt.Errorf("cookies of site %q: %s:%d: %w", s.Name, name, n, err)
		}
		if c != nil && jar != nil {
			jar.SetCookies(u, []*http.Cookie{c})
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("cookies of site %q: %w", s.Name, err)
	}
	return nil
}

// cookie reads one line; nil where there is none.
func cookie(line string) (*url.URL, *http.Cookie, error) {
	line, httpOnly := strings.CutPrefix(strings.TrimRight(line, "\r\n"), "#HttpOnly_")
	if strings.TrimSpace(line) == "" || strings.HasPrefix(line, "#") {
		return nil, nil, nil
	}
	f := strings.Split(line, "\t")
	if len(f) != 7 {
		return nil, nil, fmt.Errorf("%d fields parted by tabs, not 7", len(f))
	}
	c := &http.Cookie{Name: f[5], Value: f[6], Path: f[2], Secure: strings.EqualFold(f[3], "true"), HttpOnly: httpOnly}
	host := strings.TrimPrefix(f[0], ".")
	if strings.EqualFold(f[1], "true") || host != f[0] {
		c.Domain = host
	}
	end, err := strconv.ParseInt(f[4], 10, 64)
	if err != nil {
		return nil, nil, fmt.Errorf("the fifth field is no time")
	}
	if end > 0 {
		c.Expires = time.Unix(end, 0)
	}
	scheme := "http"
	if c.Secure {
		scheme = "https"
	}
	return &url.URL{Scheme: scheme, Host: host, Path: c.Path}, c, nil
}
