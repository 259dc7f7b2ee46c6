package decode

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

const (
	german     = "Der Minister erklärte, die Größe der Behörde müsse überprüft werden; für die Bürger ändere sich zunächst nichts. Später heißt es, höhere Gebühren seien möglich."
	french     = "Le ministre a présenté un projet de loi très attendu, déjà contesté par les députés de l’opposition. La mesure sera étudiée à l’été, où elle pourrait être modifiée."
	polish     = "Rząd przyjął projekt ustawy, która ma wejść w życie w przyszłym roku. Posłowie opozycji zgłosili wątpliwości, że pieniędzy nie wystarczy na wszystkie świadczenia, także w źle płatnych zawodach."
	czech      = "Vláda schválila návrh zákona, který má začít platit příští rok. Poslanci opozice tvrdí, že peněz nebude dost, a žádají změny ještě před třetím čtením ve sněmovně."
	hungarian  = "A kormány elfogadta a törvényjavaslatot, amely jövőre lép életbe. Az ellenzéki képviselők szerint a pénz nem lesz elegendő, és módosítást kérnek a költségvetési vitában, hűvös hangulatban."
	turkish    = "Bakan, önümüzdeki yıl yürürlüğe girecek yasa tasarısını açıkladı. Muhalefet, bütçenin yetersiz olduğunu ve değişiklik istediğini söyledi; İstanbul'da ise toplantı yapıldı."
	lithuan    = "Vyriausybė patvirtino įstatymo projektą, kuris įsigalios kitąmet. Opozicijos atstovai teigia, kad lėšų neužteks, ir reikalauja pakeitimų dar šią savaitę, žinoma."
	russian    = "Правительство обсудило новый закон о бюджете на следующий год. Министры поддержали предложение, однако депутаты оппозиции потребовали изменений."
	ukrainian  = "Уряд обговорив новий закон про бюджет на наступний рік. Міністри підтримали пропозицію, проте депутати опозиції вимагають змін, її голова заявив про це."
	greek      = "Η κυβέρνηση συζήτησε τον νέο νόμο για τον προϋπολογισμό του επόμενου έτους. Οι υπουργοί υποστήριξαν την πρόταση, όμως η αντιπολίτευση ζητεί αλλαγές."
	hebrew     = "הממשלה דנה בחוק התקציב החדש לשנה הבאה. השרים תמכו בהצעה, אך חברי האופוזיציה דרשו שינויים לפני ההצבעה."
	arabic     = "ناقشت الحكومة قانون الميزانية الجديد للعام المقبل، وأيد الوزراء الاقتراح لكن نواب المعارضة طالبوا بإدخال تعديلات عليه قبل التصويت."
	thai       = "รัฐบาลหารือเกี่ยวกับกฎหมายงบประมาณฉบับใหม่สำหรับปีหน้า รัฐมนตรีสนับสนุนข้อเสนอ แต่ฝ่ายค้านเรียกร้องให้มีการเปลี่ยนแปลง"
	simplified = "政府星期一讨论了明年的预算法案，部长们表示支持这项建议，但是反对党议员要求修改，认为经费不足，应当增加教育和医疗方面的开支。"
	tradition  = "政府星期一討論了明年的預算法案，部長們表示支持這項建議，但是反對黨議員要求修改，認為經費不足，應當增加教育和醫療方面的開支。"
	japanese   = "政府は月曜日、来年度の予算案について話し合った。閣僚は提案を支持したが、野党の議員は修正を求めており、審議は来週も続く見通しだ。"
	korean     = "정부는 월요일 내년도 예산안을 논의했다. 장관들은 제안을 지지했지만 야당 의원들은 수정을 요구하고 있어 심의는 다음 주에도 계속될 전망이다."
	viet       = "Chính phủ đã thảo luận về dự luật ngân sách cho năm tới."
	maltese    = "Il-gvern iddiskuta l-liġi l-ġdida tal-baġit għas-sena d-dieħla, u l-ħaddiema żammew il-ħsieb."
	welsh      = "Mae'r llywodraeth wedi trafod y gyllideb; dŵr, tŷ a phwyntiau ŵyn."
)

