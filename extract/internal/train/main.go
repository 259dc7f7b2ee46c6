// Command train makes the weights of the block model from corpora of pages with
// their true text. The held-out tenth of publishers is never read. With -folds it
// also writes five models, each trained without a fifth of the publishers, for an
// honest measurement, and with those the weights of the page kind. make train runs it; the same corpora give the same bytes.
package main

import (
	"flag"
	"fmt"
	"os"

	"github.com/dateline-go/dateline/extract"
	"github.com/dateline-go/dateline/extract/evaluate"
)

func main() {
	corpora := flag.String("corpora", "", "folder of unpacked corpora")
	out := flag.String("o", "extract/internal/body/model/blocks.bin", "file to write")
	folds := flag.String("folds", "", "folder for the fold models")
	kind := flag.String("kind", "extract/kind.tsv", "file for the weights of the page kind; needs -folds")
	onlyKind := flag.Bool("only-kind", false, "train the page kind only, with the fold models that stand in -folds")
	ablation := flag.String("ablation", "", "write nothing, but print what each step adds and what the groups of features named here, or \"all\", are worth; \"steps\" for the steps alone")
	flag.Parse()
	var err error
	switch {
	case *ablation != "":
		err = ablate(*corpora, *ablation)
	case !*onlyKind:
		err = run(*corpora, *out, *folds)
	}
	if err == nil && *ablation == "" && *folds != "" {
		var models []*extract.Model
		if models, err = evaluate.LoadFolds(*folds); err == nil {
			err = trainKind(*corpora, models, *kind)
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}
