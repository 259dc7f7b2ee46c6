// Package site reads sites.yaml: what an operator says about sites, by name. It finds everything that
// is wrong with the file in one go, each with its line and a suggestion, and nothing here ever prints a
// secret. Its types are the definition of the file: schema.json and docs/sites.md are held to them.
package site

import (
	"github.com/dateline-go/dateline/extract"
)

// A File is a sites.yaml. In every text of it ${NAME} stands for the environment variable NAME.
type File struct {
	// Defaults hold for every site that does not say otherwise. They take the keys of a site but start, feeds, sitemaps and hosts.
	Defaults Site `yaml:"defaults"`
	// Sites are the sites, by a name of your own: letters, digits, dots and dashes.
	Sites map[string]*Site `yaml:"sites"`

	// All are the sites in the order of the file.
	All []*Site `yaml:"-"`
}

// A Site is one entry of the file. It needs a start page, a feed or a sitemap; all of these are of one
// registrable domain, but feeds, sitemaps and what hosts names.
type Site struct {
	// Start are front pages and sections whose links are followed.
	Start []Address `yaml:"start"`
	// Feeds and sitemaps that no page announces.
	Feeds []Address `yaml:"feeds"`
	// Sitemaps that robots.txt does not name.
	Sitemaps []Address `yaml:"sitemaps"`
	// Hosts are further hosts whose pages are of the site.
	Hosts []Host `yaml:"hosts"`
	// Include, where given, says which addresses are articles, and that no others are.
	Include []Pattern `yaml:"include"`
	// Exclude says what is never fetched, neither as an article nor as a section.
	Exclude []Pattern `yaml:"exclude"`
	// Language is the language of the pages, as a BCP 47 tag, where they do not say it or say it wrong.
	Language Language `yaml:"language"`
	// Zone is the time zone of dates that are printed without one, as an IANA name.
	Zone Zone `yaml:"zone"`
	// Delay is the least gap between two requests to a host, 2s if it is not given. Under 500ms it needs i_own_this_site.
	Delay *Duration `yaml:"delay"`
	// Limits bound one run on the site.
	Limits Limits `yaml:"limits"`
	// Headers are sent with every request but that for robots.txt.
	Headers map[string]Secret `yaml:"headers"`
	// Cookies is a file of cookies in the form of Netscape's cookies.txt that nobody else may read (mode 0600); its name is relative to this file.
	Cookies string `yaml:"cookies"`
	// Proxy is the address of a proxy: http, https or socks5. Without it the environment's is used.
	Proxy Proxy `yaml:"proxy"`
	// UserAgent replaces the crawl's own; robots.txt is asked for the name dateline all the same.
	UserAgent string `yaml:"user_agent"`
	// AllowPrivate lets the site stand on addresses that are not public.
	AllowPrivate bool `yaml:"allow_private"`
	// Own says that the site is yours: delay may then go under 500ms.
	Own bool `yaml:"i_own_this_site"`
	// SplitHosts paces each host of the domain by itself, where they are different machines.
	SplitHosts bool `yaml:"split_hosts"`
	// IgnoreRobots switches robots.txt off. It needs a reason, which every run repeats.
	IgnoreRobots bool `yaml:"ignore_robots"`
	// Reason is why robots.txt may be ignored, such as the publisher's permission.
	Reason string `yaml:"reason"`
	// Respect says what of the pages' own wishes is kept to, beyond robots.txt.
	Respect Respect `yaml:"respect"`
	// TLS is legacy for servers that know nothing newer than TLS 1.0 or RSA key exchange.
	TLS TLS `yaml:"tls"`
	// HTTP1 keeps to HTTP/1.1, for servers that break on HTTP/2.
	HTTP1 bool `yaml:"http1"`
	// Rules are CSS selectors for what extraction does not find by itself.
	Rules Rules `yaml:"rules"`
	// Tags are words of your own, to crawl several sites by one name.
	Tags []string `yaml:"tags"`

	// Name is the key of the entry, Key the domain that the state knows the site by, Line where the entry stands.
	Name string `yaml:"-"`
	Key  string `yaml:"-"`
	Line int    `yaml:"-"`

	dir    string // of the file
	broken bool   // a value of it could not be read
}

// Limits bound one run on one site.
type Limits struct {
	// Pages are the article pages fetched at most.
	Pages int `yaml:"pages"`
	// Duration is the time after which nothing more is begun.
	Duration Duration `yaml:"duration"`
	// Backfill are the pages of the past fetched at most, of those above, where --since or --until asks for them.
	Backfill int `yaml:"backfill"`
}

// Respect says what becomes of pages that ask not to be used: they are recorded with a flag, or skipped.
type Respect struct {
	// NoIndex is for pages that ask search engines not to list them (meta robots, X-Robots-Tag).
	NoIndex Wish `yaml:"noindex"`
	// TDM is for pages whose right to text and data mining is reserved (TDM Reservation Protocol); with skip the host's tdmrep.json is asked for too.
	TDM Wish `yaml:"tdm"`
	// AI is for pages that robots.txt denies to a crawler which gathers texts for language models.
	AI Wish `yaml:"ai"`
}

// Rules are CSS selectors by field. The first of a list that finds something wins, and goes before what
// extraction finds by itself; where none finds anything, extraction decides as ever.
type Rules struct {
	// Title is the headline.
	Title []Selector `yaml:"title"`
	// Byline is the credit line, or each of several names.
	Byline []Selector `yaml:"byline"`
	// Published is the date of publishing: the datetime or content of the element, else its text.
	Published []Selector `yaml:"published"`
	// Modified is the date of the last change.
	Modified []Selector `yaml:"modified"`
	// Section is the section of the paper.
	Section []Selector `yaml:"section"`
	// Standfirst is the summary under the headline.
	Standfirst []Selector `yaml:"standfirst"`
	// Body are the elements that hold the article.
	Body []Selector `yaml:"body"`
	// Remove are elements that are taken out of the page before anything is read; all of the list hold.
	Remove []Selector `yaml:"remove"`
}

// Extract are the rules for extraction, nil where there are none.
func (r *Rules) Extract() *extract.Rules {
	css := map[string][]string{}
	for field, all := range r.fields() {
		for _, s := range all {
			css[field] = append(css[field], string(s))
		}
	}
	if len(css) == 0 {
		return nil
	}
	rules, err := extract.NewRules(css)
	if err != nil {
		return nil // each selector was compiled when the file was read
	}
	return rules
}

func (r *Rules) fields() map[string][]Selector {
	return map[string][]Selector{"title": r.Title, "byline": r.Byline, "published": r.Published, "modified": r.Modified,
		"section": r.Section, "standfirst": r.Standfirst, "body": r.Body, "remove": r.Remove}
}

// Fields are the fields that have a rule, in the order in which the record names them.
func (r *Rules) Fields() []string {
	var out []string
	all := r.fields()
	for _, f := range extract.RuleFields {
		if len(all[f]) > 0 {
			out = append(out, f)
		}
	}
	return out
}

// First is the first address of the entry: its site is the site's.
func (s *Site) First() Address {
	for _, all := range [][]Address{s.Start, s.Feeds, s.Sitemaps} {
		if len(all) > 0 {
			return all[0]
		}
	}
	return Address{}
}
