package extract

import (
	"strings"
	"sync"

	"github.com/dateline-go/dateline/extract/internal/page"
	"github.com/dateline-go/dateline/normalize"
	"golang.org/x/net/html/atom"
)

// accounts are the accounts that the markup of the article names as its author's: one at the
// headline, or behind the text the only one there. Blogs and forums print what their members
// call themselves, which no grammar of names knows.
func (b *builder) accounts(z zones) []*credited {
	var head, foot *credited
	several := false
	for i := range b.p.Elems {
		e := &b.p.Elems[i]
		if e.Stop <= e.Start || e.Stop-e.Start > maxAccountBytes {
			continue
		}
		raw := b.p.Text[e.Start:e.Stop]
		if !b.accountMark(e, raw) {
			continue
		}
		block := int(e.FirstBlock)
		if !e.Block {
			block = b.p.BlockOf(int(e.Start))
		}
		pl := z.of(block)
		if pl == placeElsewhere || !b.mayHoldByline(e, pl) {
			continue
		}
		name := normalize.Account(raw, b.bylineHints())
		if name == "" {
			continue
		}
		c := &credited{candidate: candidate{rule: "account", raw: raw, family: "printed"}, place: placeAccount, read: true}
		c.credits = []normalize.Credit{{Name: name, Kind: "person", Role: "writer", Printed: name}}
		switch {
		case pl == placeHead && head == nil:
			head = c
		case pl == placeFoot && foot == nil:
			foot = c
		case pl == placeFoot:
			several = several || !normalize.SameName(name, foot.credits[0].Name)
		}
	}
	switch {
	case head != nil:
		return []*credited{head}
	case foot != nil && !several:
		return []*credited{foot}
	}
	return nil
}

// maxAccountBytes bounds the text of an element that holds the name of an account.
const maxAccountBytes = 80

// accountMark reports whether markup says that an element holds the name of who wrote the page:
// rel=author (HTML, section 4.6.7.2), fn of an hCard and name of a schema.org Person that is
// called the author, a link to the page of an author or a member.
func (b *builder) accountMark(e *page.Elem, text string) bool {
	if e.Tag == atom.A {
		if e.Attr("rel") == "author" {
			return true
		}
		if href := e.Attr("href"); authorPage(href) || memberPage(href, text) {
			return b.ownAddress(href) // a profile elsewhere is that of the house
		}
	}
	return e.Dist[page.HintAuthor] <= 2 && (e.Attr("itemprop") == "name" || hasToken(e.Attr("class"), "fn"))
}

// ownAddress reports whether a link stays on the site.
func (b *builder) ownAddress(href string) bool {
	return !strings.Contains(href, "//") || normalize.Site(normalize.URL(href, b.in.URL)) == normalize.Site(b.in.URL)
}

// memberPage reports whether an address is that of the page of the member who is called name:
// the address spells the name, which parts it from the pages where one logs in.
func memberPage(href, name string) bool {
	if !hasSegment(href, isMemberSegment()) {
		return false
	}
	spelt := normalize.Fold(name)
	return spelt != "" && strings.Contains(normalize.Fold(href[strings.IndexByte(href, '/'):]), spelt)
}

// memberSegments are the segments of an address behind which the pages of a site's members
// stand: conventions of forum and blog software.
const memberSegments = "member members mitglied mitglieder user users u profil perfil nutzer usuario usuarios"

var isMemberSegment = sync.OnceValue(func() map[string]bool { return segmentSet(memberSegments) })
