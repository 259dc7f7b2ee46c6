package decode

import (
	"strings"

	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// aliases are labels outside the WHATWG list (https://encoding.spec.whatwg.org/#names-and-labels)
// that old pages, servers and detectors use.
var aliases = map[string]string{
	"cp932": "shift_jis", "ms932": "shift_jis", "windows-932": "shift_jis", "x-windows-31j": "shift_jis", "sjis-win": "shift_jis", "shift-jis-2004": "shift_jis",
	"cp936": "gbk", "ms936": "gbk", "windows-936": "gbk", "euc-cn": "gbk", "gb-2312": "gbk", "gb_18030": "gb18030", "gb-18030": "gb18030",
	"cp949": "euc-kr", "ms949": "euc-kr", "uhc": "euc-kr", "ks_c_5601": "euc-kr",
	"cp950": "big5", "ms950": "big5", "big-5": "big5", "big5hkscs": "big5", "eucjp": "euc-jp", "euc_jp": "euc-jp", "eucjp-ms": "euc-jp", "euckr": "euc-kr", "euc_kr": "euc-kr",
	"utf8mb4": "utf-8", "utf-8n": "utf-8", "utf_8": "utf-8", "utf-8-sig": "utf-8", "utf 8": "utf-8", "utf-8mb4": "utf-8",
	"latin-1": "windows-1252", "iso-latin-1": "windows-1252", "8859-1": "windows-1252", "iso-8859": "windows-1252", "ansi": "windows-1252", "western": "windows-1252",
	"tis620": "windows-874", "koi8r": "koi8-r", "koi8u": "koi8-u", "maccyrillic": "x-mac-cyrillic", "cp855": "ibm866",
	"x-user-defined": "windows-1252",
}

// lookup finds a charset by its label. It is false where there is none, and for the
// encodings that the standard forbids to decode.
func lookup(label string) (charset, bool) {
	label = strings.Trim(strings.ToLower(label), " \t\r\n\f\"';,")
	if label == "" || len(label) > 40 {
		return charset{}, false
	}
	if a, ok := aliases[label]; ok {
		label = a
	}
	for _, prefix := range [...]string{"win-", "win", "cp-", "windows", "ms-ansi-"} {
		if code, ok := strings.CutPrefix(label, prefix); ok && len(code) == 4 && strings.HasPrefix(code, "125") {
			label = "windows-" + code
		}
	}
	if strings.HasPrefix(label, "hz") {
		return charset{"hz-gb-2312", simplifiedchinese.HZGB2312, true}, true
	}
	enc, err := htmlindex.Get(label)
	if err != nil {
		return charset{}, false
	}
	name, err := htmlindex.Name(enc)
	switch {
	case err != nil || name == "replacement" || name == "x-user-defined":
		return charset{}, false
	case name == "utf-8":
		return charset{name: name}, true
	case name == "gbk":
		return charset{name: "gb18030", encoding: simplifiedchinese.GB18030}, true // holds all of GBK; the standard decodes it so
	case name == "utf-16be" || name == "utf-16le":
		// Pages that were UTF-16 have been read by their NULs; the others lie, and are
		// UTF-8 more often than not (HTML, section 13.2.3.2).
		return charset{name: "utf-8"}, true
	}
	return charset{name, enc, strings.HasPrefix(name, "iso-2022-")}, true
}

// Known reports whether a label names an encoding that Text can be told to use.
func Known(label string) bool {
	_, ok := lookup(label)
	return ok
}
