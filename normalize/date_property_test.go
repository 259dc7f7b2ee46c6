package normalize

import (
	"strings"
	"testing"
	"time"
)

func TestADateReadAgainFromItsOwnTextIsTheSame(t *testing.T) {
	for _, r := range dateRows(t) {
		v, err := Date(r.input, r.hints)
		if err != nil {
			continue
		}
		h := r.hints
		h.Machine = true
		h.Lang, h.Country, h.Zone = "", "", nil
		again, err := Date(v.String(), h)
		if v.Precision == "hour" {
			v.Precision = "minute"
		}
		if err != nil || again.String() != v.String() {
			t.Errorf("line %d: %q gave %s, which reads as %s, %v", r.line, r.input, v, again, err)
		}
	}
}

func TestATimeWithoutAZoneNeverGainsOne(t *testing.T) {
	for _, r := range dateRows(t) {
		h := r.hints
		h.Zone = nil
		v, err := Date(r.input, h)
		if err == nil && v.HasOffset && v.ZoneSource != "explicit" && v.ZoneSource != "abbreviation" && v.ZoneSource != "reference" {
			t.Errorf("line %d: %q gained a zone: %s from %s", r.line, r.input, v, v.ZoneSource)
		}
	}
}

func TestTheZoneOfTheMachineChangesNothing(t *testing.T) {
	rows := dateRows(t)
	before := make([]string, len(rows))
	for i, r := range rows {
		before[i] = answerRow(DateAnswer(r.input, r.hints))
	}
	saved := time.Local
	defer func() { time.Local = saved }()
	time.Local = time.FixedZone("elsewhere", 13*3600)
	for i, r := range rows {
		if got := answerRow(DateAnswer(r.input, r.hints)); got != before[i] {
			t.Errorf("line %d: %q gave %s, then %s", r.line, r.input, before[i], got)
		}
	}
}

func TestSpacesAndDigitsOfAnotherScriptChangeNothing(t *testing.T) {
	wide := strings.NewReplacer("0", "０", "1", "１", "2", "２", "3", "３", "4", "４", "5", "５", "6", "６", "7", "７", "8", "８", "9", "９")
	for _, r := range dateRows(t) {
		if strings.ContainsAny(r.input, "&#{") {
			continue // entities and templates are not text
		}
		want := answerRow(DateAnswer(r.input, r.hints))
		for _, s := range []string{
			" " + r.input + "\u00a0",
			strings.ReplaceAll(r.input, " ", "\u00a0"),
			strings.ReplaceAll(r.input, " ", "  "),
			"\u200e" + r.input + "\u200f",
			wide.Replace(r.input),
		} {
			if got := answerRow(DateAnswer(s, r.hints)); got != want {
				t.Errorf("line %d: %q gave %s, want %s", r.line, s, got, want)
			}
		}
	}
}

func TestCaseChangesNothing(t *testing.T) {
	for _, r := range dateRows(t) {
		if strings.Contains(r.input, "&") {
			continue // an entity has a case
		}
		want := answerRow(DateAnswer(r.input, r.hints))
		for _, s := range []string{strings.ToLower(r.input), strings.ToUpper(r.input)} {
			if !strings.EqualFold(s, r.input) || strings.ContainsAny(r.input, "ßŉİı") {
				continue // the case of these letters cannot be turned back
			}
			if got := answerRow(DateAnswer(s, r.hints)); got != want {
				t.Errorf("line %d: %q gave %s, want %s", r.line, s, got, want)
			}
		}
	}
}

func TestAHintNeverTurnsOneWallClockIntoAnother(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range dateRows(t) {
		bare, err := Date(r.input, DateHints{Machine: r.hints.Machine})
		if err != nil {
			continue
		}
		for _, h := range []DateHints{{Lang: "en"}, {Country: "US"}, {Country: "GB"}, {Zone: berlin, ZoneSource: "publisher"}, {Order: "mdy"}, {Now: time.Date(2031, 1, 1, 0, 0, 0, 0, time.UTC)}} {
			h.Machine = r.hints.Machine
			v, err := Date(r.input, h)
			if err != nil {
				continue
			}
			bare, v := bare, v
			bare.HasOffset, v.HasOffset = false, false
			if bare.Year == v.Year+100 {
				continue // a year of two digits is the last one that is not in the future
			}
			if bare.String() != v.String() {
				t.Errorf("line %d: %q is %s, with %+v %s", r.line, r.input, bare, h, v)
			}
		}
	}
}

