package normalize

import (
	"strings"
	"testing"
)

// The steps of notes/crawling.md 3.2: addresses that are one page, and pitfalls that look like it and are two.
func TestSection32_EachStepOfTheKeyAndItsPitfall(t *testing.T) {
	const a = "https://a.example/x"
	for step, tc := range map[string]struct{ same, other []string }{
		"trim":          {[]string{" " + a + "\n", "<![CDATA[" + a + "]]>", "https://a.example/x\t"}, nil},
		"scheme, host":  {[]string{"http://a.example/x", "HTTPS://A.EXAMPLE/x", "https://a.example./x", "https://me:pw@a.example/x"}, []string{"https://b.a.example/x"}},
		"port":          {[]string{"https://a.example:443/x", "http://a.example:80/x"}, []string{"https://a.example:8443/x"}},
		"www, m., amp.": {nil, []string{"https://www.a.example/x", "https://m.a.example/x", "https://amp.a.example/x"}},
		"path case":     {nil, []string{"https://a.example/X"}},
		"dot segments":  {[]string{"https://a.example/b/../x", "https://a.example/./x", "https://a.example//x"}, nil},
		"percent":       {[]string{"https://a.example/%78"}, []string{"https://a.example/%2Fx", "https://a.example/x%3F"}},
		"slash":         {[]string{a + "/"}, nil},
		"fragment":      {[]string{a + "#top", a + "#"}, []string{a + "#!/news/7"}},
		"index page":    {[]string{a + "/index.html", a + "/index.php", a + "/default.aspx", a + "/home.html"}, []string{a + "/index.php?option=7", a + "/index.cfm"}},
		"session ids":   {[]string{a + ";jsessionid=A1B2", a + "?PHPSESSID=0123456789abcdef", a + "?sid=0123456789abcdef"}, []string{a + "?sid=3"}},
		"AMP cache":     {[]string{"https://a-example.cdn.ampproject.org/c/s/a.example/x"}, []string{a + "/amp"}},
		"rarely tracking": {nil, []string{a + "?ref=7x", a + "?source=7", a + "?share=7", a + "?mod=7", a + "?cid=7", a + "?st=7", a + "?s=7", a + "?r=7", a + "?te=7",
			a + "?nl=7", a + "?lp=7", a + "?feature=7", a + "?gallery=7", a + "?cidade=7", a + "?global=7", a + "?reference=7", a + "?refid=7", a + "?sort=7"}},
	} {
		want := URLKey(a)
		for _, s := range tc.same {
			if got := URLKey(s); got != want {
				t.Errorf("%s: %q has the key %q", step, s, got)
			}
		}
		for _, s := range tc.other {
			if got := URLKey(s); got == want || got == "" {
				t.Errorf("%s: %q has the key %q", step, s, got)
			}
		}
	}
	for x, y := range map[string]string{ // one page each, but not the one above
		a + "?b=1&a=2": a + "?a=2&b=1", a + "?a=%c3%bc": a + "?a=ü", "https://a.example/%e6%96%b0": "https://a.example/新", "https://bücher.example/x": "https://xn--bcher-kva.example/x",
		a + "?a=1&amp;b=2": a + "?a=1&b=2",
	} {
		if URLKey(x) != URLKey(y) || URLKey(x) == "" {
			t.Errorf("%q and %q are two: %q %q", x, y, URLKey(x), URLKey(y))
		}
	}
	for x, y := range map[string]string{ // two pages each
		a + "?a=1&a=2": a + "?a=2&a=1", a + "?a=1;b=2": a + "?a=1", "https://a.example/%D6%D0": "https://a.example/中", a + "?x=1&copy=1": a + "?x=1",
	} {
		if URLKey(x) == URLKey(y) {
			t.Errorf("%q and %q are one: %q", x, y, URLKey(x))
		}
	}
}

func TestSection32_WhatIsAlwaysStrippedAndWhatNever(t *testing.T) {
	const a = "https://a.example/x"
	always := `gclid gclsrc gbraid wbraid dclid fbclid msclkid twclid ttclid li_fat_id yclid ysclid _openstat igshid igsh mibextid mc_cid mc_eid mkt_tok hsCtaTracking
_ga _gl _ke s_cid s_kwcid ncid icid cmpid ocid cvid xtor wprov ved ei usqp srsltid sca_esv spm scm guccounter guce_referrer guce_referrer_sig amp_js_v amp_gsa
__twitter_impression __tn__ ref_src ref_url trk trkCampaign ftag ftcamp smid smtyp taid traffic_source campaign_id emc gaa_at gaa_n gaa_sig gaa_ts sthash echobox
feedName feedType wprss rss hss_channel sfnsn reflink tpcc ITO cn-track
utm_x mtm_x pk_x piwik_x matomo_x hsa_x _hsx __hsx vero_x oly_x at_x ns_x fb_x sc_x ml_x itm_x wt_x WT.x`
	for _, name := range strings.Fields(always) {
		if got := URLKey(a + "?" + name + "=1"); got != a {
			t.Errorf("%s stays: %s", name, got)
		}
	}
	never := `id p aid nid newsid news_id artid article_id storyid story_id docid doc_id content_id contentid idx no seq oid page_id post unknown`
	for _, name := range strings.Fields(never) {
		if got := URLKey(a + "?" + name + "=1"); got != a+"?"+name+"=1" {
			t.Errorf("%s goes: %s", name, got)
		}
	}
}
