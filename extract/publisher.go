package extract

import (
	"strings"

	"github.com/dateline-go/dateline/normalize"
)

// meetHouse learns who published the page: its names, zone, country and language.
func (r *reading) meetHouse() {
	for _, n := range r.art {
		for _, pub := range r.data.Objects(n.Props["publisher"]) {
			r.nameHouse("jsonld", pub.Text("name"))
		}
	}
	r.nameHouse("meta:og:site_name", r.p.Meta("og:site_name"))
	r.nameHouse("meta:application-name", r.p.Meta("application-name"))
	house, ok := normalize.PublisherOf(r.host)
	if ok {
		r.nameHouse("host", house.Name)
	} else if r.p.Plain || r.host == "" {
		house, ok = r.printedHouse()
		if ok {
			r.nameHouse("byline", house.Name)
		}
	}
	r.house = house
	for _, n := range append([]string{house.Name, r.host, strings.TrimPrefix(r.host, "www.")}, house.Aliases...) {
		r.addName(n)
	}
	if label, _, ok := strings.Cut(normalize.Site(r.in.URL), "."); ok {
		r.addName(label)
	}
	zone, source := r.in.Zone, "publisher"
	if zone == "" {
		zone = house.Zone
	}
	if zone == "" && house.Zone == "" { // a domain of the world names no country
		zone, source = normalize.CountryZone(normalize.HostCountry(r.host)), "country"
	}
	if zone != "" {
		if loc, err := normalize.Location(zone); err == nil {
			r.zone, r.zoneSource = loc, source
		}
	}
}

func (r *reading) nameHouse(rule, name string) {
	name = normalize.Attr(name)
	if name == "" || strings.HasPrefix(name, "http") || normalize.Fold(name) == normalize.Fold(r.p.Meta("og:title")) {
		return // the last: a template that fills og:site_name with the headline
	}
	if r.publisherName == "" {
		r.publisherName, r.publisherRule = name, rule
	}
	r.addName(name)
	if short := initials(strings.Fields(name)); len(short) >= 3 {
		r.initials = append(r.initials, short)
	}
}

func (r *reading) addName(name string) {
	if f := normalize.Fold(name); f != "" {
		r.names = append(r.names, f)
	}
}

// printedHouse finds a house that the table knows among the parts of the lines at
// the head of the page: "By NAME | House | date".
func (r *reading) printedHouse() (normalize.Publisher, bool) {
	for i := range r.p.Blocks {
		if i > 30 {
			break
		}
		text := r.p.BlockText(i)
		if len(text) > 200 || !strings.ContainsAny(text, "|•·") {
			continue
		}
		for _, part := range strings.FieldsFunc(text, func(c rune) bool { return strings.ContainsRune("|•·", c) }) {
			if h, ok := normalize.PublisherNamed(strings.TrimSpace(part)); ok {
				return h, true
			}
		}
	}
	return normalize.Publisher{}, false
}
