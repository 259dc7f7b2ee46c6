package fetch

import (
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// maxRetryAfter is the longest wait that an answer can ask for.
const maxRetryAfter = 24 * time.Hour

// dateForms are the dates met in headers beyond the three of http.ParseTime (RFC 9110 5.6.7).
var dateForms = []string{
	"Mon, 02 Jan 2006 15:04:05 -0700", "Mon, 2 Jan 2006 15:04:05 -0700",
	"Mon, 2 Jan 2006 15:04:05 MST", "Monday, 02-Jan-2006 15:04:05 MST", "Mon, 02-Jan-2006 15:04:05 MST",
	"2 Jan 2006 15:04:05 MST", "2 Jan 2006 15:04:05 -0700",
	time.RFC3339, "2006-01-02T15:04:05", "2006-01-02 15:04:05",
}

// retryAfter is the wait that h asks for: seconds or a date (RFC 9110 10.2.3), a date being read
// against the answer's own Date, so that a server with a wrong clock is still understood. Junk and
// what has passed are 0; nothing is over a day.
func retryAfter(h http.Header, now time.Time) time.Duration {
	v := strings.TrimSpace(h.Get("Retry-After"))
	if v == "" {
		return 0
	}
	if n, err := strconv.ParseFloat(v, 64); err == nil {
		if math.IsNaN(n) || n <= 0 {
			return 0
		}
		return time.Duration(math.Ceil(min(n, maxRetryAfter.Seconds()))) * time.Second
	}
	at, ok := httpDate(v)
	if !ok {
		return 0
	}
	if sent, ok := httpDate(h.Get("Date")); ok {
		now = sent
	}
	return min(max(at.Sub(now), 0), maxRetryAfter)
}

// httpDate reads a date of a header in any form that is met; without a zone it is UTC.
func httpDate(v string) (time.Time, bool) {
	v = strings.TrimSpace(v)
	if t, err := http.ParseTime(v); err == nil {
		return t, true
	}
	for _, form := range dateForms {
		t, err := time.Parse(form, v)
		if err != nil {
			continue
		}
		if name, offset := t.Zone(); offset == 0 && name != "UTC" && name != "GMT" && name != "" && name != "Z" {
			return time.Time{}, false // a zone by name that Go does not know
		}
		return t, true
	}
	return time.Time{}, false
}

// maxAge is what Cache-Control promises, at most a day; ok is false where it says nothing.
func maxAge(h http.Header) (d time.Duration, ok bool) {
	for part := range strings.SplitSeq(strings.Join(h.Values("Cache-Control"), ","), ",") {
		key, value, _ := strings.Cut(strings.TrimSpace(part), "=")
		switch strings.ToLower(key) {
		case "no-store", "no-cache":
			return 0, true
		case "max-age":
			n, err := strconv.ParseInt(strings.Trim(value, `" `), 10, 64)
			if err == nil && n >= 0 {
				d, ok = time.Duration(min(n, 24*3600))*time.Second, true
			}
		}
	}
	return d, ok
}

// mayKeep says whether the validators of an answer may be kept: not where it forbids storing.
func mayKeep(h http.Header) bool {
	if strings.TrimSpace(h.Get("Expires")) == "0" {
		return false
	}
	return !strings.Contains(strings.ToLower(strings.Join(h.Values("Cache-Control"), ",")), "no-store")
}
