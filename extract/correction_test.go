package extract

import "testing"

func TestALineSaysThatTheArticleWasCorrected(t *testing.T) {
	for line, want := range map[string]bool{
		"Correction: An earlier version of this article gave the wrong year.":        true,
		"CORRECTION — The bridge opens in May.":                                      true,
		"[Editor’s note: This report was first published in June.]":                  true,
		"(Anmerkung der Redaktion: In einer ersten Fassung stand ein anderer Name.)": true,
		"Rectificatif : la date du vote était fausse.":                               true,
		"This article was amended on 3 May to correct the name of the mayor.":        true,
		"訂正：当初の記事で市長の名前に誤りがありました。":                                                   true,
		"更正：昨日的报道误将年份写错。":                                                            true,
		"Уточнение: в первой версии текста была ошибка.":                             true,
		"Corrections officers went on strike on Monday.":                             false,
		"The correction: prices fell for a week.":                                    false,
		"Correction fluid is sold out across the country, shops say.":                false,
		"This article of faith has been questioned by many.":                         false,
		"": false,
	} {
		if got := saysCorrected(line); got != want {
			t.Errorf("%q: %v, want %v", line, got, want)
		}
	}
}
