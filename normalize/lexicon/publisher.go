package lexicon

import _ "embed"

//go:embed publishers.tsv
var publishers string

//go:embed countries.tsv
var countries string

//go:embed zones.tsv
var zones string

// Publishers is the table of houses: host, name, aliases, IANA zone, country, language.
func Publishers() string { return publishers }

// Countries is the table of countries: code, IANA zone of its press where it has one, top-level domains.
func Countries() string { return countries }

// Zones is the table of zone words: words, offset or IANA name, countries in which they mean it.
func Zones() string { return zones }
