package normalize

import (
	"strings"
	"unicode/utf8"
)

// hangulName reads a Korean part. A name has two to four syllables and, without a post
// behind it or a label before it, a known surname in front.
func (r *hanReader) hangulName(part hanPart) {
	text := part.text
	if name, ok := r.cutPost(text); ok {
		if name == "" {
			return
		}
		if len(r.waiting) > 0 && part.before == ' ' && utf8.RuneCountInString(name) == 2 {
			r.confirm() // what the post before it is for: 문화전문기자
			return
		}
		if r.koreanName(name, true) {
			r.waiting = append(r.waiting, hanPart{text: name, before: part.before, after: part.after, depth: part.depth})
			r.confirm()
		}
		return
	}
	if part.before != ' ' && part.before != '.' && part.before != ',' && part.before != '~' {
		r.settle()
	}
	if r.house(text) {
		if len(r.waiting) == 0 || !r.nearPost() {
			r.settle()
		}
		if len(r.p.out) == 0 && r.i+1 == len(r.parts) && len(r.waiting) == 0 {
			r.credit(text, "organization")
		}
		return
	}
	if r.koreanName(text, false) || (r.labelled || r.postNext()) && r.koreanName(text, true) {
		r.waiting = append(r.waiting, part)
	}
	if r.i+1 == len(r.parts) {
		r.settle()
	}
}

// nearPost reports whether a post follows within the next two parts: 김철수 한국일보 기자.
func (r *hanReader) nearPost() bool {
	for k := r.i + 1; k < len(r.parts) && k <= r.i+2; k++ {
		if r.w.isPost[r.parts[k].text] {
			return true
		}
		if r.parts[k].before != ' ' {
			return false
		}
	}
	return false
}

// postNext reports whether the next part is a post and this one could be its holder.
func (r *hanReader) postNext() bool {
	first, _ := utf8.DecodeRuneInString(r.parts[r.i].text)
	return r.i+1 < len(r.parts) && r.parts[r.i].after == ' ' && r.w.isPost[r.parts[r.i+1].text] && r.w.korean[first]
}

func (r *hanReader) koreanName(s string, sure bool) bool {
	n := utf8.RuneCountInString(s)
	first, _ := utf8.DecodeRuneInString(s)
	if n < 2 || n > 4 || !isHangul(first) || r.w.places[s] || r.house(s) || r.w.ui[s] || r.w.staff[s] {
		return false
	}
	return sure || r.w.korean[first] && (n == 3 || n == 2 || twoSyllableSurname(s))
}

func twoSyllableSurname(s string) bool {
	for _, w := range []string{"남궁", "황보", "제갈", "사공", "선우", "독고", "서문"} {
		if strings.HasPrefix(s, w) {
			return true
		}
	}
	return false
}

// cutPost cuts a post glued to the end of a part.
func (r *hanReader) cutPost(text string) (string, bool) {
	for _, post := range r.w.posts {
		if name, ok := strings.CutSuffix(text, post); ok && name != "" && (utf8.RuneCountInString(post) > 1 || r.japanese && post == "氏") {
			if n := utf8.RuneCountInString(name); n >= 2 {
				return name, true
			}
		}
	}
	return text, false
}

// confirm takes the waiting names for persons: a post stands behind them. Of several
// parted by spaces those that look like names count, and the last in any case.
func (r *hanReader) confirm() {
	for k, part := range r.waiting {
		last := k == len(r.waiting)-1
		if last || utf8.RuneCountInString(part.text) == 3 || part.after == '.' || part.after == ',' || !r.korean {
			r.credit(part.text, "person")
		}
	}
	r.waiting = r.waiting[:0]
	if !r.labelled {
		r.role = "writer"
	}
}

// settle decides on names without a post: they count where a label stands before
// them, or where the line holds nothing that speaks against it.
func (r *hanReader) settle() { r.settleAs(r.role) }

func (r *hanReader) settleAs(role string) {
	if len(r.waiting) == 0 {
		return
	}
	for _, part := range r.waiting {
		if part.depth > 0 && r.plain && !r.labelled {
			continue
		}
		r.plain = r.plain || part.depth == 0
		r.p.add(Credit{Name: part.text, Kind: "person", Role: role, Printed: part.text, Known: r.knownName(part.text)})
	}
	r.waiting = r.waiting[:0]
}

