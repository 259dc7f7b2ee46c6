package extract

import (
	"cmp"
	"slices"
	"strings"
)

// The weights of the sources. What counts is only which sums outweigh which: one
// witness of the publisher's system outweighs any one that is printed, but not a
// printed one that says it is the publication's, and not two of other families.
const (
	weightRuled        = 1000 // the operator's word
	weightLabel        = 45   // printed, labelled as published
	weightArticle      = 40   // JSON-LD of the article
	weightMeta         = 38   // a meta that only publishing systems write
	weightPage         = 36   // JSON-LD of the page
	weightPrintedClock = 35   // how far a printed clock is trusted, whatever its label
	weightWork         = 30
	weightMetaLoose    = 30 // a meta that templates of all kinds write
	weightURL          = 30
	weightMicro        = 26 // microdata in the head
	weightTime         = 24 // <time> in the head
	weightLine         = 20 // a date line in the head
	weightMetaVague    = 15 // a meta that does not say which date it holds
	weightWritten      = 15 // structured data with a date made for readers
	weightRelative     = 12 // rewritten by scripts
	weakBelow          = 12 // what is below fills a gap and is flagged
	weightFar          = 10 // marked, but away from the head
)

// chosenDates are what the record holds.
type chosenDates struct {
	published, modified *dated
	// conflict: a strong source has another day of publication. early: the update lay
	// before the publication and was dropped.
	conflict, early bool
}

// chooseDates picks the dates of both roles and writes into the candidates why they lost.
func chooseDates(ds []dated) (c chosenDates) {
	c.modified, _ = chooseDate(ds, modified)
	c.published, c.conflict = chooseDate(ds, published)
	p, m := c.published, c.modified
	if p == nil || m == nil || !p.whole() || !m.whole() {
		return c
	}
	if m.rule == "claim" && strings.HasPrefix(m.value, p.value) {
		// a feed or sitemap gives each article one, changed or not
		m.chosen, m.why, c.modified = false, "no update: that of the publication", nil
		return c
	}
	if !m.earlier(p) {
		return c
	}
	if p.weight <= weightMetaVague && m.family == "print" {
		// nothing is published after its update: the meta held the last change
		p.chosen, p.why, c.published = false, "later than the printed update", nil
		return c
	}
	// scheduled publication, another zone or a copied template: which, nobody knows
	m.chosen, m.why, c.modified, c.early = false, "earlier than the publication", nil, true
	return c
}

// earlier reports whether d is plainly earlier than e: by a minute, or by a day where one has no more.
func (d *dated) earlier(e *dated) bool {
	if d.clock() && e.clock() && d.v.HasOffset == e.v.HasOffset {
		return d.v.Instant() < e.v.Instant()-60
	}
	return d.day() < e.day()
}

// A dayVote is the witnesses of one day.
type dayVote struct {
	day      string
	sum      int
	families map[string]int // the strongest witness of each
}

// chooseDate picks the value of a role: the day whose witnesses weigh most, one a
// family, and of those that name it the one that says most of the time of day.
func chooseDate(ds []dated, role string) (won *dated, conflict bool) {
	votes := votesOf(ds, role)
	if len(votes) == 0 {
		return nil, false
	}
	best := &votes[0]
	for i := range votes {
		if v := &votes[i]; v.sum > best.sum {
			best = v
		}
	}
	for i := range ds {
		d := &ds[i]
		if d.role == role && d.value != "" && d.day() == best.day && (won == nil || won.weight != weightRuled && better(d, won)) {
			won = d
		}
	}
	for i := range ds {
		d := &ds[i]
		if d.role != role || d.value == "" || d.why != "" {
			continue
		}
		switch {
		case d == won:
			d.chosen, d.why = true, "the day that weighs most"
			if len(votes) == 1 {
				d.why = "the only day"
			}
		case d.day() == best.day:
			d.why = "agrees"
		default:
			d.why = "another day than " + won.rule + " has"
			conflict = conflict || d.weight >= weightTime
		}
	}
	return won, conflict
}

// votesOf sums the witnesses by day, in the order of the candidates. A month alone
// counts where no day is known.
func votesOf(ds []dated, role string) []dayVote {
	var votes []dayVote
	days := false
	for i := range ds {
		days = days || ds[i].role == role && ds[i].whole() && ds[i].weight > 0
	}
	for i := range ds {
		d := &ds[i]
		if d.role != role || d.value == "" || d.weight == 0 || days && !d.whole() {
			continue
		}
		k := slices.IndexFunc(votes, func(v dayVote) bool { return v.day == d.day() })
		if k < 0 {
			k = len(votes)
			votes = append(votes, dayVote{day: d.day(), families: map[string]int{}})
		}
		v := &votes[k]
		if have := v.families[d.family]; d.weight > have {
			v.families[d.family] = d.weight
			v.sum += d.weight - have
		}
	}
	return votes
}

// better reports whether d says more of the same day than e: an instant before a
// clock time before a day, then the source that is trusted more. A relative time is
// the script's, not the article's, and what is printed is coarser than what is kept.
func better(d, e *dated) bool {
	says := func(x *dated) int {
		switch {
		case !x.clock() || x.v.ZoneSource == "reference":
			return 0
		case !x.v.HasOffset:
			return 1
		}
		return 2
	}
	if says(d) == 2 && says(e) == 2 && d.v.Instant() == e.v.Instant() && d.zulu() != e.zulu() {
		return e.zulu() // one moment: the clock of the house says more than that of Greenwich
	}
	trust := func(x *dated) int {
		if x.family == "print" {
			return min(x.weight, weightPrintedClock)
		}
		return x.weight
	}
	return cmp.Or(says(d)-says(e), trust(d)-trust(e)) > 0
}
