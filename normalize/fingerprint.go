package normalize

// ContentHash is a hash of the text that ignores cosmetic change, 32 hex digits; "" for an empty text.
func ContentHash(text string) string { return "" }

// Simhash is a 64-bit locality-sensitive hash of the text: near copies differ in few bits.
func Simhash(text string) uint64 { return 0 }
