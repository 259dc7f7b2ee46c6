package main

import (
	"bytes"
	"time"

	"github.com/markusmobius/go-htmldate"

	"github.com/dateline-go/dateline/extract/evaluate"
)

// datePeers find the date of a page and nothing else, so only their accuracy is measured.
func datePeers() []contender {
	return []contender{
		{name: "go-htmldate fast", predict: predictedBy(htmlDate(true))},
		{name: "go-htmldate extensive", predict: predictedBy(htmlDate(false))},
	}
}

// htmlDate is go-htmldate asked for the date of publication, with or without its
// search through the text.
func htmlDate(fast bool) peer {
	return func(pg *evaluate.Page, body []byte) (evaluate.Prediction, error) {
		res, err := htmldate.FromReader(bytes.NewReader(body), htmldate.Options{
			URL: pg.URL, UseOriginalDate: true, SkipExtensiveSearch: fast,
		})
		if err != nil {
			return evaluate.Prediction{}, err
		}
		pred := evaluate.Prediction{ID: pg.ID}
		if !res.IsZero() {
			pred.Published = res.Format(time.DateOnly)
		}
		return pred, nil
	}
}
