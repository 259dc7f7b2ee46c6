package discover

import (
	"strings"
	"testing"
	"time"
)

func TestAFeedSaysHowItAsksToBeRead(t *testing.T) {
	for name, tc := range map[string]struct {
		channel     string
		ttl, period time.Duration
		quiet       string // moments of the week from Sunday 22 November 2026 on
		loud        string
	}{
		"nothing":                         {"", 0, 0, "", "Sun 00 Sat 23"},
		"a ttl in minutes":                {"<ttl>90</ttl>", 90 * time.Minute, 0, "", ""},
		"a ttl beyond a day is a day":     {"<ttl>99999999999</ttl>", 24 * time.Hour, 0, "", ""},
		"a ttl that is none":              {"<ttl>soon</ttl><ttl>-5</ttl>", 0, 0, "", ""},
		"a period":                        {"<sy:updatePeriod> Hourly </sy:updatePeriod>", 0, time.Hour, "", ""},
		"several updates in a period":     {"<sy:updateFrequency>4</sy:updateFrequency><sy:updatePeriod>daily</sy:updatePeriod>", 0, 6 * time.Hour, "", ""},
		"a long period is a day":          {"<sy:updatePeriod>yearly</sy:updatePeriod>", 0, 24 * time.Hour, "", ""},
		"a period that is none":           {"<sy:updatePeriod>often</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>", 0, 0, "", ""},
		"hours of quiet":                  {"<skipHours><hour>0</hour><hour>3</hour><hour>99</hour><hour>x</hour></skipHours>", 0, 0, "Sun 00 Wed 03", "Sun 01 Wed 04"},
		"the last hour as 24":             {"<skipHours><hour>24</hour></skipHours>", 0, 0, "Mon 00", "Mon 23"},
		"days of quiet":                   {"<skipDays><day>Saturday</day><day>sunday</day><day>Holiday</day></skipDays>", 0, 0, "Sun 12 Sat 23", "Mon 00 Fri 23"},
		"behind the items":                {"<item><link>https://a.example/a</link><hour>5</hour></item><skipHours><hour>4</hour></skipHours>", 0, 0, "Mon 04", "Mon 05"},
		"quiet for ever is not meant":     {"<skipDays><day>Sunday</day><day>Monday</day><day>Tuesday</day><day>Wednesday</day><day>Thursday</day><day>Friday</day><day>Saturday</day></skipDays>", 0, 0, "", "Sun 00 Mon 12"},
		"quiet on a day and in some hour": {"<skipDays><day>Monday</day></skipDays><skipHours><hour>0</hour></skipHours>", 0, 0, "Mon 12 Tue 00", "Tue 01"},
	} {
		d, err := Read(strings.NewReader(`<rss xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"><channel>`+tc.channel+`</channel></rss>`), "", "https://a.example/", now)
		if err != nil {
			t.Fatal(err)
		}
		if d.TTL != tc.ttl || d.Period != tc.period {
			t.Errorf("%s: %v and %v, want %v and %v", name, d.TTL, d.Period, tc.ttl, tc.period)
		}
		for _, m := range moments(tc.quiet) {
			if end := d.Quiet.End(m); !end.After(m) || end.Minute() != 0 {
				t.Errorf("%s: %v is not quiet", name, m)
			}
		}
		for _, m := range moments(tc.loud) {
			if end := d.Quiet.End(m); !end.Equal(m) {
				t.Errorf("%s: %v is quiet until %v", name, m, end)
			}
		}
	}
}

// moments reads weekdays and hours, each half past in another zone.
func moments(s string) (out []time.Time) {
	for ; len(s) >= 6; s = s[min(7, len(s)):] {
		for d := range 7 {
			at := time.Date(2026, 11, 22+d, 0, 30, 0, 0, time.UTC)
			if at.Format("Mon") == s[:3] {
				at = at.Add(time.Duration(s[4]-'0')*10*time.Hour + time.Duration(s[5]-'0')*time.Hour)
				out = append(out, at.In(time.FixedZone("", 5*3600)))
			}
		}
	}
	return out
}

func TestTheEndOfQuietIsTheFirstHourThatIsNone(t *testing.T) {
	var q Quiet
	q.day("Saturday")
	q.day("Sunday")
	q.hour("0")
	q.hour("1")
	from := time.Date(2026, 11, 28, 9, 12, 0, 0, time.UTC) // a Saturday
	if got, want := q.End(from), time.Date(2026, 11, 30, 2, 0, 0, 0, time.UTC); !got.Equal(want) {
		t.Errorf("%v, want %v", got, want)
	}
}
