// Command schemagen makes schema.json and docs/record.md from the types of
// record.go, and the schema of sites.yaml from those of crawler/internal/site: their
// fields, tags and doc comments. Run it by go generate in the root of the module.
package main

import (
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	files, err := generate(".")
	for name, text := range files {
		if err == nil {
			err = os.WriteFile(name, text, 0o644)
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "schemagen:", err)
		os.Exit(1)
	}
}

// generate makes the files from the module at root, by their names.
func generate(root string) (map[string][]byte, error) {
	at := func(name string) string { return filepath.Join(root, filepath.FromSlash(name)) }
	record, err := readTypes(at("record.go"), "json")
	if err != nil {
		return nil, err
	}
	sites, err := readTypes(at("crawler/internal/site/site.go"), "yaml")
	if err != nil {
		return nil, err
	}
	return map[string][]byte{
		at("schema.json"):                       record.schema(),
		at("docs/record.md"):                    record.markdown(),
		at("crawler/internal/site/schema.json"): sites.sitesSchema(),
	}, nil
}
