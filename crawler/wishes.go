package crawler

import (
	"slices"

	siteconf "github.com/dateline-go/dateline/crawler/internal/site"
	"github.com/dateline-go/dateline/extract"
)

// Why pages are not taken that ask not to be.
const (
	asksNoIndex = "it asks not to be listed (noindex), which the site's entry respects"
	asksNoAI    = "robots.txt denies it to crawlers for language models, which the site's entry respects"
	asksNoTDM   = "it is reserved for text and data mining, which the site's entry respects"
)

// unwished says why a page that was read is not taken: by its own word, or its host's where it has none, and because
// the operator keeps to that. Where robots.txt names crawlers for language models and denies it to one, that is noted in
// the record's flags.
func (p *fetched) unwished(l *extract.Links) string {
	respect, flags := &p.v.site.conf.Respect, &p.res.Record.Quality.Flags
	ai := p.v.slices.DeniesAI(p.out.Final)
	if ai {
		*flags = append(*flags, "ai_denied")
		slices.Sort(*flags)
	}
	reserved := l.TDM == "1" || l.TDM == "" && p.v.slices.Reserved(p.out.Final)
	switch {
	case respect.TDM == siteconf.Skip && reserved:
		return asksNoTDM
	case respect.AI == siteconf.Skip && ai:
		return asksNoAI
	case respect.NoIndex == siteconf.Skip && slices.Contains(*flags, "noindex"):
		return asksNoIndex
	}
	return ""
}
