package discover

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
)

// maxJSON is what is read of a JSON Feed: an item of it is in memory as a whole.
const maxJSON = 16 << 20

// readJSON reads JSON Feed 1.x (https://www.jsonfeed.org/version/1.1/), an item at a time.
func readJSON(in io.Reader, base string, d *Document) error {
	dec := json.NewDecoder(&bounded{in, maxJSON})
	dec.UseNumber()
	var version string
	err := eachMember(dec, func(name string) error {
		switch strings.ToLower(name) {
		case "version":
			return value(dec, &version)
		case "title":
			return value(dec, &d.Title)
		case "language":
			return value(dec, &d.Language)
		case "items":
			return readItems(dec, base, d)
		}
		return value(dec, &json.RawMessage{})
	})
	if !strings.Contains(version, "jsonfeed") && d.Len() == 0 {
		return fmt.Errorf("%w: JSON, but no JSON Feed", ErrUnread)
	}
	d.Kind, d.Full = Feed, err == errFull
	d.Cut = err != nil && !d.Full
	return nil
}

// eachMember calls f before the value of each member of an object.
func eachMember(dec *json.Decoder, f func(name string) error) error {
	if _, err := dec.Token(); err != nil {
		return err
	}
	for dec.More() {
		name, err := dec.Token()
		if err != nil {
			return err
		}
		if err := f(fmt.Sprint(name)); err != nil {
			return err
		}
	}
	_, err := dec.Token()
	return err
}

// value reads a value; one of another type is none.
func value(dec *json.Decoder, to any) error {
	var other *json.UnmarshalTypeError
	if err := dec.Decode(to); err != nil && !errors.As(err, &other) {
		return err
	}
	return nil
}

var errFull = errors.New("more entries than are read")

func readItems(dec *json.Decoder, base string, d *Document) error {
	if open, err := dec.Token(); err != nil || open != json.Delim('[') {
		return errors.Join(err, ErrUnread)
	}
	for dec.More() {
		var it struct {
			ID            any
			URL           string `json:"url"`
			External      string `json:"external_url"`
			Title         string
			DatePublished string `json:"date_published"`
			DateModified  string `json:"date_modified"`
			Language      string
		}
		if err := value(dec, &it); err != nil {
			return err
		}
		e := Entry{URL: it.URL, Title: it.Title, Published: it.DatePublished, Updated: it.DateModified, Language: it.Language}
		if it.ID != nil {
			e.GUID = fmt.Sprint(it.ID)
		}
		if e.URL == "" {
			e.URL = it.External
		}
		if e.URL == "" && isAddress(e.GUID) {
			e.URL = e.GUID
		}
		if e.Updated == "" {
			e.Updated = e.Published
		}
		if d.Len() == maxEntries {
			return errFull
		}
		d.entries.add(base, e)
	}
	_, err := dec.Token()
	return err
}

// readLines reads a sitemap of plain text: one address a line, nothing else.
func readLines(in *bufio.Reader, base string, d *Document) error {
	d.Kind = Sitemap
	for {
		line, err := in.ReadSlice('\n')
		whole := err == nil || err == io.EOF // else it broke off here
		s := string(bytes.TrimSpace(line))
		switch {
		case !whole && err != bufio.ErrBufferFull:
			d.Cut = true
			return nil
		case d.Len() == maxEntries && s != "":
			d.Full = true
			return nil
		case s != "" && !isAddress(s):
			d.Kind = ""
			return fmt.Errorf("%w: plain text that is no list of addresses", ErrUnread)
		case s != "":
			d.entries.add(base, Entry{URL: s})
		}
		if err != nil {
			return nil
		}
	}
}

func isAddress(s string) bool {
	return (strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://")) && len(s) < 2000 && !strings.ContainsAny(s, " \t<>")
}
