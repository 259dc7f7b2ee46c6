// Package robots reads robots.txt by RFC 9309 and says what it allows to one crawler.
//
// Reading never fails: a line that says nothing we know is skipped and remembered. Beyond the
// RFC it knows what the field uses: Crawl-delay, Sitemap, the common misspellings, a byte-order
// mark, lines that part key and value by a space.
package robots

import (
	"bytes"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
)

// MaxBytes is how much of a file is read: the least that RFC 9309 section 2.5 asks for.
const MaxBytes = 512 << 10

const (
	maxLine     = 16 << 10 // of a line, the rest is dropped
	maxSitemaps = 1000
	maxBad      = 20
)

// A Rule is one Allow or Disallow line; Pattern is in normal form.
type Rule struct {
	Allow   bool   `json:"a,omitempty"`
	Pattern string `json:"p"`
}

func (r Rule) String() string {
	if r.Allow {
		return "Allow: " + r.Pattern
	}
	return "Disallow: " + r.Pattern
}

// A File is what one robots.txt says to one crawler.
type File struct {
	// Rules are those of all groups that hold for it.
	Rules []Rule `json:"rules,omitempty"`
	// Delay is its Crawl-delay, 0 for none.
	Delay time.Duration `json:"delay,omitempty"`
	// Sitemaps are the addresses of Sitemap lines, as printed.
	Sitemaps []string `json:"sitemaps,omitempty"`
	// Bad are the first lines that were skipped.
	Bad []string `json:"bad,omitempty"`
	// AI are the rules of the groups that name crawlers which gather texts for language models, each once.
	AI [][]Rule `json:"ai,omitempty"`
}

// Parse reads data for the crawler with the given product token. Bytes beyond MaxBytes are cut at
// the end of a line.
func Parse(data []byte, token string) *File {
	f, _ := parse(data, token)
	f.AI = parseAI(data)
	return f
}

// parse is Parse without AI; named is true where a group names the crawler.
func parse(data []byte, token string) (f *File, named bool) {
	if len(data) > MaxBytes {
		data = data[:MaxBytes]
		if end := bytes.LastIndexAny(data, "\r\n"); end >= 0 {
			data = data[:end]
		}
	}
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	p := parser{token: token, file: &File{}}
	for len(data) > 0 {
		end := bytes.IndexAny(data, "\r\n")
		line := data
		if end < 0 {
			data = nil
		} else {
			line, data = data[:end], data[end+1:]
		}
		p.line(line[:min(len(line), maxLine)])
	}
	return p.done(), p.seenUs
}

// scope says whom the current group, or the current run of agents, names.
type scope struct{ us, all bool }

type parser struct {
	token string
	file  *File
	// group are the agents that the next rules hold for; run are those named since the last
	// Crawl-delay, which must not part a group (RFC 9309 2.2.4) but binds only the agents above it.
	group, run  scope
	rules       bool // a rule was seen since the last User-agent
	delayed     bool // a Crawl-delay was
	seenUs      bool
	ours, any   []Rule
	ourD, anyD  time.Duration
	beforeAgent bool
}

func (p *parser) line(raw []byte) {
	if i := bytes.IndexByte(raw, '#'); i >= 0 {
		raw = raw[:i]
	}
	line := strings.TrimSpace(string(raw))
	if line == "" {
		return
	}
	key, value, ok := strings.Cut(line, ":")
	if !ok {
		key, value, ok = strings.Cut(strings.Join(strings.Fields(line), " "), " ")
		if !ok || strings.Contains(value, " ") {
			p.bad(line)
			return
		}
	}
	value = strings.TrimSpace(value)
	switch key = strings.ToLower(strings.TrimSpace(key)); key {
	case "user-agent", "useragent", "user agent":
		p.agent(value)
	case "allow":
		p.rule(line, Rule{true, value})
	case "disallow", "dissallow", "dissalow", "disalow", "diasllow", "disallaw", "dissalaw":
		p.rule(line, Rule{false, value})
	case "crawl-delay", "crawldelay", "crawl delay":
		p.delay(line, value)
	case "sitemap", "site-map", "site map":
		if value != "" && len(p.file.Sitemaps) < maxSitemaps {
			p.file.Sitemaps = append(p.file.Sitemaps, value)
		}
	default:
		p.bad(line)
	}
}

func (p *parser) agent(value string) {
	if p.rules {
		p.group, p.run, p.rules = scope{}, scope{}, false
	}
	if p.delayed {
		p.run, p.delayed = scope{}, false
	}
	switch name := product(value); {
	case value == "*" || strings.HasPrefix(value, "* "):
		p.group.all, p.run.all = true, true
	case name != "" && strings.EqualFold(name, p.token):
		p.group.us, p.run.us, p.seenUs = true, true, true
	}
	p.beforeAgent = true
}

func (p *parser) rule(line string, r Rule) {
	p.rules = true
	if !p.beforeAgent {
		p.bad(line)
		return
	}
	if r.Pattern == "" {
		return
	}
	if r.Pattern[0] != '/' && r.Pattern[0] != '*' && r.Pattern[0] != '$' {
		p.bad(line)
		return
	}
	if !p.group.us && !p.group.all {
		return
	}
	r.Pattern = normal(r.Pattern)
	if p.group.us {
		p.ours = append(p.ours, r)
	}
	if p.group.all {
		p.any = append(p.any, r)
	}
}

