package normalize

import "testing"

func TestDatelineIsCutOnlyWhereMarksSaySo(t *testing.T) {
	for _, c := range []struct{ in, lang, place, agency, rest string }{
		{"BEIJING, May 29 (Xinhua) -- China said", "en", "BEIJING", "Xinhua", "China said"},
		{"WASHINGTON (AP) — The president", "en", "WASHINGTON", "AP", "The president"},
		{"Berlin (dpa) - Die Regierung", "de", "Berlin", "dpa", "Die Regierung"},
		{"ワシントン＝山田太郎", "ja", "ワシントン", "", "山田太郎"},
		{"[서울=뉴시스] 김철수 기자 = 정부는", "ko", "서울", "Newsis", "정부는"},
		{"МОСКВА, 29 мая /ТАСС/. Президент", "ru", "МОСКВА", "TASS", "Президент"},
		{"新华社北京5月29日电 中国", "zh", "北京", "Xinhua", "中国"},
		{"(Reuters) - Shares", "en", "", "Reuters", "Shares"},
		{"LONDON — The mayor", "en", "LONDON", "", "The mayor"},
		{"NEW DELHI: The court", "en", "NEW DELHI", "", "The court"},
		{"Madrid, 29 may (EFE).- El gobierno", "es", "Madrid", "EFE", "El gobierno"},
		{"ESCONDIDO, Calif. (KGTV) - Five years", "en", "ESCONDIDO, Calif.", "", "Five years"},
		{"EXCLUSIVE — The mayor", "en", "", "", "EXCLUSIVE — The mayor"},
		{"The mayor - who said", "en", "", "", "The mayor - who said"},
		{"", "en", "", "", ""},
	} {
		place, agency, rest := Dateline(c.in, c.lang)
		if place != c.place || agency != c.agency || rest != c.rest {
			t.Errorf("%q: got %q, %q, %q; want %q, %q, %q", c.in, place, agency, rest, c.place, c.agency, c.rest)
		}
	}
}

func FuzzDateline(f *testing.F) {
	f.Add("BEIJING, May 29 (Xinhua) -- China said", "en")
	f.Add("[서울=뉴시스] 김철수 기자 = 정부는", "ko")
	f.Fuzz(func(t *testing.T, s, lang string) {
		place, agency, rest := Dateline(s, lang)
		if place == "" && agency == "" && rest != s {
			t.Errorf("%q was cut to %q for nothing", s, rest)
		}
	})
}
