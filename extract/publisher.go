package extract

import (
	"slices"
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
	for _, n := range r.data.Nodes {
		if n.Is("WebSite") {
			r.nameHouse("jsonld:website", n.Text("name"))
		}
	}
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
	label, _, _ := strings.Cut(normalize.Site(r.in.URL), ".")
	if !slices.ContainsFunc(r.houses, isNamed) {
		if name := r.titledHouse(label); name != "" { // no name of r.names: what was cut off the title must not cut it
			r.houses = append(r.houses, candidate{rule: "title", raw: name, value: name})
		}
	}
	r.choosePublisher(label)
	for _, n := range append([]string{house.Name, r.host, strings.TrimPrefix(r.host, "www.")}, house.Aliases...) {
		r.addName(n)
	}
	r.addName(label)
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
	r.houses = append(r.houses, candidate{rule: rule, raw: name, value: name})
	r.addName(name)
	if short := initials(strings.Fields(name)); len(short) >= 3 {
		r.initials = append(r.initials, short)
	}
}

// choosePublisher takes the first name that holds the label of the page's domain or is a part of it, else the first
// that is no host itself: data may give the company that owns the house, or a line of a campaign.
func (r *reading) choosePublisher(label string) {
	ofHost := func(c candidate) bool { return isNamed(c) && namesHost(c.value, label) }
	won, why := slices.IndexFunc(r.houses, ofHost), "names the domain"
	if won < 0 {
		won, why = slices.IndexFunc(r.houses, isNamed), "no source names the domain, first source with a name"
	}
	if won < 0 && len(r.houses) > 0 {
		won, why = 0, "first source with a value"
	}
	if won >= 0 {
		c := &r.houses[won]
		c.chosen, c.why = true, why
		r.publisherName, r.publisherRule = c.value, c.rule
	}
}

// isNamed reports whether a candidate is a name and no host.
func isNamed(c candidate) bool { return !hostlike(c.value) }

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
