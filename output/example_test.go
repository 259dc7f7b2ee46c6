package output_test

import (
	"os"

	"github.com/dateline-go/dateline"
	"github.com/dateline-go/dateline/output"
)

func ExampleWriter() {
	w, err := output.NewWriter(os.Stdout, "jsonl", []string{"title", "authors", "published"})
	if err != nil {
		panic(err)
	}
	_ = w.Write(dateline.Record{Title: "A bridge opens", Authors: []string{"Ann Bee"}, Published: "2021-05-29"})
	_ = w.Close()
	// Output: {"title":"A bridge opens","authors":["Ann Bee"],"published":"2021-05-29"}
}
