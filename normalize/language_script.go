package normalize

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// headLetters is how many letters of a text are looked at.
const headLetters = 1000

// A scriptBlock is a range of letters and the script they belong to (ISO 15924).
type scriptBlock struct {
	from, to rune
	code     uint8
}

// The scripts of the press, in the order of scriptCodes.
const (
	latin = iota
	cyrillic
	greek
	armenian
	hebrew
	arabic
	thaana
	devanagari
	bengali
	gurmukhi
	gujarati
	oriya
	tamil
	telugu
	kannada
	malayalam
	sinhala
	thai
	lao
	tibetan
	burmese
	georgian
	ethiopic
	khmer
	mongolian
	hangul
	kana
	han
	syriac
	cherokee
	scriptCount
)

var scriptCodes = [scriptCount]string{"Latn", "Cyrl", "Grek", "Armn", "Hebr", "Arab", "Thaa", "Deva", "Beng", "Guru", "Gujr", "Orya", "Taml",
	"Telu", "Knda", "Mlym", "Sinh", "Thai", "Laoo", "Tibt", "Mymr", "Geor", "Ethi", "Khmr", "Mong", "Kore", "Jpan", "Hani", "Syrc", "Cher"}

var scriptBlocks = [...]scriptBlock{
	{0xc0, 0x24f, latin}, {0x370, 0x3ff, greek}, {0x400, 0x52f, cyrillic}, {0x531, 0x587, armenian}, {0x5d0, 0x5f2, hebrew},
	{0x620, 0x6ff, arabic}, {0x700, 0x74f, syriac}, {0x750, 0x77f, arabic}, {0x780, 0x7b1, thaana}, {0x8a0, 0x8ff, arabic},
	{0x900, 0x97f, devanagari}, {0x980, 0x9ff, bengali}, {0xa00, 0xa7f, gurmukhi}, {0xa80, 0xaff, gujarati}, {0xb00, 0xb7f, oriya},
	{0xb80, 0xbff, tamil}, {0xc00, 0xc7f, telugu}, {0xc80, 0xcff, kannada}, {0xd00, 0xd7f, malayalam}, {0xd80, 0xdff, sinhala},
	{0xe01, 0xe4f, thai}, {0xe81, 0xeff, lao}, {0xf00, 0xfff, tibetan}, {0x1000, 0x109f, burmese}, {0x10a0, 0x10ff, georgian},
	{0x1100, 0x11ff, hangul}, {0x1200, 0x139f, ethiopic}, {0x13a0, 0x13ff, cherokee}, {0x1780, 0x17ff, khmer}, {0x1820, 0x18af, mongolian},
	{0x1c80, 0x1c8f, cyrillic}, {0x1c90, 0x1cbf, georgian}, {0x1e00, 0x1eff, latin}, {0x1f00, 0x1fff, greek},
	{0x3041, 0x30ff, kana}, {0x3130, 0x318f, hangul}, {0x31f0, 0x31ff, kana}, {0x3400, 0x4dbf, han}, {0x4e00, 0x9fff, han},
	{0xac00, 0xd7a3, hangul}, {0xf900, 0xfaff, han}, {0xfb1d, 0xfb4f, hebrew}, {0xfb50, 0xfdff, arabic}, {0xfe70, 0xfefe, arabic}, {0xff66, 0xff9d, kana},
	{0x20000, 0x3ffff, han},
}

// scriptLanguage is the language of a script that only one language of the press uses.
var scriptLanguage = map[string]string{
	"Kore": "ko", "Jpan": "ja", "Hani": "zh", "Thai": "th", "Grek": "el", "Geor": "ka", "Armn": "hy", "Taml": "ta", "Telu": "te", "Knda": "kn",
	"Mlym": "ml", "Gujr": "gu", "Guru": "pa", "Orya": "or", "Sinh": "si", "Mymr": "my", "Khmr": "km", "Laoo": "lo", "Tibt": "bo", "Thaa": "dv",
	"Syrc": "syr", "Cher": "chr", "Mong": "mn",
}