// hanName reads a Chinese or Japanese part.
func (r *hanReader) hanName(part hanPart) {
	text := part.text
	for changed := true; changed; {
		changed = false
		for _, l := range r.w.labels {
			i := strings.Index(text, l.word)
			if i < 0 || len(text) == len(l.word) {
				continue
			}
			head, rest := text[:i], text[i+len(l.word):]
			if rest == "" {
				continue
			}
			if r.w.isPost[l.word] && utf8.RuneCountInString(rest) < 2 {
				continue
			}
			if head != "" {
				if name := r.agency(head); name != "" {
					r.p.add(Credit{Name: name, Kind: "agency", Role: "writer", Printed: head})
				} else if !r.house(head) && !r.w.places[head] && utf8.RuneCountInString(head) <= 4 && l.word != "记者" && l.word != "記者" {
					continue
				}
			}
			r.settle()
			text, r.role, r.labelled = rest, l.role, true
			r.p.note(l.word, "label of "+l.role)
			changed = true
			break
		}
	}
	if r.w.places[text] || r.w.ui[text] || r.w.isPost[text] {
		r.settle()
		return
	}
	for i := range text {
		if name := r.agency(text[:i]); name != "" && r.w.places[text[i:]] {
			r.p.add(Credit{Name: name, Kind: "agency", Role: r.role, Printed: text[:i]})
			return
		}
	}
	if name := r.agency(text); name != "" {
		r.p.add(Credit{Name: name, Kind: "agency", Role: r.role, Printed: text})
		return
	}
	text = r.cutHanTail(text)
	if text == "" {
		return
	}
	posted := false
	for {
		name, ok := r.cutPost(text)
		if !ok {
			break
		}
		text, posted = name, true
	}
	if name, ok := r.photoTail(text); ok {
		r.p.add(Credit{Name: name, Kind: "person", Role: "photographer", Printed: text})
		return
	}
	if r.spaced(part, text) {
		return
	}
	for _, name := range splitHanAnd(text, r.japanese) {
		r.oneHan(name, part, posted)
	}
	if posted {
		r.confirm()
	} else if part.after != ' ' || r.i+1 == len(r.parts) {
		r.settle()
	}
}

// spaced joins a surname and a given name that a space parts: 山田 太郎, 张 三.
func (r *hanReader) spaced(part hanPart, text string) bool {
	if part.after != ' ' || r.i+1 >= len(r.parts) {
		return false
	}
	next := r.parts[r.i+1]
	rest, posted := next.text, false
	if name, ok := r.cutPost(rest); ok {
		rest, posted = name, true
	}
	a, b := utf8.RuneCountInString(text), utf8.RuneCountInString(rest)
	if next.latin || r.w.exact[hanKey(next.text)] != "" || r.w.isPost[next.text] || r.w.staff[next.text] || r.w.places[text] || r.w.places[next.text] || r.house(text) || r.house(rest) && b > 2 || r.agency(next.text) != "" || r.w.ui[next.text] {
		return false
	}
	switch {
	case r.japanese && a <= 3 && b <= 3 && a+b >= 2 && a+b <= 6:
		r.waiting = append(r.waiting, hanPart{text: text + " " + rest, before: part.before, after: next.after, depth: part.depth})
	case !r.japanese && a == 1 && b <= 2:
		r.waiting = append(r.waiting, hanPart{text: text + rest, before: part.before, after: next.after, depth: part.depth})
	default:
		return false
	}
	r.i++
	if posted {
		r.confirm()
	} else if next.after != ' ' {
		r.settle()
	}
	return true
}

