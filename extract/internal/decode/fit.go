package decode

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"
)

// nearlyUTF8 reports whether the body, not valid as it stands, has so few broken
// sequences among its multi-byte characters that nothing but UTF-8 explains it.
func nearlyUTF8(body []byte, valid bool) bool {
	if valid {
		return false
	}
	multi, bad := countUTF8(body)
	return multi >= 20 && multi > 20*bad
}

// countUTF8 counts the multi-byte characters and the broken bytes. A sequence cut
// off at the end of the body is not broken.
func countUTF8(body []byte) (multi, bad int) {
	for i := 0; i < len(body); {
		if body[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, n := utf8.DecodeRune(body[i:])
		switch {
		case r != utf8.RuneError || n > 1:
			multi++
		case len(body)-i < utf8.UTFMax && !utf8.FullRune(body[i:]):
		default:
			bad++
		}
		i += n
	}
	return multi, bad
}

// fits reports whether the bytes can be text of the charset. It is asked of what was
// declared: a "no" must be sure, because the next evidence is weaker.
func (c charset) fits(body []byte) bool {
	switch {
	case c.name == "utf-8":
		multi, bad := countUTF8(body)
		return multi >= 2*bad
	case c.escapes:
		return true
	}
	sample := visible(body, sampleSize)
	high := countHigh(sample)
	if high.bytes == 0 {
		return true
	}
	if multiByte[c.name] {
		text := c.decode(sample)
		bad := strings.Count(text, "\ufffd")
		return bad <= 2 || bad*50 <= high.bytes
	}
	if high.bytes < 16 {
		return true
	}
	if foreign[c.name] {
		// Letters of another script do not stand one by one in Latin words.
		if high.lone*10 > high.bytes*6 {
			return false
		}
		return !cyrillic[c.name] || lowerCase(c.decode(sample))
	}
	// Latin text has its accents here and there; whole words of them are another script.
	return high.inRuns*2 <= high.bytes
}

// multiByte are the charsets that validity can judge.
var multiByte = map[string]bool{"gb18030": true, "big5": true, "shift_jis": true, "euc-jp": true, "euc-kr": true}

// cyrillic are the charsets that differ in where they keep small letters.
var cyrillic = map[string]bool{"windows-1251": true, "koi8-r": true, "koi8-u": true, "iso-8859-5": true, "ibm866": true, "x-mac-cyrillic": true}

// foreign are the single-byte charsets of scripts other than Latin.
var foreign = map[string]bool{
	"windows-1251": true, "koi8-r": true, "koi8-u": true, "iso-8859-5": true, "ibm866": true, "x-mac-cyrillic": true,
	"windows-1253": true, "iso-8859-7": true, "windows-1255": true, "iso-8859-8": true, "iso-8859-8-i": true,
	"windows-1256": true, "iso-8859-6": true, "windows-874": true,
}

// lowerCase reports whether a text has more small letters than capitals beyond
// ASCII, as text has unless its charset is taken for another.
func lowerCase(text string) bool {
	lower, upper := 0, 0
	for _, r := range text {
		switch {
		case r < utf8.RuneSelf:
		case unicode.IsLower(r):
			lower++
		case unicode.IsUpper(r):
			upper++
		}
	}
	return lower >= upper
}

// highBytes says how the bytes beyond ASCII stand in a text.
type highBytes struct {
	bytes  int
	inRuns int // in runs of three and more
	lone   int // alone, next to an ASCII letter
}

func countHigh(b []byte) highBytes {
	var h highBytes
	for i := 0; i < len(b); {
		if b[i] < utf8.RuneSelf {
			i++
			continue
		}
		j := i + 1
		for j < len(b) && b[j] >= utf8.RuneSelf {
			j++
		}
		n := j - i
		h.bytes += n
		if n >= 3 {
			h.inRuns += n
		}
		if n == 1 && (i > 0 && isLetter(b[i-1]) || j < len(b) && isLetter(b[j])) {
			h.lone++
		}
		i = j
	}
	return h
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

// sampleSize bounds what is judged of a page.
const sampleSize = 64 << 10

// visible is the text of a page without markup, scripts and styles, which mislead a
// judge; roughly, for its encoding is not known yet.
func visible(body []byte, size int) []byte {
	out := make([]byte, 0, min(len(body), size))
	for len(body) > 0 && len(out) < size {
		i := bytes.IndexByte(body, '<')
		if i < 0 {
			i = len(body)
		}
		out = append(out, body[:min(i, size-len(out))]...)
		body = body[i:]
		if len(body) < 2 {
			break
		}
		if c := body[1]; c != '!' && c != '/' && !isLetter(c) {
			out = append(out, '<')
			body = body[1:]
			continue
		}
		end := []byte(">")
		switch low := bytes.ToLower(body[:min(len(body), 8)]); {
		case bytes.HasPrefix(low, []byte("<script")):
			end = []byte("</script")
		case bytes.HasPrefix(low, []byte("<style")):
			end = []byte("</style")
		case bytes.HasPrefix(low, []byte("<!--")):
			end = []byte("-->")
		}
		j := bytes.Index(body[1:], end)
		if j < 0 {
			break
		}
		out = append(out, ' ')
		body = body[1+j+len(end):]
	}
	return out
}
