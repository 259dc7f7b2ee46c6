package crawler

import (
	"encoding/json"
	"testing"
	"time"
)

func TestSecondsAreShownToTheMillisecondBelowTen(t *testing.T) {
	for _, c := range []struct {
		name       string
		d          time.Duration
		text, json string
	}{
		{"nothing", 0, "0s", "0"},
		{"the gap of a fast server", 100 * time.Millisecond, "100ms", "0.1"},
		{"a gap that was measured", 1234567 * time.Microsecond, "1.235s", "1.235"},
		{"the last that has milliseconds", 9999400 * time.Microsecond, "9.999s", "9.999"},
		{"what the milliseconds round to ten", 9999600 * time.Microsecond, "10s", "10"},
		{"more than ten", 10600 * time.Millisecond, "11s", "11"},
		{"hours", 2*time.Hour + 400*time.Millisecond, "2h0m0s", "7200"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Seconds(c.d).String(); got != c.text {
				t.Errorf("printed as %q, want %q", got, c.text)
			}
			if got, err := json.Marshal(Seconds(c.d)); err != nil || string(got) != c.json {
				t.Errorf("in JSON %s (%v), want %s", got, err, c.json)
			}
			var back Seconds
			if err := json.Unmarshal([]byte(c.json), &back); err != nil || back.String() != c.text {
				t.Errorf("%s is read as %v, %v", c.json, back, err)
			}
		})
	}
}
