package normalize

import (
	"unicode"
	"unicode/utf8"
)

type tokenKind uint8

const (
	tNumber tokenKind = iota + 1
	tWord
	tMark
)

// A dateToken is a number, a word or phrase of the dictionary, an unknown word, or one mark.
type dateToken struct {
	senses     []sense // of a word that the dictionary knows
	start, end int32   // in the folded line
	n          int32   // of a number
	digits     uint8
	kind       tokenKind
	mark       byte
	space      bool // a space stands before it
}

const maxDateTokens = 96

// dateTokens is the folded line in pieces.
type dateTokens struct {
	b    []byte
	dict *dateDict
	list [maxDateTokens]dateToken
	n    int
}

// split cuts the line into tokens; false where there are too many for a date line.
func (t *dateTokens) split() bool {
	space := false
	for i := 0; i < len(t.b); {
		c := t.b[i]
		if c == ' ' {
			space = true
			i++
			continue
		}
		if t.n == maxDateTokens {
			return false
		}
		k := &t.list[t.n]
		k.start, k.space, space = int32(i), space, false
		switch {
		case isDigit(c):
			i = t.number(k, i)
		case c < utf8.RuneSelf && !isLetter(c):
			k.kind, k.mark = tMark, c
			i++
		default:
			r, size := utf8.DecodeRune(t.b[i:])
			switch {
			case hanDigit(r) >= 0 && t.hanNumber(k, i):
				i = int(k.end)
			case runWise(r):
				i = t.run(k, i)
			case unicode.IsLetter(r) || unicode.IsMark(r):
				i = t.word(k, i)
			default:
				k.kind, k.mark = tMark, '?'
				i += size
			}
		}
		k.end = int32(i)
		t.n++
	}
	return true
}

func (t *dateTokens) number(k *dateToken, i int) int {
	start := i
	n := 0
	end := t.gluedYear(i)
	for ; i < end && isDigit(t.b[i]); i++ {
		if i-start < 9 {
			n = n*10 + int(t.b[i]-'0')
		}
	}
	k.kind, k.n, k.digits = tNumber, int32(n), uint8(min(i-start, 200))
	return i
}

// gluedYear is where a number ends: behind the year, where its element had no space before the clock of the next (20236:30 pm),
// else the end of the line.
func (t *dateTokens) gluedYear(i int) int {
	n := 0
	for i+n < len(t.b) && isDigit(t.b[i+n]) {
		n++
	}
	if (n == 5 || n == 6) && (t.b[i] == '2' && t.b[i+1] == '0' || t.b[i] == '1' && t.b[i+1] == '9') &&
		i+n+2 < len(t.b) && t.b[i+n] == ':' && isDigit(t.b[i+n+1]) && isDigit(t.b[i+n+2]) {
		return i + 4
	}
	return len(t.b)
}

// wordEnd is the end of the word that starts at i. A dot after one or two letters joins (a.m., พ.ค.), an apostrophe between
// letters too (aujourd'hui).
func (t *dateTokens) wordEnd(i int) int {
	piece := 0
	for i < len(t.b) {
		c := t.b[i]
		switch {
		case isLetter(c):
			i++
			piece++
		case c < utf8.RuneSelf:
			if i+1 >= len(t.b) {
				return i
			}
			next := t.b[i+1]
			joins := isLetter(next) || next >= utf8.RuneSelf && letterAt(t.b[i+1:])
			if !joins || (c != '\'' && c != '"' && (c != '.' || piece > 2)) {
				return i
			}
			i++
			piece = 0
		default:
			r, size := utf8.DecodeRune(t.b[i:])
			if runWise(r) && piece > 0 && !spaceless(r) || !unicode.IsLetter(r) && !unicode.IsMark(r) && r != 0x0E2F {
				return i
			}
			i += size
			piece++
		}
	}
	return i
}

// word reads the longest phrase of the dictionary that starts at i, or one unknown word.
func (t *dateTokens) word(k *dateToken, i int) int {
	k.kind = tWord
	var buf [80]byte
	end := t.wordEnd(i)
	key := appendWord(buf[:0], t.b[i:end])
	node := t.dict.nodes[string(key)]
	last := t.skipDot(end)
	if node != nil {
		k.senses = node.senses
	}
	best := last
	for node != nil && node.more && len(key) < 64 {
		j := last
		for j < len(t.b) && t.b[j] == ' ' {
			j++
		}
		if j == last && j < len(t.b) && t.b[j] == '-' { // terça-feira
			j++
		}
		if j == last && last == end || j >= len(t.b) || t.b[j] < utf8.RuneSelf && !isLetter(t.b[j]) && !isDigit(t.b[j]) {
			break
		}
		end = t.wordEnd(j)
		for end < len(t.b) && isDigit(t.b[end]) && (end > j || isDigit(t.b[j])) { // thứ 2
			end++
		}
		if end == j || len(key)+end-j > 70 {
			break
		}
		key = appendWord(append(key, ' '), t.b[j:end])
		last = t.skipDot(end)
		if node = t.dict.nodes[string(key)]; node != nil && node.senses != nil {
			k.senses, best = node.senses, last
		}
	}
	return best
}

// skipDot passes the dot of an abbreviation.
func (t *dateTokens) skipDot(i int) int {
	if i < len(t.b) && t.b[i] == '.' {
		return i + 1
	}
	return i
}

