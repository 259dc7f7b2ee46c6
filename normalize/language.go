package normalize

// LanguageHints is what is known about the language of a text from elsewhere.
type LanguageHints struct {
	// Declared is what the page says (html lang, og:locale, inLanguage), strongest first.
	Declared []string
	// Prior is what the publisher or the TLD suggests.
	Prior string
}

// A LanguageValue is a language and how it is known.
type LanguageValue struct {
	// Tag is BCP 47, "" where unknown; Direction is ltr or rtl; Script is ISO 15924.
	Tag, Direction, Script string
	// Source is declared, script or detected.
	Source string
}

// Language decides the language of a text.
func Language(text string, h LanguageHints) LanguageValue { return LanguageValue{} }
