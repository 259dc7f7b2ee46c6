package normalize

import (
	"strings"
	"unicode/utf8"
)

// han reads the head of a Chinese, Japanese or Korean text.
func (d *datelineReader) han(head string) (place, agency string, n int) {
	first, w := utf8.DecodeRuneInString(head)
	if creditMark(first) == '(' {
		end := strings.IndexFunc(head[w:], func(r rune) bool { return creditMark(r) == ')' })
		if end < 0 {
			return "", "", 0
		}
		inner := head[w : w+end]
		n = w + end
		_, cw := utf8.DecodeRuneInString(head[n:])
		n += cw
		place, agency = d.hanInner(inner)
		if place == "" && agency == "" {
			return "", "", 0
		}
		rest := strings.TrimLeft(head[n:], " 　")
		skipped := len(head[n:]) - len(rest)
		// "[서울=뉴시스] 김철수 기자 = Text"
		if i := strings.IndexAny(rest, "=＝"); i > 0 && i < 60 && !strings.ContainsAny(rest[:i], ".。") {
			_, ew := utf8.DecodeRuneInString(rest[i:])
			return place, agency, n + skipped + i + ew
		}
		if strings.HasPrefix(rest, "- ") {
			return place, agency, n + skipped + 2
		}
		return place, agency, n + skipped
	}
	// "ワシントン＝山田太郎", "新华社北京5月29日电"
	if i := strings.IndexAny(head, "=＝"); i > 0 && i <= 45 && d.hanPlace(strings.TrimSpace(head[:i])) {
		_, ew := utf8.DecodeRuneInString(head[i:])
		return strings.TrimSpace(head[:i]), "", i + ew
	}
	for _, wire := range []string{"日电", "日電", "日讯", "日訊"} {
		if i := strings.Index(head, wire); i > 0 && i < 90 {
			if p, a := d.hanInner(head[:i+len(wire)]); p != "" || a != "" {
				return p, a, i + len(wire)
			}
		}
	}
	return "", "", 0
}

func (d *datelineReader) hanPlace(s string) bool { return d.lex.han.places[s] }

// hanInner reads what stands in the brackets or before 电: agency, place, date, reporter in any order.
func (d *datelineReader) hanInner(s string) (place, agency string) {
	for _, part := range strings.FieldsFunc(s, func(r rune) bool {
		m := creditMark(r)
		return m != 0 || r == ' ' || r == '　' || r == '=' || r == '＝' || r >= '0' && r <= '9' || r >= '０' && r <= '９'
	}) {
		if d.hanPlace(part) && place == "" {
			place = part
			continue
		}
		if a := d.agency(part); a != "" {
			agency = a
			continue
		}
		// glued: 新华社北京, 中央社記者王小明台北, ロンドン共同, 本报北京
		for _, p := range d.lex.han.placeList {
			i := strings.Index(part, p)
			if i < 0 || place != "" {
				continue
			}
			head, tail := part[:i], part[i+len(p):]
			head = strings.TrimSuffix(head, "电")
			if j := strings.Index(head, "記者"); j >= 0 {
				head = head[:j]
			} else if j := strings.Index(head, "记者"); j >= 0 {
				head = head[:j]
			}
			switch {
			case head != "" && d.agency(head) != "":
				place, agency = p, d.agency(head)
			case head == "" && d.agency(tail) != "":
				place, agency = p, d.agency(tail)
			case strings.HasSuffix(head, "报") || strings.HasSuffix(head, "報") || strings.HasSuffix(head, "网") || strings.HasSuffix(head, "社"):
				place = p
			}
		}
	}
	return place, agency
}
