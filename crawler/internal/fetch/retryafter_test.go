package fetch

import (
	"net/http"
	"testing"
	"time"
)

func TestRetryAfterInAllItsForms(t *testing.T) {
	now := time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC)
	tests := []struct {
		name, value, date string
		want              time.Duration
	}{
		{"seconds", "120", "", 2 * time.Minute},
		{"seconds with space", "  120 ", "", 2 * time.Minute},
		{"a fraction is rounded up", "1.5", "", 2 * time.Second},
		{"IMF-fixdate", "Tue, 24 Nov 2026 08:02:00 GMT", "", 2 * time.Minute},
		{"RFC 850", "Tuesday, 24-Nov-26 08:02:00 GMT", "", 2 * time.Minute},
		{"asctime", "Tue Nov 24 08:02:00 2026", "", 2 * time.Minute},
		{"UTC for GMT", "Tue, 24 Nov 2026 08:02:00 UTC", "", 2 * time.Minute},
		{"an offset", "Tue, 24 Nov 2026 10:02:00 +0200", "", 2 * time.Minute},
		{"plus zero", "Tue, 24 Nov 2026 08:02:00 +0000", "", 2 * time.Minute},
		{"ISO 8601", "2026-11-24T08:02:00Z", "", 2 * time.Minute},
		{"against the answer's own clock", "Tue, 24 Nov 2026 03:02:00 GMT", "Tue, 24 Nov 2026 03:00:00 GMT", 2 * time.Minute},
		{"against an own clock that is ahead", "Tue, 24 Nov 2026 12:02:00 GMT", "Tue, 24 Nov 2026 12:00:00 GMT", 2 * time.Minute},
		{"zero is none", "0", "", 0},
		{"a negative is none", "-5", "", 0},
		{"the past is none", "Sun, 06 Nov 1994 08:49:37 GMT", "", 0},
		{"junk is none", "soon", "", 0},
		{"NaN is none", "NaN", "", 0},
		{"a zone nobody knows is none", "Tue, 24 Nov 2026 08:02:00 XYZ", "", 0},
		{"empty is none", "", "", 0},
		{"a day at most", "999999999999", "", 24 * time.Hour},
		{"infinity is a day", "Inf", "", 24 * time.Hour},
		{"a date a day ahead at most", "Tue, 24 Nov 2099 08:02:00 GMT", "", 24 * time.Hour},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			h := http.Header{}
			h.Set("Retry-After", tt.value)
			if tt.date != "" {
				h.Set("Date", tt.date)
			}
			if got := retryAfter(h, now); got != tt.want {
				t.Errorf("%v, want %v", got, tt.want)
			}
		})
	}
}

func FuzzRetryAfter(f *testing.F) {
	for _, s := range []string{"120", "-1", "1e400", "Tue, 24 Nov 2026 08:02:00 GMT", "Tuesday, 24-Nov-26 08:02:00 GMT", "\x00"} {
		f.Add(s, "Tue, 24 Nov 2026 03:00:00 GMT")
	}
	now := time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, value, date string) {
		h := http.Header{"Retry-After": {value}, "Date": {date}}
		if d := retryAfter(h, now); d < 0 || d > maxRetryAfter {
			t.Errorf("%q: %v", value, d)
		}
	})
}
