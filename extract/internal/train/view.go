package main

import (
	"slices"

	"github.com/dateline-go/dateline/extract/internal/body"
)

// views are the groups of features that each forest of a pass does without. What blocks of the
// same path have in common tells most layouts best, and misleads on one that is like none seen: an
// article whose paragraphs share no path, or share it with the rest of the page. The mean of a
// forest that sees it and of one that does not is right on either (docs/accuracy.md).
var views = [][]string{nil, {"blocks of the same path"}}

// boostViews grows a pass: the mean of a forest for each view. None of them sees the groups
// that are hidden besides.
func boostViews(t *table, groups []body.FeatureGroup, with boosting, hidden ...string) body.Forest {
	var mean body.Forest
	for _, view := range views {
		t.hide(groups, slices.Concat(view, hidden))
		join(&mean, boost(t, with), 1/float32(len(views)))
		with.seed++
	}
	return mean
}

// hide masks the columns of the groups so named, and no others.
func (t *table) hide(groups []body.FeatureGroup, names []string) {
	t.masked = nil
	for _, g := range groups {
		t.masked = append(t.masked, slices.Repeat([]bool{slices.Contains(names, g.Name)}, g.Width)...)
	}
}

// join adds a share of the log odds of a forest to another.
func join(to *body.Forest, f body.Forest, share float32) {
	to.Bias += share * f.Bias
	for _, tree := range f.Trees {
		for i := range tree.Leaf {
			tree.Leaf[i] *= share
		}
		to.Trees = append(to.Trees, tree)
	}
}
