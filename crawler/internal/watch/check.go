package watch

// A Verdict is what one run can say of one kind of alarm.
type Verdict int

// The verdicts. A run that could not tell neither raises an alarm nor helps to clear it.
const (
	Unknown Verdict = iota
	Good
	Bad
)

// A Sign is a verdict with its reason and the page to look at.
type Sign struct {
	Verdict     Verdict
	Detail, URL string
}

func is(bad bool, detail, url string) Sign {
	if bad {
		return Sign{Bad, detail, url}
	}
	return Sign{Verdict: Good}
}

// A check is one kind of alarm.
type check struct {
	kind string
	// early is true where a new site may raise it.
	early bool
	do    string
	look  func(*History, *Visit) Sign
}

// checks are the alarms of a site (notes on crawling, 2.1).
var checks = []check{
	{"no_articles", true, "is the address that of a news site? dateline explain on one of its articles says what a crawl makes of it", noArticles},
	{"silent", false, "look whether the site has moved, or names its articles elsewhere", silent},
	{"feed_dead", false, "look for the new address of the feed, or take it out", feedDead},
	{"feed_is_html", false, "open the feed in a browser: it may want a login, or have moved", feedIsHTML},
	{"feed_overflow", false, "crawl more often: items come and go between two readings", feedOverflow},
	{"feed_frozen", false, "the feed is not kept up: look for another", feedFrozen},
	{"blocked", false, "crawl slower, or ask the publisher", blocked},
	{"robots_closed", false, "read robots.txt: the publisher may no longer want to be crawled", robotsClosed},
	{"paywall_up", false, "articles end after their first lines: ask the publisher for access, or take the site out", paywallUp},
	{"layout_drift", false, "look at a new page with dateline inspect; the site's markup may have changed", layoutDrift},
	{"short_bodies", false, "look at a new page with dateline inspect: the end of its text may be missing", shortBodies},
	{"same_body", false, "look at the page: it may ask for consent, or be a wall or an error", sameBody},
	{"redirect_home", false, "articles lead to the front page: they may be gone, or want a login", redirectHome},
	{"dates_odd", false, "look at a new page with dateline inspect: what is its date taken from?", datesOdd},
	{"slow", false, "the site is slow or throttles: crawl slower", slow},
	{"recall_low", false, "articles that sources name are not fetched in time: look at failed and left in the summary, and raise the limits", recallLow},
	{"tls", false, "the certificate is not to be trusted: tell the publisher", fault("tls")},
	{"dns", false, "the name is not found: look whether the site has moved, or at this machine's resolver", fault("dns")},
}

// A Finding is one thing wrong in one run, with a site or with the crawl as a whole; Do says what to do about its kind.
type Finding struct{ Kind, Detail, URL string }

// Judge gives what is wrong now, and the kinds of alarm that a run found nothing of. In its grace a site
// raises only what concerns its first crawl.
func Judge(h *History, v *Visit, grace bool) (bad []Finding, good map[string]bool) {
	good = map[string]bool{}
	for _, c := range checks {
		if grace && !c.early {
			continue
		}
		switch s := c.look(h, v); s.Verdict {
		case Bad:
			bad = append(bad, Finding{c.kind, s.Detail, s.URL})
		case Good:
			good[c.kind] = true
		}
	}
	return bad, good
}

// Do is what to do about an alarm.
func Do(kind string) string {
	for _, c := range checks {
		if c.kind == kind {
			return c.do
		}
	}
	return machineDo[kind]
}

// Cleared reports whether an alarm that so many runs in a row found nothing of is over.
func Cleared(good int) bool { return good >= goodRuns }
