package extract

import (
	"fmt"
	"testing"
)

func TestACreditIsPartedFromItsCaption(t *testing.T) {
	for caption, want := range map[string][2]string{
		"Tents on the east pier. Photo: Ola Brandt":              {"Tents on the east pier.", "Ola Brandt"},
		"Zelte am Ostkai. (Foto: Ola Brandt/dpa)":                {"Zelte am Ostkai.", "Ola Brandt/dpa"},
		"Zelte am Ostkai © Ola Brandt":                           {"Zelte am Ostkai", "Ola Brandt"},
		"Des tentes sur le quai. Crédit photo : Ola Brandt":      {"Des tentes sur le quai.", "Ola Brandt"},
		"東の桟橋のテント。写真：山田太郎":                                       {"東の桟橋のテント。", "山田太郎"},
		"Палатки на причале. Фото: Иван Петров / ТАСС":           {"Палатки на причале.", "Иван Петров / ТАСС"},
		"The mayor said: nobody sleeps here.":                    {"The mayor said: nobody sleeps here.", ""},
		"A photo of the mayor: nobody knows who took it in 1912": {"A photo of the mayor: nobody knows who took it in 1912", ""},
		"Tents on the pier. Photo by Ola Brandt / Nordfoto":      {"Tents on the pier.", "Ola Brandt / Nordfoto"},
		"Tents on the pier (Photo courtesy of Ola Brandt)":       {"Tents on the pier", "Ola Brandt"},
		"Photograph by Ola Brandt":                               {"", "Ola Brandt"},
		"A boat on the quay. Photo by night and by day.":         {"A boat on the quay. Photo by night and by day.", ""},
		"Tents on the pier. Photo: © Ola Brandt":                 {"Tents on the pier.", "Ola Brandt"},
		"": {"", ""},
	} {
		text, credit := splitCredit(caption)
		if text != want[0] || credit != want[1] {
			t.Errorf("%q: %q, %q, want %q", caption, text, credit, want)
		}
	}
}

func TestWhatStandsBeforeTheNameIsCutOffACredit(t *testing.T) {
	for credit, want := range map[string]string{
		"Photo by Ola Brandt": "Ola Brandt", "Photo courtesy of Ola Brandt": "Ola Brandt", "© Ola Brandt": "Ola Brandt", "Copyright": "", "Copyright AP": "AP",
		"Foto: Ola Brandt": "Ola Brandt", "(Ola Brandt)": "Ola Brandt", "Photo Agency Nord": "Photo Agency Nord",
	} {
		if got := cutCreditLabel(credit); got != want {
			t.Errorf("%q: %q, want %q", credit, got, want)
		}
	}
}

func TestSizesOfOnePictureAreOneAsset(t *testing.T) {
	for a, b := range map[string]string{
		"https://a.example/i/harbour-tents-300x200.jpg":                        "https://a.example/i/harbour-tents.jpg",
		"https://a.example/i/harbour-tents-scaled.jpg?w=1200":                  "https://cdn.example/x/harbour-tents-1024x682.webp",
		"https://a.example/i/480/harbour-tents.jpg.webp":                       "https://a.example/i/harbour-tents.jpg",
		"https://a.example/242202/242202_1714_v16_9_1600.jpeg":                 "https://a.example/242202/242202_1714_v16_9_1200.jpeg",
		"https://a.example/photos/186366/3/rawImage.jpg":                       "https://a.example/photos/186366/3/920x920.jpg",
		"https://a.example/1200/570/q_80/1072476.jpg":                          "https://a.example/960/540/1072476.jpg",
		"https://a.example/44152f97b643491cb91f2aeeac1e25f5/16x9/original.jpg": "https://a.example/44152f97b643491cb91f2aeeac1e25f5/16x9/640@60.jpg",
	} {
		if assetOf(a) != assetOf(b) {
			t.Errorf("%s is %q, %s is %q", a, assetOf(a), b, assetOf(b))
		}
	}
	for a, b := range map[string]string{
		"https://a.example/579bbd35b3db2bfbd63eb3ae/1749-A/image-asset.jpg": "https://a.example/579bbd35b3db2bfbd63eb3ae/1750-B/image-asset.jpg",
		"https://a.example/1/image.jpg":                                     "https://a.example/2/image.jpg",
		"https://a.example/1/original.jpg":                                  "https://a.example/2/original.jpg",
		"https://a.example/44152f97b643491cb91f2aeeac1e25f5/original.jpg":   "https://a.example/55152f97b643491cb91f2aeeac1e25f5/original.jpg",
	} {
		if assetOf(a) == assetOf(b) {
			t.Errorf("two pictures are one: %s and %s", a, b)
		}
	}
}

