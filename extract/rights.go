package extract

import (
	"slices"
	"strings"

	"github.com/dateline-go/dateline/normalize"
	"github.com/dateline-go/dateline/normalize/lexicon"
)

// A rights is what the foot of a page says of ownership: each as printed.
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
		text := normalize.Text(r.p.BlockText(i))
		if len(text) > 1500 || len(text) < 6 {
			continue
		}
		low := strings.ToLower(text)
		switch {
		case hasAny(low, "registration"):
			out.notices = appendNew(out.notices, text)
		case hasAny(low, "license"):
			if out.license == "" {
				out.license = text
			} else {
				out.notices = appendNew(out.notices, text)
			}
		case out.copyright == "" && hasAny(low, "rights"):
			out.copyright = text
		}
	}
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

func hasAny(low, section string) bool {
	return slices.ContainsFunc(lexicon.All(section), func(w string) bool { return strings.Contains(low, w) })
}

func appendNew(list []string, s string) []string {
	if slices.Contains(list, s) {
		return list
	}
	return append(list, s)
}
