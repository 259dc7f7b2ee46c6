package decode

import (
	"testing"

	"golang.org/x/text/encoding/htmlindex"
)

func TestTextReadsTheEncodingsOfThePress(t *testing.T) {
	for _, c := range []struct{ charset, text, declare string }{
		{"windows-1251", "Правительство обсудило новый закон о бюджете на следующий год", "header"},
		{"koi8-r", "Правительство обсудило новый закон о бюджете на следующий год", "meta"},
		{"gb18030", "政府讨论了明年的预算法案，部长们表示支持。", "meta"},
		{"big5", "政府討論了明年的預算法案，部長們表示支持。", "header"},
		{"shift_jis", "政府は来年の予算案について話し合った。", "meta"},
		{"euc-jp", "政府は来年の予算案について話し合った。", "header"},
		{"iso-2022-jp", "政府は来年の予算案について話し合った。", "meta"},
		{"euc-kr", "정부는 내년 예산안을 논의했다.", "meta"},
		{"windows-1252", "Der Minister erklärte: „Größe zählt“", "header"},
		{"iso-8859-2", "Vláda projednala příští rozpočet", "header"},
		{"windows-1256", "ناقشت الحكومة ميزانية العام المقبل", "header"},
		{"utf-16le", "The government met on Monday.", "header"},
	} {
		t.Run(c.charset, func(t *testing.T) {
			enc, err := htmlindex.Get(c.charset)
			if err != nil {
				t.Fatal(err)
			}
			page, contentType := "<html><body><p>"+c.text, ""
			if c.declare == "header" {
				contentType = "text/html; charset=" + c.charset
			} else {
				page = `<html><head><script>x</script><meta charset="` + c.charset + `"></head><body><p>` + c.text
			}
			b, err := enc.NewEncoder().Bytes([]byte(page))
			if err != nil {
				t.Fatal(err)
			}
			got, info := Text(b, contentType, "")
			if got != page {
				t.Errorf("read as %v: %q", info, got)
			}
		})
	}
}

func TestValidUTF8BeatsAWrongLabel(t *testing.T) {
	page := "<meta charset=iso-8859-1><p>Größe"
	if got, info := Text([]byte(page), "text/html; charset=windows-1252", ""); got != page || info.Charset != "utf-8" {
		t.Errorf("got %q, %v", got, info)
	}
}

func FuzzText(f *testing.F) {
	f.Add([]byte("<meta charset=gbk>\xd6\xd0"), "text/html; charset=utf-8")
	f.Fuzz(func(t *testing.T, body []byte, contentType string) {
		Text(body, contentType, "")
		Binary(body)
	})
}
