//go:build deps

// Package deps names the module that the project has settled on and does not import yet: goquery, for the
// selectors of sites.yaml.
package deps

import _ "github.com/PuerkitoBio/goquery"
