package extract

import (
	"slices"
	"strings"

	"github.com/dateline-go/dateline"
	"github.com/dateline-go/dateline/normalize"
)

// chooseAuthors picks the source whose credits the record takes: people before wires,
// wires before houses, the strongest source first. People signed behind the body count
// where the strong sources name at most the site itself, bare names at the headline and
// people far from it where they name nobody. The chosen source says why it was.
func (r *reading) chooseAuthors(cs []*credited) *credited {
	if len(cs) > 0 && cs[0].rule == siteRule && len(r.creditsOf(cs[0])) > 0 {
		return cs[0].chosenFor("the operator's rule")
	}
	if won := r.firstPeople(cs, placeNone, placeHead); won != nil {
		if better := r.overruled(won, cs); better != nil {
			return better.chosenFor("overrules " + won.rule)
		}
		if more := r.completed(won, cs); more != nil {
			return more.chosenFor("holds the names of " + won.rule + " and more")
		}
		return won.chosenFor("strongest source that names people")
	}
	wire, house := r.collective(cs, placeNone, placeHead)
	if wire != nil {
		return wire.chosenFor("names a wire, and no source people")
	}
	if won := r.besideHouse(house, cs); won != nil {
		return won
	}
	if wire, house = r.collective(cs, placeFoot); wire != nil || house != nil {
		if wire == nil {
			wire = house
		}
		return wire.chosenFor("only credit, behind the text")
	}
	if won := r.onlyPeople(cs); won != nil {
		return won.chosenFor("only people credited, far from the headline")
	}
	return nil
}

// besideHouse picks among a house, nil where none is named, and the people and accounts that are
// credited less surely. A house that stands on the page goes before them, the site itself does not:
// metadata and templates give it where they know of nobody.
func (r *reading) besideHouse(house *credited, cs []*credited) *credited {
	const initials = 3 // bytes of an account that may be but the initials of one
	own := house != nil && r.ownHouse(house)
	if house == nil || own || house.place == placeNone {
		if won := r.firstPeople(cs, placeFoot); won != nil {
			return won.chosenFor("signed behind the text")
		}
	}
	account := at(cs, placeAccount)
	if own && len(account) > 0 && len(account[0].raw) > initials {
		return account[0].chosenFor("the account that wrote it, and else the site")
	}
	if house != nil && !domain(house) {
		return house.chosenFor("names a house, and no source people")
	}
	if won := r.firstPeople(cs, placeBare); won != nil {
		return won.chosenFor("only names at the headline")
	}
	if len(account) > 0 {
		return account[0].chosenFor("the account that wrote it")
	}
	if house != nil {
		return house.chosenFor("names the site, and no source people")
	}
	return nil
}

func (c *credited) chosenFor(why string) *credited {
	c.chosen, c.why = true, why
	return c
}

// firstPeople is the first source in one of the places that names people. A printed
// line must say that it is a byline: by a by-word, or by names that are known for such;
// failing that, a short element marked as one will do.
func (r *reading) firstPeople(cs []*credited, places ...place) *credited {
	const maxUnknown = 100 // bytes of a marked element whose names are not known
	var weak *credited
	for _, c := range cs {
		if !slices.Contains(places, c.place) || len(people(r.creditsOf(c))) == 0 || c.rule == "text" && !onlyNames(c) {
			continue
		}
		if c.place == placeNone || c.labelled || known(c.credits) {
			return c
		}
		if weak == nil && c.place == placeHead && c.marked && len(c.raw) < maxUnknown {
			weak = c
		}
	}
	return weak
}

// overruled finds the printed line at the headline that a doubtful choice gives way to:
// metadata that hold one word ("db"), or a person whom the page prints as an editor.
func (r *reading) overruled(won *credited, cs []*credited) *credited {
	names := people(won.credits)
	if won.place != placeNone || len(names) != 1 {
		return nil
	}
	doubt := !strings.ContainsRune(names[0], ' ') && names[0][0] < 0x80
	var head *credited
	for _, c := range cs {
		if c.place != placeHead && c.place != placeFoot {
			continue
		}
		if c.rule == "text" {
			continue
		}
		for _, cr := range r.creditsOf(c) {
			doubt = doubt || cr.Role == "editor" && normalize.SameName(cr.Name, names[0])
		}
		if head == nil && c.place == placeHead && len(people(c.credits)) > 0 && (c.labelled || c.marked || known(c.credits)) {
			head = c
		}
	}
	if !doubt || head == nil || normalize.SameName(people(head.credits)[0], names[0]) {
		return nil
	}
	return head
}

