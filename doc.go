// Package dateline is the record that Dateline makes of a news page, with its JSON
// Schema. It imports nothing of the rest; the house around it:
//
//	record.go schema.go      Record and its parts, JSONSchema
//	cmd/dateline             the program: one file a command
//	crawler                  from sites to pages: Run and its sisters
//	extract                  from the bytes of a page to a Record: Extract; one file a field
//	extract/inspect          why a page gave its record, as a page for the browser
//	normalize                from printed strings to values: Date, Byline, URL, Text, Language
//	normalize/lexicon        the words of human languages, a file each
//	output                   from records to bytes: Writer, File
//	fixtures                 saved pages against accepted records; newsite, a site to crawl in tests
//	eval extract/evaluate    how good it is on public corpora
//	bench                    the peers side by side, a module of its own
//
// Imports only go down in the order crawler, extract, normalize and output, dateline.
//
// The way of a page: cmd/dateline reads its bytes, or crawler fetches them. extract.Extract
// decodes them, parses the text in one walk over the tree, chooses the blocks of the
// body, gathers candidates for each field, normalizes and chooses between them, and
// builds the Record, once. output writes it as a line of JSON. docs/architecture.md
// names the file of each step.
package dateline
