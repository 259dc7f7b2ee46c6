package main

import (
	"bufio"
	"encoding/json"
	"strings"

	"github.com/dateline-go/dateline/normalize"
)

// lineNormalizers are the commands under normalize.
var lineNormalizers = []lineNormalizer{
	{"date", "Read dates as printed or as written by programs", []string{"input", "lang", "country", "now", "kind"}, dateAnswer},
	{"byline", "Read credit lines", []string{"input", "lang", "publisher"}, bylineAnswer},
	{"url", "Normalise addresses, with their identity", []string{"input", "base"}, urlAnswer},
	{"text", "Clean text", []string{"input", "kind"}, textAnswer},
	{"language", "Find the language of texts", []string{"input", "lang"}, languageAnswer},
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
		Lang: hint("lang"), Country: strings.ToUpper(hint("country")), Now: now, Machine: hint("kind") == "attr",
	})
	if explain {
		return explained{a, a.Explain}, nil
	}
	return a, nil
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
		return explained{a, "decided by " + v.Source}, nil
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