// oneHan takes one name: two to four Han characters with a surname or a label in
// front; with kana or a middle dot up to twelve.
func (r *hanReader) oneHan(text string, part hanPart, posted bool) {
	if r.japanese {
		text = r.cutKatakanaPlace(text)
	}
	n := utf8.RuneCountInString(text)
	first, _ := utf8.DecodeRuneInString(text)
	if n < 2 || r.w.places[text] || r.w.staff[text] {
		return
	}
	if r.house(text) && !(posted && n <= 4 && (r.japanese || r.w.surnames[first])) {
		if len(r.p.out) == 0 && len(r.waiting) == 0 && r.i+1 == len(r.parts) && !r.labelled {
			r.credit(text, "organization")
		}
		return
	}
	limit := 4
	if r.japanese {
		limit = 7
	}
	if strings.ContainsRune(text, '・') || strings.ContainsFunc(text, isKana) {
		limit = 16
	}
	switch {
	case n > limit:
		r.p.note(text, "not a name")
		return
	case !r.japanese && !r.w.surnames[first] && !r.labelled && !posted:
		return
	case !r.japanese && n == 4 && !compoundSurname(text) && !(r.w.surnames[first] && r.labelled) && !posted:
		return
	case r.japanese && !posted && !r.labelled && n < 3:
		return
	}
	r.waiting = append(r.waiting, hanPart{text: text, before: part.before, after: part.after, depth: part.depth})
}

// cutKatakanaPlace cuts a foreign place off the front of a name: ロンドン中村真理子.
func (r *hanReader) cutKatakanaPlace(text string) string {
	i := strings.IndexFunc(text, func(c rune) bool { return !isKana(c) && c != 'ー' })
	if i > 0 && r.w.places[text[:i]] && utf8.RuneCountInString(text[i:]) > 2 {
		return text[i:]
	}
	return text
}

// endsInHiragana reports whether と goes on a word rather than joins two names: はしもと.
func endsInHiragana(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r >= 0x3041 && r <= 0x309F
}

func compoundSurname(s string) bool {
	for _, w := range []string{"欧阳", "歐陽", "司马", "司馬", "上官", "诸葛", "諸葛", "司徒", "慕容", "皇甫", "夏侯", "东方", "尉迟", "令狐", "端木", "范姜", "張簡", "张简"} {
		if strings.HasPrefix(s, w) {
			return true
		}
	}
	return false
}

// cutHanTail cuts what follows a name without a mark: a place and 報導, a date and 電.
func (r *hanReader) cutHanTail(text string) string {
	for _, w := range r.w.longestUI {
		if i := strings.Index(text, w); i >= 0 {
			text = text[:i]
		}
	}
	for _, w := range []string{"报道", "報導", "報道", "整理", "综合", "綜合", "撰稿", "摄影报道"} {
		if i := strings.Index(text, w); i >= 0 {
			text = text[:i]
		}
	}
	if r.japanese {
		return text
	}
	if n := utf8.RuneCountInString(text); n > 3 {
		for _, place := range r.w.placeList {
			if i := strings.Index(text, place); i >= 0 && (i == len("王小") || i == len("王小明") || i == len("欧阳小明") || i == 0) {
				return text[:i]
			}
		}
	}
	if r.w.places[text] {
		return ""
	}
	return text
}

// photoTail cuts 摄 and the like glued to the end of a name.
func (r *hanReader) photoTail(text string) (string, bool) {
	for _, w := range []string{"摄影", "攝影", "摄", "攝", "撮影"} {
		if name, ok := strings.CutSuffix(text, w); ok {
			n := utf8.RuneCountInString(name)
			if n >= 2 && n <= 4 {
				return name, true
			}
		}
	}
	return text, false
}

// splitHanAnd parts names at 和, 与, と where two characters or more stand on both sides.
func splitHanAnd(s string, japanese bool) []string {
	words := []string{"和", "与", "與", "及"}
	if japanese {
		words = []string{"と"}
	}
	for _, w := range words {
		if a, b, ok := strings.Cut(s, w); ok && utf8.RuneCountInString(a) >= 2 && utf8.RuneCountInString(b) >= 2 && !(japanese && endsInHiragana(a)) {
			return append([]string{a}, splitHanAnd(b, japanese)...)
		}
	}
	return []string{s}
}

// knownName reports whether a name begins with a family name of China or Korea.
func (r *hanReader) knownName(text string) bool {
	first, _ := utf8.DecodeRuneInString(text)
	return r.w.surnames[first] && !r.japanese || r.w.korean[first] && r.korean
}
