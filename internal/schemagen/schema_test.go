package main

import (
	"bytes"
	"os"
	"testing"
)

func TestSchemaAndDocsAreThoseOfTheTypes(t *testing.T) {
	types, err := readTypes("../../record.go")
	if err != nil {
		t.Fatal(err)
	}
	for file, want := range map[string][]byte{"../../schema.json": types.schema(), "../../docs/record.md": types.markdown()} {
		got, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s is stale: run go generate", file)
		}
	}
}
