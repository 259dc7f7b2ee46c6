package extract

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/dateline-go/dateline"
)

const seed = "../../shared/seed/china-daily-2021-05-29.txt"

// seedPage puts a text save of the seed's layout back into the markup that the
// house used: hidden share block, breadcrumb, info line, body, foot.
func seedPage(text string) string {
	paras := strings.Split(strings.TrimSpace(text), "\n\n")
	crumb := strings.Split(paras[0], "\n")
	foot := strings.Split(paras[len(paras)-2], "\n")
	title, info, body := paras[1], paras[2], paras[3:len(paras)-2]
	var b strings.Builder
	fmt.Fprintf(&b, `<html><head><title>%s - Chinadaily.com.cn</title></head><body>
<div style="display:none"><h1>%s</h1></div><div class="topNav"><a>%s</a></div>
<div class="main_art"><div class="bread"><a>Home</a> | <a>%s</a></div><h1>%s</h1>
<div class="info"><span class="info_l">%s</span><span class="info_r"><a>Share</a></span></div><div id="Content">`,
		title, title, crumb[0], strings.TrimPrefix(crumb[1], "Home | "), title, info)
	for _, p := range body {
		fmt.Fprintf(&b, "<p>%s</p>\n", p)
	}
	fmt.Fprintf(&b, `</div></div><div class="foot"><div>%s</div><a id="totop">%s</a><p>%s</p><span>%s</span><span>%s</span></div></body></html>`,
		foot[0], foot[1], foot[2], foot[3], paras[len(paras)-1])
	return b.String()
}

func TestTheSeedGivesItsRecord(t *testing.T) {
	text, err := os.ReadFile(seed)
	if err != nil {
		t.Skip("the seed page is not here: ", err)
	}
	for name, in := range map[string]Input{
		"as text": {Name: "seed.txt", Body: text, Format: FormatText},
		"as html": {Name: "seed.html", Body: []byte(seedPage(string(text))), URL: "https://www.chinadaily.com.cn/a/202105/29/x.html"},
	} {
		t.Run(name, func(t *testing.T) {
			res, err := Extract(in)
			if err != nil {
				t.Fatal(err)
			}
			checkSeed(t, res.Record)
			paras := strings.Split(strings.TrimSpace(string(text)), "\n\n")
			if want := strings.Join(paras[3:len(paras)-2], "\n\n"); res.Record.Text != want {
				t.Errorf("the text is not the body to the letter: %q", res.Record.Text)
			}
			if foot := strings.Split(paras[len(paras)-2], "\n"); res.Record.Copyright != foot[2] {
				t.Errorf("copyright = %q", res.Record.Copyright)
			}
		})
	}
}

func checkSeed(t *testing.T, r dateline.Record) {
	for _, c := range []struct{ field, got, want string }{
		{"title", r.Title, "China, DPRK to further advance friendship, cooperation"},
		{"byline", r.Byline, "By ZHANG YUNBI | China Daily | Updated: 2021-05-29 07:47"},
		{"authors", strings.Join(r.Authors, ";"), "Zhang Yunbi"},
		{"publisher", r.Publisher, "China Daily"},
		{"section", r.Section, "Diplomacy"},
		{"modified", r.Modified, "2021-05-29T07:47:00+08:00"},
		{"published", r.Published, "2021-05-29T07:47:00+08:00"},
		{"license", r.License, "License for publishing multimedia online 0108263"},
		{"notices", strings.Join(r.Notices, ";"), "Registration Number: 130349"},
	} {
		if c.got != c.want {
			t.Errorf("%s = %q, want %q", c.field, c.got, c.want)
		}
	}
	if d := r.Dates.Modified; d == nil || d.Inferred || d.Precision != "minute" || d.Zone != "Asia/Shanghai" || d.ZoneSource != "publisher" {
		t.Errorf("evidence of modified = %+v", d)
	}
	if d := r.Dates.Published; d == nil || !d.Inferred || d.Precision != "minute" || d.Zone != "Asia/Shanghai" || d.ZoneSource != "publisher" {
		t.Errorf("evidence of published = %+v", d)
	}
	if !strings.HasPrefix(r.Text, "China and the Democratic") || !strings.HasSuffix(r.Text, "from a long-term perspective, Wang added.") || len(r.Blocks) != 14 {
		t.Errorf("text runs from %.40q, %d blocks", r.Text, len(r.Blocks))
	}
	if !strings.HasPrefix(r.Copyright, "Copyright 1995 - .") {
		t.Errorf("copyright = %.60q", r.Copyright)
	}
	for _, noise := range []string{"xi's moments", "Home | Diplomacy", "Global Edition", "BACK TO THE TOP"} {
		if strings.Contains(r.Text, noise) {
			t.Errorf("text holds %q", noise)
		}
	}
}