// appendWord is a word without the dots inside it, as the dictionary spells it.
func appendWord(key, w []byte) []byte {
	for _, c := range w {
		if c != '.' && c != '"' && len(key) < cap(key)-4 {
			key = append(key, c)
		}
	}
	return key
}

// run finds the longest word of the dictionary at i in a script without spaces. What no word covers becomes one unknown word.
func (t *dateTokens) run(k *dateToken, i int) int {
	k.kind = tWord
	if end, senses := t.longest(i); end > i {
		k.senses = senses
		return t.skipDot(end)
	}
	for i < len(t.b) {
		r, size := utf8.DecodeRune(t.b[i:])
		if !runWise(r) && !unicode.IsMark(r) {
			break
		}
		i += size
		if i < len(t.b) {
			if end, _ := t.longest(i); end > i {
				break
			}
			if r, _ := utf8.DecodeRune(t.b[i:]); hanDigit(r) >= 0 && t.hanNumber(&dateToken{}, i) {
				break
			}
		}
	}
	return i
}

func (t *dateTokens) longest(i int) (end int, senses []sense) {
	var buf [80]byte
	key := buf[:0]
	for j := i; j < len(t.b) && len(key) < 70; {
		c := t.b[j]
		switch {
		case c == ' ' && j > i && t.dict.nodes[string(key)] != nil && j+1 < len(t.b):
			if r, _ := utf8.DecodeRune(t.b[j+1:]); !runWise(r) {
				return end, senses
			}
			key = append(key, ' ')
			j++
			continue
		case c == '.' && j > i: // พ.ค.
			j++
			continue
		case c < utf8.RuneSelf:
			return end, senses
		}
		_, size := utf8.DecodeRune(t.b[j:])
		key = append(key, t.b[j:j+size]...)
		j += size
		node := t.dict.nodes[string(key)]
		if node == nil {
			return end, senses
		}
		if node.senses != nil {
			end, senses = j, node.senses
		}
		if !node.more {
			return end, senses
		}
	}
	return end, senses
}

func letterAt(b []byte) bool {
	r, _ := utf8.DecodeRune(b)
	return unicode.IsLetter(r)
}

func hanDigit(r rune) int {
	switch r {
	case '〇', '零', '○':
		return 0
	case '一', '元':
		return 1
	case '二':
		return 2
	case '三':
		return 3
	case '四':
		return 4
	case '五':
		return 5
	case '六':
		return 6
	case '七':
		return 7
	case '八':
		return 8
	case '九':
		return 9
	case '十', '廿':
		return 10
	}
	return -1
}

// hanNumber reads a number in Chinese numerals where a unit of time follows: 二〇二一年五月二十九日.
func (t *dateTokens) hanNumber(k *dateToken, i int) bool {
	var n, digits, pending int
	tens := false
	for digits < 5 {
		r, size := utf8.DecodeRune(t.b[i:])
		d := hanDigit(r)
		if d < 0 {
			break
		}
		switch {
		case r == '廿':
			n, tens, pending = 20, true, 0
		case d == 10:
			if digits == 0 {
				pending = 1
			}
			n, tens, pending = pending*10, true, 0
		case tens:
			n += d
		default:
			pending = pending*10 + d
		}
		i += size
		digits++
	}
	if digits == 0 {
		return false
	}
	if !tens {
		n = pending
	}
	switch r, _ := utf8.DecodeRune(t.b[i:]); r {
	case '年', '月', '日', '号', '號', '时', '時', '点', '點', '分', '秒':
	default:
		return false
	}
	k.kind, k.n, k.digits, k.end = tNumber, int32(n), uint8(digits), int32(i)
	if tens {
		k.digits = 2
	}
	return true
}

// spell is the line as the dictionary spells phrases.
func (t *dateTokens) spell() string {
	var out []byte
	for i := 0; i < len(t.b); {
		c := t.b[i]
		r, size := utf8.DecodeRune(t.b[i:])
		switch {
		case c < utf8.RuneSelf && !isLetter(c) && !isDigit(c):
			if len(out) > 0 && out[len(out)-1] != ' ' && i+1 < len(t.b) && !(c == '.' && runWise(r)) {
				out = append(out, ' ')
			}
			i++
		case runWise(r):
			for i < len(t.b) {
				if r, size = utf8.DecodeRune(t.b[i:]); r == '.' {
					size = 1
				} else if !runWise(r) && !unicode.IsMark(r) {
					break
				} else {
					out = append(out, t.b[i:i+size]...)
				}
				i += size
			}
		case isDigit(c):
			out = append(out, c)
			i++
		default:
			end := t.wordEnd(i)
			if end == i {
				end = i + size
			} else {
				out = appendWord(append(make([]byte, 0, len(out)+end-i+8), out...), t.b[i:end])
			}
			i = t.skipDot(end)
			if i > end && i < len(t.b) && t.b[i] != ' ' {
				out = append(out, ' ')
			}
		}
	}
	for len(out) > 0 && out[len(out)-1] == ' ' {
		out = out[:len(out)-1]
	}
	return string(out)
}

// has reports whether the token can mean class, and gives its value.
func (k *dateToken) has(class wordClass) (sense, bool) {
	for _, s := range k.senses {
		if s.class == class {
			return s, true
		}
	}
	return sense{}, false
}
