package lexicon

import (
	_ "embed" // the table
	"strings"
	"sync"
)

//go:embed agencies.tsv
var agencies string

// An Agency is a news agency: its name as a record shows it and how else it is printed.
type Agency struct {
	Name string
	// Forms are other printings; one that starts with "=" counts only in exactly that case.
	Forms []string
}

// Agencies is the closed list of wire services.
var Agencies = sync.OnceValue(func() []Agency {
	var all []Agency
	for line := range strings.Lines(agencies) {
		line = strings.TrimRight(line, "\n")
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		name, rest, _ := strings.Cut(line, "\t")
		a := Agency{Name: name}
		for f := range strings.SplitSeq(rest, ";") {
			if f = strings.TrimSpace(f); f != "" {
				a.Forms = append(a.Forms, f)
			}
		}
		all = append(all, a)
	}
	return all
})
