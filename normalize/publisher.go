package normalize

import (
	"strings"
	"sync"

	"github.com/dateline-go/dateline/normalize/lexicon"
)

// A Publisher is what the publisher table knows of a house.
type Publisher struct {
	// Name is the name of the paper; Aliases are other forms of it.
	Name    string
	Aliases []string
	// Zone is an IANA name; Country is ISO 3166; Lang ISO 639-1.
	Zone, Country, Lang string
}

type publisherTable struct {
	byHost map[string]*Publisher
	byName map[string]*Publisher
}

var publisherTableOf = sync.OnceValue(func() publisherTable {
	t := publisherTable{map[string]*Publisher{}, map[string]*Publisher{}}
	for line := range strings.Lines(lexicon.Publishers()) {
		f := strings.Split(strings.TrimRight(line, "\r\n"), "\t")
		if len(f) < 6 || strings.HasPrefix(line, "#") {
			continue
		}
		p := &Publisher{Name: f[1], Zone: f[3], Country: f[4], Lang: f[5]}
		if f[2] != "" {
			p.Aliases = strings.Split(f[2], "|")
		}
		t.byHost[f[0]] = p
		for _, name := range append([]string{p.Name}, p.Aliases...) {
			key := Fold(name)
			if _, taken := t.byName[key]; !taken {
				t.byName[key] = p
			}
		}
	}
	return t
})

// PublisherOf looks a host up in the publisher table, then its parent domains.
func PublisherOf(host string) (Publisher, bool) {
	host = strings.TrimSuffix(strings.ToLower(host), ".")
	if i := strings.LastIndexByte(host, ':'); i > 0 {
		host = host[:i]
	}
	for host != "" {
		if p := publisherTableOf().byHost[host]; p != nil {
			return *p, true
		}
		_, host, _ = strings.Cut(host, ".")
	}
	return Publisher{}, false
}

// PublisherNamed looks a printed name of a house up in the publisher table.
func PublisherNamed(name string) (Publisher, bool) {
	if p := publisherTableOf().byName[Fold(name)]; p != nil {
		return *p, true
	}
	return Publisher{}, false
}

type countryTable struct {
	zone map[string]string
	tld  map[string]string
}

var countryTableOf = sync.OnceValue(func() countryTable {
	t := countryTable{map[string]string{}, map[string]string{}}
	for line := range strings.Lines(lexicon.Countries()) {
		f := strings.Split(strings.TrimRight(line, "\r\n"), "\t")
		if len(f) < 3 || strings.HasPrefix(line, "#") {
			continue
		}
		if f[1] != "" {
			t.zone[f[0]] = f[1]
		}
		for tld := range strings.FieldsFuncSeq(f[2], func(r rune) bool { return r == '|' }) { // some have none
			t.tld[tld] = f[0]
		}
	}
	return t
})

// CountryZone is the IANA name of the zone that the press of a country (ISO 3166) keeps, "" where it keeps several.
func CountryZone(country string) string {
	country = strings.ToUpper(country)
	if country == "UK" {
		country = "GB"
	}
	return countryTableOf().zone[country]
}

// HostCountry is the country (ISO 3166) that the top-level domain of a host belongs to, "" for those of no country.
func HostCountry(host string) string {
	host = strings.TrimSuffix(strings.ToLower(host), ".")
	return countryTableOf().tld[host[strings.LastIndexByte(host, '.')+1:]]
}
