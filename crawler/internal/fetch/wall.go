package fetch

import (
	"bytes"
	"net/http"
	"strings"
)

// A wallMark is how a bot wall gives itself away in the bytes of a page; status is the only one with which it does,
// 0 for any.
type wallMark struct {
	vendor, bytes string
	status        int
}

// wallMarks stand in challenge pages of the vendors. Some of them stand in honest
// pages too, which is why a page with text is only suspect.
var wallMarks = []wallMark{
	{"cloudflare", "/cdn-cgi/challenge-platform/", 0},
	{"cloudflare", "_cf_chl_opt", 0},
	{"imperva", "_Incapsula_Resource", 0},
	{"datadome", "captcha-delivery.com", 0},
	{"perimeterx", "px-captcha", 0},
	{"aws", "awswaf", 0},
	{"aws", "awsWafCookieDomainList", 0},
	{"akamai", "errors.edgesuite.net", 0},
	{"kasada", "/149e9513-01fa-4fb0-aad4-566afd725d1b/", 0},
	{"akamai", "Reference&#32;&#35;", 403},
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
	vendor := marked(status, body)
	if vendor == "" || status < 400 && visible(body, wallText) >= wallText {
		return "", vendor
	}
	return vendor, ""
}

// markWindow is the length of the shortest mark.
const markWindow = 6

// markSteps is how far the search may go on from two bytes at the end of its window: as far as they are from the end
// of the beginning of a mark (Wu and Manber, A fast algorithm for multi-pattern searching, 1994).
var markSteps = func() (steps [1 << 12]uint8) {
	for i := range steps {
		steps[i] = markWindow - 1
	}
	for _, m := range wallMarks {
		for end := 1; end < markWindow; end++ {
			s := &steps[twoBytes(m.bytes[end-1], m.bytes[end])]
			*s = min(*s, uint8(markWindow-1-end))
		}
	}
	return steps
}()

// twoBytes is their place in markSteps; where others share it, the step is the shortest of all.
func twoBytes(a, b byte) int { return int(a)<<4 ^ int(b) }

// marked names the vendor whose mark stands first in body, in one scan.
func marked(status int, body []byte) string {
	for end := markWindow - 1; end < len(body); {
		if step := markSteps[twoBytes(body[end-1], body[end])]; step > 0 {
			end += int(step)
			continue
		}
		at := body[end-markWindow+1:]
		for _, m := range wallMarks {
			if (m.status == 0 || m.status == status) && len(at) >= len(m.bytes) && string(at[:len(m.bytes)]) == m.bytes {
				return m.vendor
			}
		}
		end++
	}
	return ""
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