// completed is the printed byline at the headline that holds all names of the metadata
// and further ones that are known for such: metadata often hold the first author alone.
func (r *reading) completed(won *credited, cs []*credited) *credited {
	const (
		maxAuthors = 8 // a longer list is a staff page or works cited
		minName    = 6 // bytes that a further name takes, with the mark before it
	)
	if won.place != placeNone {
		return nil
	}
	have := people(won.credits)
	size := len(strings.Join(have, ", "))
	for _, c := range cs {
		if c.place != placeHead || !c.labelled && !c.marked || len(c.raw) < size+minName {
			continue
		}
		more := people(r.creditsOf(c))
		if len(more) <= len(have) || len(more) > maxAuthors || !holds(more, have) {
			continue
		}
		sound := !slices.ContainsFunc(c.credits, func(cr normalize.Credit) bool {
			return cr.Kind == "person" && !cr.Known && !slices.Contains(have, cr.Name)
		})
		if sound {
			return c
		}
	}
	return nil
}

// holds reports whether all of the names are among those of a list.
func holds(list, names []string) bool {
	for _, name := range names {
		if !slices.ContainsFunc(list, func(m string) bool { return normalize.SameName(m, name) }) {
			return false
		}
	}
	return true
}

// collective is the first source in one of the places that names a wire, and the first
// that names a house.
func (r *reading) collective(cs []*credited, places ...place) (wire, house *credited) {
	for _, c := range cs {
		if !slices.Contains(places, c.place) {
			continue
		}
		for _, cr := range r.creditsOf(c) {
			switch {
			case cr.Role != "writer":
			case cr.Kind == "agency" && wire == nil:
				wire = c
			case cr.Kind == "organization" && house == nil:
				house = c
			}
		}
	}
	return wire, house
}

// ownHouse reports whether a source names nobody but the site itself.
func (r *reading) ownHouse(c *credited) bool {
	for _, cr := range c.credits {
		if !r.isHouse(cr.Name) {
			return false
		}
	}
	return true
}

// domain reports whether a source gives nothing but the address of a site, as content systems
// put it where nobody is named.
func domain(c *credited) bool {
	return !slices.ContainsFunc(c.credits, func(cr normalize.Credit) bool { return !hostlike(cr.Name) })
}

// onlyPeople is the first source far from the headline, where all such sources name the
// same people.
func (r *reading) onlyPeople(cs []*credited) *credited {
	var won *credited
	for _, c := range cs {
		if c.place != placeElsewhere {
			continue
		}
		names := people(r.creditsOf(c))
		switch {
		case len(names) == 0:
		case won == nil:
			won = c
		case !slices.Equal(names, people(won.credits)):
			return nil
		}
	}
	if won != nil && (won.labelled || known(won.credits)) {
		return won
	}
	return nil
}

// known reports whether all writers among the credits bear known names.
func known(cs []normalize.Credit) bool {
	return !slices.ContainsFunc(cs, func(c normalize.Credit) bool {
		return c.Kind == "person" && c.Role == "writer" && !c.Known
	})
}

// noteAuthors tells the trace what each source said and why it lost.
func (b *builder) noteAuthors(cs []*credited, won *credited) {
	var out []candidate
	for _, c := range cs {
		if c.rule == "text" && (len(b.creditsOf(c)) == 0 || !onlyNames(c)) {
			continue
		}
		c.value = strings.Join(names(b.creditsOf(c)), ", ")
		if c.why == "" {
			c.why = whyPassed(c, won)
		}
		out = append(out, c.candidate)
	}
	b.note("authors", out)
}

// whyPassed says why another source of credits was chosen.
func whyPassed(c, won *credited) string {
	switch {
	case len(c.credits) == 0:
		return "names nobody"
	case c.value == "":
		return "names nobody who wrote it"
	case won == nil:
		return "in doubt"
	case c.value == won.value:
		return "agrees"
	case len(people(c.credits)) == 0 && len(people(won.credits)) > 0:
		return "names no person"
	case c.place == placeElsewhere:
		return "far from the headline"
	}
	return "weaker than " + won.rule
}

// contributors is everyone credited: by the chosen source, and in other roles than the
// writer's or as a wire by what is printed beside the text.
func (b *builder) contributors(won *credited, cs []*credited) []dateline.Contributor {
	var out []dateline.Contributor
	add := func(cr normalize.Credit) {
		if !slices.ContainsFunc(out, func(o dateline.Contributor) bool { return normalize.SameName(o.Name, cr.Name) }) {
			out = append(out, dateline.Contributor{Name: cr.Name, Kind: cr.Kind, Role: cr.Role})
		}
	}
	if won != nil {
		for _, cr := range won.credits {
			add(cr)
		}
	}
	for _, c := range cs {
		if c == won || c.place != placeHead && c.place != placeFoot || !c.labelled {
			continue
		}
		with := won != nil && b.namesAny(c, people(won.credits))
		for _, cr := range b.creditsOf(c) {
			if cr.Kind == "person" && (cr.Role == "editor" || cr.Role == "translator") || cr.Kind == "agency" && with {
				add(cr)
			}
		}
	}
	return out
}
