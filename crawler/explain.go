package crawler

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/dateline-go/dateline/crawler/internal/address"
	"github.com/dateline-go/dateline/crawler/internal/discover"
	"github.com/dateline-go/dateline/crawler/internal/state"
	"github.com/dateline-go/dateline/internal/spell"
	"github.com/dateline-go/dateline/normalize"
)

// An Explanation is all that is known of one address.
type Explanation struct {
	URL, Key string
	// Lines say it in words, in the order in which a crawl decides.
	Lines []string
}

// Explain says what a crawl by c makes of an address and why, from its state and its file of sites alone:
// nothing is fetched.
func Explain(ctx context.Context, c Config, where string) (x Explanation, err error) {
	u, err := address.Resolve("", where)
	if err != nil {
		return x, fmt.Errorf("%w: %w", ErrConfig, err)
	}
	o, err := openOffline(ctx, c)
	if err != nil {
		return x, err
	}
	defer o.close()
	store := o.r.store
	x.URL, x.Key = u.String(), normalize.URLKey(u.String())
	say := func(format string, args ...any) { x.Lines = append(x.Lines, fmt.Sprintf(format, args...)) }
	now := o.r.started
	if err := o.explainSite(ctx, u, say); err != nil {
		return x, err
	}
	if why := discover.Refusal(u, now); why != "" {
		say("its form is refused: %s", why)
	}
	if discover.IsTwin(u) {
		say("it looks like an AMP or print view: links to it are not followed")
	}
	k := state.KeyOf(x.Key)
	claims, err := store.Claims(ctx, []state.Key{k})
	if err != nil {
		return x, fmt.Errorf("read the state: %w", err)
	}
	place := discover.InPage
	for _, c := range claims[k] {
		place = placeOf(c.SourceKind)
		say("named by %s %s%s", c.SourceKind, c.SourceURL, claimed(c))
	}
	score, steps := discover.Score(discover.Link{URL: u, Place: place}, now)
	say("its address scores %.2f, without the text of a link:", score)
	for _, s := range steps {
		say("  %+.1f %s", s.Weight, s.Why)
	}
	return x, explainKnown(ctx, store, k, say)
}

// explainKnown says what became of an address.
func explainKnown(ctx context.Context, store state.Store, k state.Key, say func(string, ...any)) error {
	row, site, known, err := store.FindURL(ctx, k)
	if err != nil {
		return fmt.Errorf("read the state: %w", err)
	}
	if !known {
		say("no source of a crawl with this state has named it")
		return nil
	}
	say("known since %s, of site %s: %s, %s", row.FirstSeen.Format(time.RFC3339), site, row.State, spell.Count(row.Tries, "failure"))
	if row.NextDue.IsZero() {
		say("not due again unless a source says that it changed")
	} else {
		say("due %s", row.NextDue.Format(time.RFC3339))
	}
	a, ok, err := store.Article(ctx, k)
	if err != nil {
		return fmt.Errorf("read the state: %w", err)
	}
	if !ok {
		return nil
	}
	say("leads to article %s, version %d, looked at again %s", a.ID, a.Version, spell.Count(a.Checks, "time"))
	m, err := readMemory(ctx, store, a.Site)
	if err != nil {
		return fmt.Errorf("read the state: %w", err)
	}
	say("what its site repeats is known from %s", spell.Count(m.Articles(), "article"))
	return nil
}

// explainSite says what the file of sites and robots.txt have to do with an address.
func (o *offline) explainSite(ctx context.Context, u *url.URL, say func(string, ...any)) error {
	i := slices.IndexFunc(o.sites, func(s site) bool { return s.holds(u) })
	if i < 0 {
		if o.r.Sites != "" {
			say("no site of %s holds it", o.r.Sites)
		}
		return nil
	}
	s := &o.sites[i]
	if s.scheduled {
		say("of site %q of %s", s.conf.Name, o.r.Sites)
	}
	switch article, sure, by := s.conf.Verdict(u); {
	case sure && article:
		say("an article by the site's patterns: %s", by)
	case sure && by == "":
		say("no article by the site's patterns: none of include matches")
	case sure:
		say("never fetched by the site's patterns: %s", by)
	}
	if fields := s.conf.Rules.Fields(); len(fields) > 0 {
		say("the site's rules are asked first for: %s", strings.Join(fields, ", "))
	}
	v := newVisit(o.r, *s)
	var err error
	if v.twins, err = o.r.store.Twins(ctx, state.Hash(s.key)); err != nil {
		return fmt.Errorf("read the state of %s: %w", s.key, err)
	}
	if main := v.mainHost(u.String()); main != "" {
		say("its host shows the pages of %s, as they taught: it is looked for there", main)
	}
	slice, err := o.slice(s)
	if err != nil {
		say("%v", err)
		return nil
	}
	switch allowed, rule, known := slice.Explain(u.String()); {
	case s.conf.IgnoreRobots:
		say("robots.txt is ignored: %s", s.conf.Reason)
	case !known:
		say("robots.txt of its host is not known yet")
	case !allowed:
		say("refused by robots.txt: %s", rule)
	case rule != "":
		say("allowed by robots.txt: %s", rule)
	default:
		say("robots.txt says nothing against it")
	}
	if at, why := slice.Ready(u.String()); at.After(o.r.started.Add(time.Minute)) {
		say("its host is not asked before %s: %s", at.Format(time.RFC3339), why)
	}
	return nil
}

// claimed is what a source says of a page, where it says anything.
func claimed(c state.Claim) string {
	var parts []string
	for _, x := range []struct{ what, value string }{{"", c.Title}, {"published ", c.Published}, {"updated ", c.Updated}} {
		if x.value != "" {
			parts = append(parts, x.what+strconv.Quote(x.value))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return ": " + strings.Join(parts, ", ")
}