// written are the encodings of the press with a text each, and whether the text alone
// must give the encoding away.
var written = []struct {
	charset, text string
	undeclared    bool
}{
	{"utf-8", german, true},
	{"windows-1250", polish, true},
	{"windows-1250", czech, true},
	{"windows-1250", hungarian, true},
	{"iso-8859-2", polish, true},
	{"iso-8859-2", czech, true},
	{"windows-1251", russian, true},
	{"windows-1251", ukrainian, true},
	{"windows-1252", german, true},
	{"windows-1252", french, true},
	{"iso-8859-1", german, true},
	{"windows-1253", greek, true},
	{"iso-8859-7", greek, true},
	{"windows-1254", turkish, true},
	{"iso-8859-9", turkish, true},
	{"windows-1255", hebrew, true},
	{"iso-8859-8", hebrew, true},
	{"windows-1256", arabic, true},
	{"iso-8859-6", strings.ReplaceAll(arabic, "،", ","), true},
	{"windows-1257", lithuan, true},
	{"iso-8859-13", lithuan, true},
	{"windows-1258", "Hôm nay tôi đi làm ơ cơ quan như moi khi", false},
	{"iso-8859-3", maltese, false},
	{"iso-8859-4", "Vyriausybė patvirtino įstatymo projektą, kuris įsigalios.", false},
	{"iso-8859-5", russian, true},
	{"iso-8859-10", "Stjórnin ræddi ný fjárlög næsta árs.", false},
	{"iso-8859-14", welsh, false},
	{"iso-8859-15", "Der Preis stieg auf 30 € für Œuvre und Größe.", false},
	{"iso-8859-16", "Guvernul a discutat noua lege a bugetului și a propus schimbări în ședință.", false},
	{"koi8-r", russian, true},
	{"koi8-u", ukrainian, true},
	{"windows-874", thai, true},
	{"gbk", simplified, true},
	{"gb2312", simplified, true},
	{"gb18030", simplified + "㐂𠀀", false},
	{"big5", tradition, true},
	{"shift_jis", japanese, true},
	{"euc-jp", japanese, true},
	{"iso-2022-jp", japanese, true},
	{"euc-kr", korean, true},
}

func encodingOf(t *testing.T, label string) encoding.Encoding {
	t.Helper()
	if label == "gbk" || label == "gb2312" {
		return simplifiedchinese.GBK
	}
	if label == "iso-8859-1" {
		return charmap.Windows1252
	}
	enc, err := htmlindex.Get(label)
	if err != nil {
		t.Fatal(err)
	}
	return enc
}

func encode(t *testing.T, label, text string) []byte {
	t.Helper()
	b, err := encodingOf(t, label).NewEncoder().Bytes([]byte(text))
	if err != nil {
		t.Fatalf("%s: %v", label, err)
	}
	return b
}

func TestTextReadsTheEncodingsOfThePress(t *testing.T) {
	for _, w := range written {
		late := "<script>" + strings.Repeat("var analytics = 1;", 150) + "</script>"
		for _, c := range []struct{ name, page, contentType, evidence string }{
			{"header", "<html><body><p>%s", "text/html; charset=" + w.charset, "header"},
			{"meta", `<html><head><meta charset="` + w.charset + `"></head><body><p>%s`, "text/html", "meta"},
			{"late meta", `<head>` + late + `<meta http-equiv=Content-Type content='text/html;charset=` + w.charset + `'></head><p>%s`, "", "meta"},
			{"xml declaration", `<?xml version="1.0" encoding='` + w.charset + `'?><html><body><p>%s`, "", "meta"},
			{"nothing", `<html><head>` + late + `</head><body class="x"><p>%s`, "", "detector"},
		} {
			if c.name == "nothing" && !w.undeclared {
				continue
			}
			t.Run(w.charset+" by "+c.name+" "+w.text[:8], func(t *testing.T) {
				page := fmt.Sprintf(c.page, w.text)
				got, info := Text(encode(t, w.charset, page), c.contentType, "")
				if got != page {
					t.Errorf("read as %v: %q", info, got[max(0, len(got)-len(w.text)):])
				}
				if w.charset == "utf-8" {
					c.evidence = "utf-8"
				}
				if info.Evidence != c.evidence {
					t.Errorf("evidence %q, want %q", info.Evidence, c.evidence)
				}
			})
		}
	}
}