func (p *parser) delay(line, value string) {
	p.delayed = true
	d, ok := delay(value)
	if !ok {
		p.bad(line)
		return
	}
	if p.run.us {
		p.ourD = max(p.ourD, d)
	}
	if p.run.all {
		p.anyD = max(p.anyD, d)
	}
}

func (p *parser) bad(line string) {
	if len(p.file.Bad) < maxBad {
		p.file.Bad = append(p.file.Bad, strings.ToValidUTF8(line[:min(len(line), 200)], "?"))
	}
}

func (p *parser) done() *File {
	f := p.file
	f.Rules, f.Delay = p.any, p.anyD
	if p.seenUs {
		f.Rules, f.Delay = p.ours, p.ourD
	}
	f.Rules = inOrder(f.Rules)
	return f
}

// inOrder sorts rules so that the first that matches decides: the longest, Allow before Disallow.
func inOrder(rules []Rule) []Rule {
	slices.SortStableFunc(rules, func(a, b Rule) int {
		if d := len(b.Pattern) - len(a.Pattern); d != 0 {
			return d
		}
		switch {
		case a.Allow == b.Allow:
			return 0
		case a.Allow:
			return -1
		}
		return 1
	})
	return slices.Compact(rules)
}

// product is the product token that value begins with: the name in "name/1.0 (comment)".
func product(value string) string {
	i := 0
	for i < len(value) && (value[i] == '-' || value[i] == '_' || value[i]|0x20 >= 'a' && value[i]|0x20 <= 'z') {
		i++
	}
	return value[:i]
}

// delay reads 5, 5.5, 5,5 and 5s; nothing that is not above zero counts.
func delay(value string) (time.Duration, bool) {
	v := strings.ToLower(strings.TrimSpace(value))
	for _, unit := range []string{"seconds", "sec", "s"} {
		if t, ok := strings.CutSuffix(v, unit); ok {
			v = strings.TrimSpace(t)
			break
		}
	}
	n, err := strconv.ParseFloat(strings.Replace(v, ",", ".", 1), 64)
	if err != nil || math.IsNaN(n) || n <= 0 {
		return 0, err == nil && n <= 0
	}
	return time.Duration(min(n, 24*3600) * float64(time.Second)), true
}

// Allowed says whether path, which begins with a slash and holds the query as sent, may be fetched,
// and by which rule; no rule means that nothing is said.
func (f *File) Allowed(path string) (bool, *Rule) {
	if path == "" {
		path = "/"
	}
	if len(f.Rules) == 0 || path == "/robots.txt" {
		return true, nil
	}
	path = normal(path)
	for i := range f.Rules {
		if match(f.Rules[i].Pattern, path) {
			return f.Rules[i].Allow, &f.Rules[i]
		}
	}
	return true, nil
}

// match is a glob over octets: * is any run, $ at the end is the end, and a pattern without it is
// a prefix. It never looks back further than the last star, so it is bounded by len × len.
func match(pattern, path string) bool {
	anchored := strings.HasSuffix(pattern, "$")
	if anchored {
		pattern = pattern[:len(pattern)-1]
	}
	p, s, star, mark := 0, 0, -1, 0
	for s < len(path) {
		if p == len(pattern) && !anchored {
			return true
		}
		switch {
		case p < len(pattern) && pattern[p] == '*':
			star, mark = p, s
			p++
		case p < len(pattern) && pattern[p] == path[s]:
			p, s = p+1, s+1
		case star >= 0:
			mark++
			p, s = star+1, mark
		default:
			return false
		}
	}
	for p < len(pattern) && pattern[p] == '*' {
		p++
	}
	return p == len(pattern)
}

const hexDigits = "0123456789ABCDEF"

// normal is the form in which RFC 9309 2.2.2 compares: octets beyond ASCII encoded, hex in upper
// case, unreserved characters decoded.
func normal(s string) string {
	if !needsNormal(s) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c == '%' && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]):
			v := unhex(s[i+1])<<4 | unhex(s[i+2])
			if unreserved(v) {
				b.WriteByte(v)
			} else {
				b.WriteByte('%')
				b.WriteByte(hexDigits[v>>4])
				b.WriteByte(hexDigits[v&15])
			}
			i += 2
		case odd(c):
			b.WriteByte('%')
			b.WriteByte(hexDigits[c>>4])
			b.WriteByte(hexDigits[c&15])
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

func needsNormal(s string) bool {
	for i := range len(s) {
		if s[i] == '%' || odd(s[i]) {
			return true
		}
	}
	return false
}

// odd says whether an address carries c only encoded.
func odd(c byte) bool {
	return c <= ' ' || c >= 0x7f || strings.IndexByte("\"<>\\^`{|}", c) >= 0
}

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'f'
}

func unhex(c byte) byte {
	if c <= '9' {
		return c - '0'
	}
	return c | 0x20 - 'a' + 10
}

func unreserved(c byte) bool {
	return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z' || c == '-' || c == '.' || c == '_' || c == '~'
}
