package dateline

import (
	_ "embed"
	"slices"
)

//go:generate go run ./internal/schemagen

// Version is the version of Dateline, as Record.Extractor and `dateline version` print it.
const Version = "0.1.0"

//go:embed schema.json
var schemaJSON []byte

// JSONSchema is the JSON Schema (draft 2020-12) of a Record. It is made from the
// Go types by go generate; every record validates against it.
func JSONSchema() []byte { return slices.Clone(schemaJSON) }
