package site

import (
	_ "embed"
	"slices"
)

//go:embed schema.json
var schema []byte

// Schema is the JSON Schema of the file, for editors; go generate makes it from the types.
func Schema() []byte { return slices.Clone(schema) }
