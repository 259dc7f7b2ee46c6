package fetch

import (
	"bytes"
	"net/http"
	"strings"
)

// A wallMark is how a bot wall gives itself away in the bytes of a page.
type wallMark struct{ vendor, bytes string }

// wallMarks stand in challenge pages of the vendors. Some of them stand in honest
// pages too, which is why a page with text is only suspect.
var wallMarks = []wallMark{
	{"cloudflare", "/cdn-cgi/challenge-platform/"},
	{"cloudflare", "_cf_chl_opt"},
	{"imperva", "_Incapsula_Resource"},
	{"datadome", "captcha-delivery.com"},
	{"perimeterx", "px-captcha"},
	{"aws", "awswaf"},
	{"aws", "awsWafCookieDomainList"},
	{"akamai", "errors.edgesuite.net"},
	{"kasada", "/149e9513-01fa-4fb0-aad4-566afd725d1b/"},
}

// wallText is the visible text under which a marked page is the wall itself.
const wallText = 1500

// findWall names the bot wall that gave an answer, from its headers and the first 512 KB of its
// bytes, whatever its status and size: walls come with 200 and a quarter of a megabyte. suspect
// is the vendor whose mark stands in a page that has text all the same.
func findWall(status int, h http.Header, body []byte) (wall, suspect string) {
	if v := headerWall(status, h); v != "" {
		return v, ""
	}
	body = body[:min(len(body), errorBytes)]
	vendor := ""
	for _, m := range wallMarks {
		if bytes.Contains(body, []byte(m.bytes)) {
			vendor = m.vendor
			break
		}
	}
	if vendor == "" {
		if status == 403 && bytes.Contains(body, []byte("Reference&#32;&#35;")) {
			return "akamai", ""
		}
		return "", ""
	}
	if status >= 400 || visible(body, wallText) < wallText {
		return vendor, ""
	}
	return "", vendor
}

// headerWall names a wall by headers alone.
func headerWall(status int, h http.Header) string {
	switch {
	case strings.EqualFold(h.Get("Cf-Mitigated"), "challenge"):
		return "cloudflare"
	case h.Get("X-Amzn-Waf-Action") != "": // comes with 202
		return "aws"
	}
	switch status {
	case 401, 403, 429, 503:
	default:
		return ""
	}
	for k := range h {
		switch {
		case strings.HasPrefix(k, "X-Datadome"):
			return "datadome"
		case strings.HasPrefix(k, "X-Px-"):
			return "perimeterx"
		}
	}
	// A 503 or a 429 of these may be the site's own trouble: only a refusal is theirs for sure.
	if status == 401 || status == 403 {
		server := strings.ToLower(h.Get("Server"))
		for _, name := range []string{"cloudflare", "akamai", "imperva", "ddos-guard"} {
			if strings.Contains(server, name) {
				return name
			}
		}
	}
	return ""
}

// visible counts the bytes of text outside tags, scripts and styles, up to enough.
func visible(page []byte, enough int) int {
	n := 0
	for len(page) > 0 && n < enough {
		lt := bytes.IndexByte(page, '<')
		if lt < 0 {
			return n + len(bytes.Join(bytes.Fields(page), []byte(" ")))
		}
		n += len(bytes.Join(bytes.Fields(page[:lt]), []byte(" ")))
		page = page[lt:]
		page = page[skipTag(page):]
	}
	return n
}

// skipTag is the length of the tag at the start of page, of a comment, or of an element whose text
// nobody sees.
func skipTag(page []byte) int {
	if bytes.HasPrefix(page, []byte("<!--")) {
		if end := bytes.Index(page, []byte("-->")); end >= 0 {
			return end + 3
		}
		return len(page)
	}
	gt := bytes.IndexByte(page, '>')
	if gt < 0 {
		return len(page)
	}
	for _, name := range []string{"script", "style", "noscript", "head", "svg", "template"} {
		if len(page) > len(name)+1 && strings.EqualFold(string(page[1:1+len(name)]), name) && !isLetter(page[1+len(name)]) {
			end := indexFold(page[gt+1:], "</"+name)
			if end < 0 {
				return len(page)
			}
			return gt + 1 + end
		}
	}
	return gt + 1
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// indexFold finds s, which begins with '<', blind to case.
func indexFold(page []byte, s string) int {
	for at := 0; ; {
		i := bytes.IndexByte(page[at:], '<')
		if i < 0 || at+i+len(s) > len(page) {
			return -1
		}
		at += i
		if strings.EqualFold(string(page[at:at+len(s)]), s) {
			return at
		}
		at++
	}
}
