package decode

import (
	"bytes"
	"unicode/utf8"

	"github.com/wlynxg/chardet"
)

// detect guesses the charset from the visible text: escape sequences, then the
// multi-byte charsets of East Asia, whose structure shows, then the letters.
func detect(body []byte) (charset, bool) {
	if escapesJapanese(body) {
		return lookup("iso-2022-jp")
	}
	sample := visible(body, sampleSize)
	high := countHigh(sample)
	if high.bytes == 0 {
		return charset{}, false
	}
	if high.inRuns*2 > high.bytes || high.lone*4 < high.bytes {
		if c, ok := eastAsian(sample); ok {
			return c, true
		}
	}
	return byLetters(sample, high)
}

// eastAsian asks chardet, and believes only what is valid. It is weak on Shift-JIS,
// which is known by its kana.
func eastAsian(sample []byte) (charset, bool) {
	if c, _ := lookup("shift_jis"); c.fits(sample) && kana(c.decode(sample)) {
		return c, true
	}
	r := chardet.Detect(sample)
	if r.Confidence < .5 {
		return charset{}, false
	}
	c, ok := lookup(r.Encoding)
	return c, ok && multiByte[c.name] && c.fits(sample)
}

// kana reports whether a text has the share of kana that Japanese has. Half-width
// kana are what other encodings look like when read as Shift-JIS.
func kana(text string) bool {
	wide, half, all := 0, 0, 0
	for _, r := range text {
		switch {
		case r < utf8.RuneSelf:
			continue
		case r >= 0x3041 && r <= 0x30fe:
			wide++
		case r >= 0xff61 && r <= 0xff9f:
			half++
		}
		all++
	}
	return wide*8 > all && half*20 < all
}

// escapesJapanese knows ISO-2022-JP by its escape to JIS X 0208.
func escapesJapanese(body []byte) bool {
	return bytes.IndexByte(body, 0x1b) >= 0 && (bytes.Contains(body, []byte("\x1b$B")) || bytes.Contains(body, []byte("\x1b$@")))
}