func TestThePicturesAreTheArticlesOwn(t *testing.T) {
	prose := "<p>The harbor council voted on Tuesday to rebuild the old fish market, ending a dispute that had divided the town for nearly eleven years.</p>"
	for name, c := range map[string]struct{ html, want string }{
		"a figure with its caption": {`<figure><img src="/i/market-fire.jpg" width="800" height="500"><figcaption>The market burns. <span class="credit">Ola Brandt</span></figcaption></figure>`,
			`[{https://a.example/i/market-fire.jpg The market burns. Ola Brandt  800 500}]`},
		"a credit marked in the figcaption by its source": {`<figure><img src="/i/market-fire.jpg"><figcaption>The market burns. <a class="source" href="/s">Ola Brandt</a></figcaption></figure>`,
			`[{https://a.example/i/market-fire.jpg The market burns. Ola Brandt  0 0}]`},
		"a credit in a cite": {`<figure><img src="/i/market-fire.jpg"><span><figcaption>The market burns.</figcaption><cite>Ola Brandt</cite></span></figure>`,
			`[{https://a.example/i/market-fire.jpg The market burns. Ola Brandt  0 0}]`},
		"a caption beside a figure without text": {`<div class="media"><figure><img src="/i/market-fire.jpg"></figure><div><figcaption>The market burns.</figcaption></div></div>`,
			`[{https://a.example/i/market-fire.jpg The market burns.   0 0}]`},
		"a picture that a lightbox enlarges": {`<a class="lightbox" href="/i/market-fire-full.jpg"><img src="/i/market-fire.jpg"></a>`, `[{https://a.example/i/market-fire.jpg    0 0}]`},
		"a picture that a script loads": {`<figure><img src="data:image/gif;base64,R0lGOD" data-src="/i/market-fire.jpg"></figure>`,
			`[{https://a.example/i/market-fire.jpg    0 0}]`},
		"a picture in sources only": {`<picture><source srcset="/i/market-s.jpg 400w, /i/market-large.jpg 1600w"><img alt="The market"></picture>`,
			`[{https://a.example/i/market-large.jpg   The market 0 0}]`},
		"a portrait beside the byline": {`<div class="author"><img src="/i/ida.jpg"></div>`, `[]`},
		"a stand-in for a picture":     {`<figure><img src="/i/no-image-large.jpg"></figure><figure><img src="/i/no_photo.png"></figure>`, `[]`},
		"a portrait with the byline":   {`<script type="application/ld+json">{"@type":"NewsArticle","author":{"name":"Ada Marlow"}}</script><figure><img src="/i/ada-marlow.jpg"><figcaption>By Ada Marlow, harbour correspondent</figcaption></figure>`, `[]`},
		"an icon":                      {`<img src="/static/icon-close.png"><img src="/static/close.svg">`, `[]`},
		"a teaser":                     {`<a href="/other-story"><img src="/i/other-story.jpg"></a>`, `[]`},
		"a picture that opens itself":  {`<a href="/i/market-fire-full.jpg"><img src="/i/market-fire.jpg"></a>`, `[{https://a.example/i/market-fire.jpg    0 0}]`},
		"a small one":                  {`<img src="/i/market-fire.jpg" width="60">`, `[]`},
	} {
		page := "<html><body><article><h1>Council votes to rebuild the fish market</h1>" + prose + c.html + prose + prose + "</article></body></html>"
		res, err := Extract(Input{URL: "https://a.example/town/1", Body: []byte(page)})
		if err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprint(res.Record.Images); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}
