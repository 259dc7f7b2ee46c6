// Package dateline is the record that Dateline makes of a news page.
package dateline
