package main

import (
	"bufio"
	"encoding/json"
	"strings"

	"github.com/dateline-go/dateline/normalize"
	"golang.org/x/text/language"
)

// lineNormalizers are the commands under normalize.
var lineNormalizers = []lineNormalizer{
	{
		name: "date", short: "Read dates as printed or as written by programs",
		long: `Read a date, or a line with several, as printed or as written by programs. value has the
precision that was printed; zone_source says where its zone is from, none where it has
none. outcome is ok, ambiguous (day and month can be read both ways: readings has both), partial
(the year is not known), multi (several dates, each with its label in dates) or none.`,
		example: `  echo '29 May 2021, 7.47pm' | dateline normalize date --country GB
  echo '3 hours ago' | dateline normalize date --now 2026-11-23T12:00:00Z
  printf 'input\tlang\n29. Mai 2021\tde\n' | dateline normalize date --tsv --explain`,
		columns: []string{"input", "lang", "country", "now", "kind"}, answer: dateAnswer,
	},
	{
		name: "byline", short: "Read credit lines",
		long: `Read credit lines: who is credited, as what (person, organization, agency) and in which role.
authors are the persons who wrote it.`,
		example: `  echo 'By Ann Bee and Cy Dee, Reuters' | dateline normalize byline
  dateline normalize byline --lang de --publisher 'Hafenblatt' < bylines.txt`,
		columns: []string{"input", "lang", "publisher"}, answer: bylineAnswer,
	},
	{
		name: "url", short: "Normalize addresses, with their identity",
		long: `Normalize addresses: url is what a record shows, without tracking parameters; key is coarser,
tells articles apart and is never fetched. Both are null of what is no web address.`,
		example: `  echo 'https://news.example/a?utm_source=x' | dateline normalize url
  dateline normalize url --base https://news.example/ < links.txt`,
		columns: []string{"input", "base"}, answer: urlAnswer,
	},
	{
		name: "text", short: "Clean text",
		long: `Clean text: spaces, controls, broken encodings, composition. With --kind attr it is the value of an
attribute or of a feed, whose entities are decoded.`,
		example: `  dateline normalize text < lines.txt
  echo 'Fish &amp;amp; chips' | dateline normalize text --kind attr`,
		columns: []string{"input", "kind"}, answer: textAnswer,
	},
	{
		name: "language", short: "Find the language of texts",
		long: `Find the language of texts, a text a line, with its script and direction. --lang is what the page
declares: it is believed unless the text contradicts it with confidence.`,
		example: `  dateline normalize language --explain < texts.txt
  echo 'Der Rat stimmt heute über den Haushalt ab.' | dateline normalize language --lang de`,
		columns: []string{"input", "lang"}, answer: languageAnswer,
	},
}

// explained is an answer with its reasons as a last key.
type explained struct {
	answer  any
	explain string
}

func dateAnswer(input string, hint func(string) string, explain bool) (any, error) {
	now, err := parseNow(hint("now"))
	if err != nil {
		return nil, err
	}
	a := normalize.DateAnswer(input, normalize.DateHints{
		Lang: hint("lang"), Country: country(hint("country")), Now: now, Machine: hint("kind") == "attr",
	})
	if explain {
		return explained{a, a.Explain}, nil
	}
	return a, nil
}

// country is ISO 3166 for what is usual beside it: UK is GB.
func country(s string) string {
	if r, err := language.ParseRegion(s); err == nil {
		return r.Canonicalize().String()
	}
	return strings.ToUpper(s)
}

func bylineAnswer(input string, hint func(string) string, explain bool) (any, error) {
	return normalize.BylineAnswerOf(input, normalize.BylineHints{Lang: hint("lang"), Publisher: hint("publisher")}, explain), nil
}

func urlAnswer(input string, hint func(string) string, explain bool) (any, error) {
	u := normalize.URL(input, hint("base"))
	a := struct {
		URL *string `json:"url"`
		Key *string `json:"key"`
	}{orNull(u), orNull(normalize.URLKey(u))}
	if !explain {
		return a, nil
	}
	why := "kept as given"
	switch {
	case u == "":
		why = "no web address"
	case u != input && hint("base") != "":
		why = "resolved against the base and normalised"
	case u != input:
		why = "normalised"
	}
	return explained{a, why}, nil
}

func textAnswer(input string, hint func(string) string, explain bool) (any, error) {
	clean, rule := normalize.Text, "text"
	if hint("kind") == "attr" {
		clean, rule = normalize.Attr, "attr: entities decoded"
	}
	a := struct {
		Text string `json:"text"`
	}{clean(input)}
	if explain {
		return explained{a, rule}, nil
	}
	return a, nil
}

// languageReasons say by what normalize.Language decided.
var languageReasons = map[string]string{
	"script":   "its script is that of one language of the press",
	"declared": "as declared, which the text does not contradict with confidence",
	"detected": "by the letters and words of the text",
	"":         "the text does not say",
}

func languageAnswer(input string, hint func(string) string, explain bool) (any, error) {
	var h normalize.LanguageHints
	if l := hint("lang"); l != "" {
		h.Declared = []string{l}
	}
	v := normalize.Language(input, h)
	a := struct {
		Language  *string `json:"language"`
		Direction *string `json:"direction"`
		Script    *string `json:"script"`
		Source    *string `json:"source"`
	}{orNull(v.Tag), orNull(v.Direction), orNull(v.Script), orNull(v.Source)}
	if explain {
		return explained{a, languageReasons[v.Source]}, nil
	}
	return a, nil
}

func orNull(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// writeAnswer writes one object and its line end, and flushes.
func writeAnswer(w *bufio.Writer, answer any) error {
	why, withReason := answer.(explained)
	if withReason {
		answer = why.answer
	}
	b, err := marshalPlain(answer)
	if err != nil {
		return err
	}
	if withReason {
		reason, err := marshalPlain(why.explain)
		if err != nil {
			return err
		}
		b = append(b[:len(b)-1], `,"explain":`...)
		b = append(append(b, reason...), '}')
	}
	if _, err := w.Write(append(b, '\n')); err != nil {
		return err
	}
	return w.Flush()
}

// marshalPlain is JSON that leaves <, > and & readable.
func marshalPlain(v any) ([]byte, error) {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	return []byte(strings.TrimSuffix(b.String(), "\n")), nil
}
