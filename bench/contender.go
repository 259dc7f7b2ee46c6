package main

import (
	"bytes"
	"cmp"
	"io"
	"net/url"
	"strings"
	"time"

	readability "codeberg.org/readeck/go-readability/v2"
	"github.com/markusmobius/go-trafilatura"
	"golang.org/x/net/html"

	"github.com/dateline-go/dateline/extract"
	"github.com/dateline-go/dateline/extract/evaluate"
)

// A contender turns the bytes of a page into something; predict is absent where
// it has no article to show.
type contender struct {
	name    string
	run     func(pg *evaluate.Page, body []byte) error
	predict func(pg *evaluate.Page, body []byte) evaluate.Prediction
}

// contenders are all that is measured, the unit of the ratios first.
func contenders() []contender {
	return []contender{
		{name: "html.Parse", run: func(_ *evaluate.Page, body []byte) error {
			_, err := html.Parse(bytes.NewReader(body))
			return err
		}},
		{name: "dateline", run: dateline},
		{name: "readeck/go-readability", run: ranBy(readeck), predict: predictedBy(readeck)},
		{name: "go-trafilatura", run: ranBy(trafila), predict: predictedBy(trafila)},
	}
}

// dateline goes the whole way: bytes to a line of JSON.
func dateline(pg *evaluate.Page, body []byte) error {
	in := extract.Input{Name: pg.File, URL: pg.URL, Body: body}
	if pg.Charset != "" {
		in.ContentType = "text/html; charset=" + pg.Charset
	}
	if t, err := time.Parse(time.DateOnly, pg.Crawled); err == nil {
		in.Fetched = t.Add(24*time.Hour - time.Second)
	}
	res, err := extract.Extract(in)
	if err != nil {
		return err
	}
	_, err = io.Discard.Write(append(res.Record.AppendJSON(nil), '\n'))
	return err
}

// A peer is another library's way from a page to a prediction.
type peer func(pg *evaluate.Page, body []byte) (evaluate.Prediction, error)

func ranBy(p peer) func(*evaluate.Page, []byte) error {
	return func(pg *evaluate.Page, body []byte) error {
		_, err := p(pg, body)
		return err
	}
}

// predictedBy gives an empty prediction where the peer fails, as evaluate does for ours.
func predictedBy(p peer) func(*evaluate.Page, []byte) evaluate.Prediction {
	return func(pg *evaluate.Page, body []byte) evaluate.Prediction {
		pred, err := p(pg, body)
		if err != nil {
			return evaluate.Prediction{ID: pg.ID}
		}
		return pred
	}
}

// readeck is go-readability as its README calls it.
func readeck(pg *evaluate.Page, body []byte) (evaluate.Prediction, error) {
	art, err := readability.FromReader(bytes.NewReader(body), addressOf(pg))
	if err != nil {
		return evaluate.Prediction{}, err
	}
	var text strings.Builder
	if art.Node != nil {
		if err := art.RenderText(&text); err != nil {
			return evaluate.Prediction{}, err
		}
	}
	lang := art.Language()
	pred := evaluate.Prediction{ID: pg.ID, Title: art.Title(), Text: text.String(), Lang: &lang, Authors: names(art.Byline(), ",")}
	if t, err := art.PublishedTime(); err == nil {
		pred.Published = t.Format(time.RFC3339)
	}
	if t, err := art.ModifiedTime(); err == nil {
		pred.Updated = t.Format(time.RFC3339)
	}
	return pred, nil
}

// trafila is go-trafilatura with its fallbacks and without comments, its most accurate form.
func trafila(pg *evaluate.Page, body []byte) (evaluate.Prediction, error) {
	res, err := trafilatura.Extract(bytes.NewReader(body), trafilatura.Options{
		OriginalURL: addressOf(pg), EnableFallback: true, ExcludeComments: true,
	})
	if err != nil {
		return evaluate.Prediction{}, err
	}
	m := res.Metadata
	pred := evaluate.Prediction{
		ID: pg.ID, Title: m.Title, Text: res.ContentText, Lang: &m.Language, Tags: m.Tags, Authors: names(m.Author, ";"),
	}
	if !m.Date.IsZero() {
		pred.Published = m.Date.Format(time.DateOnly)
	}
	if len(m.Categories) > 0 {
		pred.Section = m.Categories[0]
	}
	return pred, nil
}

// names cuts a peer's one string of authors at its mark.
func names(s, mark string) []string {
	var out []string
	for name := range strings.SplitSeq(s, mark) {
		if name = strings.TrimSpace(name); name != "" {
			out = append(out, name)
		}
	}
	return out
}

// addressOf is the page's URL, one that names no site where it is unknown.
func addressOf(pg *evaluate.Page) *url.URL {
	u, err := url.Parse(cmp.Or(pg.URL, "https://news.example/page"))
	if err != nil {
		return &url.URL{Scheme: "https", Host: "news.example", Path: "/page"}
	}
	return u
}