func TestAZoneHintWritesTheOffsetOfThatDay(t *testing.T) {
	paris, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		t.Fatal(err)
	}
	h := DateHints{Zone: paris, ZoneSource: "publisher"}
	for in, want := range map[string]string{
		"2021-05-29 07:47":          "2021-05-29T07:47:00+02:00",
		"2021-01-29 07:47":          "2021-01-29T07:47:00+01:00",
		"2021-01-29":                "2021-01-29",
		"2021-01-29 07:47:00-05:00": "2021-01-29T07:47:00-05:00",
	} {
		v, err := Date(in, h)
		if err != nil || v.String() != want {
			t.Errorf("%q gave %s, %v, want %s", in, v, err, want)
		}
	}
}

func TestIsoDatesAllocateNothing(t *testing.T) {
	if n := testing.AllocsPerRun(100, func() { scanISO("2021-05-29T07:47:12+08:00") }); n != 0 {
		t.Errorf("scanISO allocates %v times", n)
	}
}

func TestPublishersAreFoundByHostParentAndName(t *testing.T) {
	for _, host := range []string{"chinadaily.com.cn", "www.chinadaily.com.cn", "global.chinadaily.com.cn:443", "WWW.CHINADAILY.COM.CN."} {
		p, ok := PublisherOf(host)
		if !ok || p.Name != "China Daily" || p.Zone != "Asia/Shanghai" || p.Country != "CN" || p.Lang != "en" {
			t.Errorf("%s: %+v, %v", host, p, ok)
		}
	}
	if p, ok := PublisherOf("example.com"); ok {
		t.Errorf("example.com is %+v", p)
	}
	if _, ok := PublisherOf("com.cn"); ok {
		t.Error("a public suffix has a publisher")
	}
}

func TestEveryPublisherHasAZoneThatExists(t *testing.T) {
	for host, p := range publisherTableOf().byHost {
		if _, err := Location(p.Zone); err != nil || p.Name == "" || len(p.Country) != 2 || p.Lang == "" {
			t.Errorf("%s: %+v, %v", host, p, err)
		}
	}
	if n := len(publisherTableOf().byHost); n < 500 {
		t.Errorf("the table has %d hosts, want at least 500", n)
	}
}

func TestCountriesWithSeveralPressZonesHaveNone(t *testing.T) {
	for _, c := range []string{"US", "CA", "BR", "MX", "RU", "AU", "ID", "KZ", "CD", "MN", "CL"} {
		if z := CountryZone(c); z != "" {
			t.Errorf("%s has %s", c, z)
		}
	}
	if z := CountryZone("de"); z != "Europe/Berlin" {
		t.Errorf("de has %q", z)
	}
	if c := HostCountry("www.example.co.uk"); c != "GB" {
		t.Errorf("co.uk is of %q", c)
	}
}

func FuzzDate(f *testing.F) {
	for _, r := range dateRows(f) {
		f.Add(r.input, r.hints.Lang, r.hints.Country, r.hints.Machine)
	}
	now := time.Date(2021, 5, 29, 12, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, s, lang, country string, machine bool) {
		h := DateHints{Lang: lang, Country: country, Machine: machine}
		for _, now := range []time.Time{{}, now} {
			h.Now = now
			v, err := Date(s, h)
			if err != nil {
				continue
			}
			again, err := Date(v.String(), DateHints{Machine: true})
			if err != nil || again.String() != v.String() {
				t.Errorf("%q gave %s, which reads as %s, %v", s, v, again, err)
			}
		}
		Dates(s, h)
		DateAnswer(s, h)
	})
}

func BenchmarkDate(b *testing.B) {
	for _, c := range []struct{ name, input, lang string }{
		{"iso", "2021-05-29T07:47:12+08:00", ""},
		{"month", "29. Mai 2021, 07:47 Uhr", "de"},
		{"chinese", "2021年5月29日 07:47", "zh"},
		{"line", "By ZHANG YUNBI | China Daily | Updated: 2021-05-29 07:47", "en"},
		{"miss", "The government on Tuesday announced a plan to cut taxes for small firms", "en"},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Date(c.input, DateHints{Lang: c.lang})
			}
		})
	}
}
