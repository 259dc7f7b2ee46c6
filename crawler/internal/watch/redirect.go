package watch

import "fmt"

// homesMax is how many articles may lead to the front page before it is no chance.
const homesMax = 3

func redirectHome(_ *History, v *Visit) Sign {
	if v.Fetched == 0 {
		return Sign{}
	}
	return is(v.homes >= homesMax, fmt.Sprintf("%d articles lead to the front page or a section", v.homes), v.evidence("redirect_home"))
}