func TestUTF16IsReadWithAndWithoutItsMark(t *testing.T) {
	for _, text := range []string{german, russian, simplified} {
		page := "<html><head><title>x</title></head><body><p>" + text + "</p></body></html>"
		for name, enc := range map[string]encoding.Encoding{
			"little endian, mark":    unicode.UTF16(unicode.LittleEndian, unicode.UseBOM),
			"big endian, mark":       unicode.UTF16(unicode.BigEndian, unicode.UseBOM),
			"little endian, no mark": unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM),
			"big endian, no mark":    unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM),
		} {
			b, err := enc.NewEncoder().Bytes([]byte(page))
			if err != nil {
				t.Fatal(err)
			}
			if got, info := Text(b, "text/html; charset=utf-16", ""); got != page || !strings.HasPrefix(info.Charset, "utf-16") {
				t.Errorf("%s: %v, %q", name, info, got)
			}
			if Binary(b) {
				t.Errorf("%s: called binary", name)
			}
		}
	}
}

func TestTheBytesBeatAWrongLabel(t *testing.T) {
	for _, c := range []struct{ name, charset, text, contentType, meta, want string }{
		{"valid UTF-8 under a Latin header", "utf-8", german, "text/html; charset=iso-8859-1", "windows-1252", "utf-8"},
		{"windows-1251 under a server's default header", "windows-1251", russian, "text/html; charset=ISO-8859-1", "windows-1251", "windows-1251"},
		{"windows-1251 under a header alone", "windows-1251", russian, "text/html; charset=ISO-8859-1", "", "windows-1251"},
		{"GBK called UTF-8", "gbk", simplified, "text/html; charset=utf-8", "gb2312", "gb18030"},
		{"GBK called UTF-8 twice", "gbk", simplified, "text/html; charset=utf-8", "utf-8", "gb18030"},
		{"Latin called UTF-8", "windows-1252", german, "text/html; charset=utf-8", "", "windows-1252"},
		{"Shift-JIS called EUC-JP", "shift_jis", japanese, "text/html; charset=euc-jp", "", "shift_jis"},
		{"EUC-JP under a Latin header", "euc-jp", japanese, "text/html; charset=iso-8859-1", "euc-jp", "euc-jp"},
		{"German called Cyrillic", "windows-1252", german, "text/html; charset=windows-1251", "", "windows-1252"},
		{"KOI8-R called windows-1251", "koi8-r", russian, "text/html; charset=windows-1251", "", "koi8-r"},
		{"windows-1251 called KOI8-R", "windows-1251", russian, "text/html; charset=koi8-r", "", "windows-1251"},
		{"a page that says UTF-16 and is not", "utf-8", german, "", "utf-16", "utf-8"},
		{"an unknown label", "windows-1250", czech, "text/html; charset=foo", "", "windows-1250"},
	} {
		t.Run(c.name, func(t *testing.T) {
			page := "<meta charset=" + c.meta + "><p>" + c.text
			got, info := Text(encode(t, c.charset, page), c.contentType, "")
			if got != page || info.Charset != c.want {
				t.Errorf("read as %v, want %s: %q", info, c.want, got)
			}
		})
	}
}

func TestADeclarationIsNotLookedForInScriptsAndComments(t *testing.T) {
	page := `<!-- <meta charset=koi8-r> --><script>w('<meta charset=big5>')</script><META HTTP-EQUIV="content-type" CONTENT="text/html; Charset = windows-1250">`
	if got := metaLabel([]byte(page)); got != "windows-1250" {
		t.Errorf("got %q", got)
	}
}

func TestAPageCutInTheMiddleOfACharacterIsStillUTF8(t *testing.T) {
	page := "<p>" + strings.Repeat(russian, 20)
	got, info := Text([]byte(page[:len(page)-2]), "text/html; charset=windows-1251", "")
	if info.Charset != "utf-8" || !strings.HasPrefix(page, strings.TrimRight(got, "\ufffd")) {
		t.Errorf("read as %v", info)
	}
}

