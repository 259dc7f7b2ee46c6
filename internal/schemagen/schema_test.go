package main

import (
	"bytes"
	"os"
	"testing"
)

func TestSchemasAndDocsAreThoseOfTheTypes(t *testing.T) {
	files, err := generate("../..")
	if err != nil {
		t.Fatal(err)
	}
	for file, want := range files {
		got, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s is stale: run go generate", file)
		}
	}
}
