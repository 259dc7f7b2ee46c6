package extract

import (
	"slices"
	"strings"

	"github.com/dateline-go/dateline/normalize"
	"github.com/dateline-go/dateline/normalize/lexicon"
)

// A rights is what a page says of ownership and of itself: each as printed.
type rights struct {
	copyright, license string
	notices            []string
}

// rightsOf reads the rights lines below the body, or anywhere on a page of plain text.
func rightsOf(r *reading, keep []bool) rights {
	var out rights
	last := -1
	for i, k := range keep {
		if k {
			last = i
		}
	}
	for i := last + 1; i < len(r.p.Blocks); i++ {
		for _, line := range r.lines(i) {
			out.take(normalize.Text(line))
		}
	}
	out.notices = append(corrections(r, keep), out.notices...)
	if out.copyright == "" {
		for _, name := range []string{"copyright", "rights", "dc.rights", "dcterms.rights"} {
			if s := r.p.Meta(name); s != "" {
				out.copyright = normalize.Attr(s)
				break
			}
		}
	}
	return out
}

// take files one line of the foot by the words it holds.
func (x *rights) take(line string) {
	if len(line) > 1500 || len(line) < 6 {
		return
	}
	low := strings.ToLower(line)
	switch {
	case hasAny(low, "registration"):
		x.notices = appendNew(x.notices, line)
	case hasAny(low, "license") && x.license == "":
		x.license = line
	case hasAny(low, "license"):
		x.notices = appendNew(x.notices, line)
	case x.copyright == "" && hasAny(low, "rights"):
		x.copyright = line
	}
}

func hasAny(low, section string) bool {
	return slices.ContainsFunc(lexicon.All(section), func(w string) bool { return strings.Contains(low, w) })
}

func appendNew(list []string, s string) []string {
	if slices.Contains(list, s) {
		return list
	}
	return append(list, s)
}