func TestTheOperatorsWordBeatsAllEvidence(t *testing.T) {
	if got, info := Text([]byte("\xef\xbb\xbf<p>Gr\xc3\xb6\xc3\x9fe"), "text/html; charset=utf-8", "cp1252"); info.Evidence != "override" || !strings.HasSuffix(got, "GrÃ¶ÃŸe") {
		t.Errorf("read as %v: %q", info, got)
	}
	if Known("no-such-charset") || !Known("GB2312") {
		t.Error("Known is wrong")
	}
}

func TestPlainASCIIIsUTF8WhateverIsDeclared(t *testing.T) {
	_, info := Text([]byte("<p>plain"), "text/html; charset=iso-8859-1", "")
	if info.Charset != "utf-8" {
		t.Errorf("read as %v", info)
	}
}

func TestHZIsReadWhereItIsDeclared(t *testing.T) {
	b, _ := simplifiedchinese.HZGB2312.NewEncoder().Bytes([]byte("<meta charset=hz-gb-2312><p>政府讨论"))
	if got, info := Text(b, "", ""); !strings.HasSuffix(got, "政府讨论") {
		t.Errorf("read as %v: %q", info, got)
	}
}

func TestTextThatWasEncodedTwiceIsMended(t *testing.T) {
	twice := func(s string) string {
		var out []rune
		for _, b := range []byte(s) {
			out = append(out, rune(b))
		}
		return string(out)
	}
	for _, c := range []struct{ name, in, want string }{
		{"quotes and dashes", "<p>" + twice("It’s — “so” café"), "<p>It’s — “so” café"},
		{"among letters that are right", "Ärger über " + twice("“x”") + " Ð Â Größe", "Ärger über “x” Ð Â Größe"},
		{"Cyrillic", twice("Москва №1 “да”"), "Москва №1 “да”"},
		{"no proof, no change", "Ã© Â£5 â la", "Ã© Â£5 â la"},
		{"a stray control", "a\u0085b â\u0080", "a\u0085b â\u0080"},
	} {
		if got, info := Text([]byte(c.in), "", ""); got != c.want || info.Mended != (c.in != c.want) {
			t.Errorf("%s: %q, want %q (%v)", c.name, got, c.want, info)
		}
	}
}

func TestBinaryKnowsWhatIsNoPage(t *testing.T) {
	for name, c := range map[string]struct {
		body string
		want bool
	}{
		"a PNG":              {"\x89PNG\r\n\x1a\n", true},
		"a PDF":              {"%PDF-1.7", true},
		"a zip":              {"PK\x03\x04", true},
		"a program":          {strings.Repeat("\x00\x01\x02abc", 50), true},
		"a page":             {"<!DOCTYPE html><p>x", false},
		"a page with a NUL":  {"<!DOCTYPE html><p>x\x00" + strings.Repeat("y", 100), false},
		"ISO-2022-JP":        {"\x1b$B%5\x1b(B", false},
		"nothing":            {"", false},
		"a WebP":             {"RIFF\x10\x00\x00\x00WEBPVP8 ", true},
		"text that says BM":  {"BMW builds cars", false},
		"text that says PK":  {"PK is a person", false},
		"text that says GIF": {"GIF8 is not a format", false},
	} {
		if got := Binary([]byte(c.body)); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func FuzzText(f *testing.F) {
	f.Add([]byte("<meta charset=gbk>\xd6\xd0"), "text/html; charset=utf-8", "")
	f.Add([]byte("\xc3\xa2\xc2\x80\xc2\x94 x"), "", "")
	f.Add([]byte("<\x00p\x00>\x00"), "text/html;charset=\"", "koi8-r")
	f.Add([]byte("\x1b$B%5\x1b(B<!--"), "", "hz")
	f.Fuzz(func(t *testing.T, body []byte, contentType, override string) {
		before := bytes.Clone(body)
		text, info := Text(body, contentType, override)
		if !utf8.ValidString(text) {
			t.Errorf("not UTF-8: %q (%v)", text, info)
		}
		if info.Charset == "" || info.Evidence == "" {
			t.Errorf("no evidence: %v", info)
		}
		Binary(body)
		if !bytes.Equal(before, body) {
			t.Error("the body was changed")
		}
	})
}
