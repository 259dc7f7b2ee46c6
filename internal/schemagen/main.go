// Command schemagen makes schema.json and docs/record.md from the types of
// record.go: their fields, tags and doc comments. Run it by go generate in the
// root of the module.
package main

import (
	"fmt"
	"os"
)

func main() {
	types, err := readTypes("record.go")
	if err == nil {
		err = os.WriteFile("schema.json", types.schema(), 0o644)
	}
	if err == nil {
		err = os.WriteFile("docs/record.md", types.markdown(), 0o644)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "schemagen:", err)
		os.Exit(1)
	}
}
