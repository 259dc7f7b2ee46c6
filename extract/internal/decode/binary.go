package decode

import "bytes"

// magic are the first bytes of files that are no page.
var magic = [][]byte{
	[]byte("\x89PNG"), []byte("\xff\xd8\xff"), []byte("GIF87a"), []byte("GIF89a"), []byte("%PDF-"), []byte("PK\x03\x04"), []byte("PK\x05\x06"),
	[]byte("\x7fELF"), []byte("\x1f\x8b"), []byte("BZh"), []byte("\xfd7zXZ"), []byte("7z\xbc\xaf"), []byte("Rar!"), []byte("\x28\xb5\x2f\xfd"),
	[]byte("OggS"), []byte("ID3"), []byte("fLaC"), []byte("\x00\x00\x01\x00"), []byte("wOFF"), []byte("wOF2"), []byte("MZ\x90"),
	[]byte("\xd0\xcf\x11\xe0"), []byte("SQLite format 3"), []byte("\xca\xfe\xba\xbe"), []byte("\x00asm"), []byte("II*\x00"), []byte("MM\x00*"),
}

// Binary reports whether the bytes are no page at all: a picture, an archive, a document, a program.
func Binary(body []byte) bool {
	for _, m := range magic {
		if bytes.HasPrefix(body, m) {
			return true
		}
	}
	if len(body) >= 12 {
		if bytes.HasPrefix(body, []byte("RIFF")) && (string(body[8:12]) == "WEBP" || string(body[8:12]) == "WAVE" || string(body[8:12]) == "AVI ") || string(body[4:8]) == "ftyp" {
			return true
		}
	}
	if _, n := byMark(body); n > 0 {
		return false
	}
	if _, ok := byNULs(body); ok {
		return false
	}
	// A page may hold a few stray NULs and controls; a binary is full of them.
	head := body[:min(len(body), 8192)]
	odd := 0
	for _, c := range head {
		if c < ' ' && c != '\n' && c != '\t' && c != '\r' && c != '\f' && c != 0x1b {
			odd++
		}
	}
	return odd*20 > len(head)
}
