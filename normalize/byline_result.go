package normalize

// A BylineResult is the answer for one credit line: keys in the order of the record.
type BylineResult struct {
	// Authors are the persons who wrote it, in order; never a desk, a house or an agency.
	Authors []string `json:"authors"`
	// Contributors are all who are credited, with kind and role.
	Contributors []BylineContributor `json:"contributors"`
	// Agency is the wire service that is credited, null where none is.
	Agency *string `json:"agency"`
	// Explain is filled on demand: what each part of the line was taken for.
	Explain []BylineStep `json:"explain,omitempty"`
}

// A BylineContributor is one credit.
type BylineContributor struct {
	Name string `json:"name"`
	Kind string `json:"kind"`
	Role string `json:"role"`
}

// BylineAnswerOf reads a credit line into the answer of "dateline normalize byline".
func BylineAnswerOf(s string, h BylineHints, explain bool) BylineResult {
	var credits []Credit
	var steps []BylineStep
	if explain {
		credits, steps = ExplainByline(s, h)
	} else {
		credits = Byline(s, h)
	}
	r := BylineResult{Authors: []string{}, Contributors: []BylineContributor{}, Explain: steps}
	for _, c := range credits {
		r.Contributors = append(r.Contributors, BylineContributor{c.Name, c.Kind, c.Role})
		switch {
		case c.Kind == "person" && c.Role == "writer":
			r.Authors = append(r.Authors, c.Name)
		case c.Kind == "agency" && r.Agency == nil && c.Role != "photographer":
			r.Agency = &c.Name
		}
	}
	return r
}