// mainScript is the script of most letters at the head of a text: Kore, Jpan
// and Hani for Korean, Japanese and Chinese; "" where there are no letters.
func mainScript(text string) string {
	var counts [scriptCount]int
	seen, last := 0, scriptBlock{from: 1}
	for i := 0; i < len(text) && seen < headLetters; {
		c := text[i]
		if c < utf8.RuneSelf {
			if c |= 0x20; c >= 'a' && c <= 'z' {
				counts[latin]++
				seen++
			}
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(text[i:])
		i += n
		if r < last.from || r > last.to {
			b, ok := blockOf(r)
			if !ok {
				continue
			}
			last = b
		}
		counts[last.code]++
		seen++
	}
	// A letter of Chinese or Korean is a syllable or a word; names and
	// trademarks in Latin letters take more of them.
	for _, s := range [...]int{han, kana, hangul} {
		counts[s] *= 3
	}
	best := -1
	for s, n := range counts {
		if n > 0 && (best < 0 || n > counts[best]) {
			best = s
		}
	}
	switch {
	case best < 0:
		return ""
	case best == han && counts[kana]*20 > counts[han]:
		best = kana
	case best == han && counts[hangul]*4 > counts[han]:
		best = hangul
	}
	return scriptCodes[best]
}

func blockOf(r rune) (scriptBlock, bool) {
	lo, hi := 0, len(scriptBlocks)
	for lo < hi {
		mid := (lo + hi) / 2
		switch b := scriptBlocks[mid]; {
		case r < b.from:
			hi = mid
		case r > b.to:
			lo = mid + 1
		default:
			return b, unicode.IsLetter(r) || unicode.IsMark(r)
		}
	}
	return scriptBlock{}, false
}

// direction is that of a script, "" where the script is unknown.
func direction(script string) string {
	switch script {
	case "":
		return ""
	case "Arab", "Hebr", "Syrc", "Thaa":
		return "rtl"
	}
	return "ltr"
}

// chineseScript tells Hant from Hans by characters that only one of them has;
// where the text has none, by what is declared.
func chineseScript(text string, h LanguageHints) string {
	traditional, simplified, seen := 0, 0, 0
	for _, r := range text {
		if r < 0x3400 {
			continue
		}
		if seen++; seen > headLetters {
			break
		}
		switch {
		case strings.ContainsRune(onlyTraditional, r):
			traditional++
		case strings.ContainsRune(onlySimplified, r):
			simplified++
		}
	}
	if traditional != simplified {
		if traditional > simplified {
			return "Hant"
		}
		return "Hans"
	}
	for _, d := range append(h.Declared, h.Prior) {
		for _, word := range [...]string{"hant", "tw", "hk", "mo"} {
			if strings.HasSuffix(strings.ToLower(d), word) {
				return "Hant"
			}
		}
	}
	return "Hans"
}

// The commonest characters of running text that the reform of 1956 changed, in both forms.
const (
	onlyTraditional = "國說這個們時會對來過還實發無電學東動長門見開關問間題樣點應經現當業產黨區華聯報導請讓認識議論話語計設許該誰調變車軍輛轉輪輸達運進遠連選邊報場壓從後復務動勞勢單戰戲據擊擔擴數斷書條極構標機檢權歡歲歷殺氣決沒準滿漢灣為烏爭爾狀獨獎環確禁種稱積穩節範築簡籌級紀約線組細終結給統經綠維網緊總縣績織繼續義習職聽聲腦臉興舉藝處號衛補裝製複規視覺親觀觸訂訊討訓託訪證評詞試詳認誤課談諸謀謝譯護讀貝負財貢貨責費資賽質趙躍農遊違適釋釐銀鋼錄錢錯鐘鐵閉隊階際陸陽險隨雖難雲靈靜順須預頭額風飛飯館馬駐驗驚魚鮮鳥麗黃齊龍"
	onlySimplified  = "国说这个们时会对来过还实发无电学东动长门见开关问间题样点应经现当业产党区华联报导请让认识议论话语计设许该谁调变车军辆转轮输达运进远连选边场压从务劳势单战戏据击担扩数断书条极构标机检权欢岁历杀气决没满汉湾为乌争尔状独奖环确种称积稳节范筑简筹级纪约线组细终结给统绿维网紧总县绩织继续义习职听声脑脸兴举艺处号卫补装规视觉亲观触订讯讨训访证评词试详误课谈诸谋谢译护读贝负财贡货责费资赛质赵跃农违适释银钢录钱错钟铁闭队阶际陆阳险随虽难云灵静顺须预头额风飞饭馆马驻验惊鱼鲜鸟丽黄齐龙"
)
