package page

import "strings"

// asked reports whether anything asks for the attribute of the name, in small letters: the walk or a later
// step. All others are left out of the elements.
func asked(name string) bool {
	switch name {
	case "class", "id", "href", "src", "rel", "style", "alt", "width", "height", "srcset", "title", "type", "name", "content", "property",
		"itemprop", "role", "lang", "xml:lang", "dir", "hidden", "datetime", "pubdate", "hreflang", "http-equiv", "encoding",
		"aria-hidden", "aria-label":
		return true
	}
	if rest, ok := strings.CutPrefix(name, "data-"); ok {
		return hintAttr(name) || askedData(rest)
	}
	return false
}

// outlives reports whether the value of an attribute that is asked for may come into the record.
func outlives(name string) bool {
	switch name {
	case "style", "hidden", "aria-hidden":
		return false
	}
	return !hintAttr(name)
}

// askedData is asked for the attributes of scripts: addresses of pictures, and dates.
func askedData(name string) bool {
	for _, part := range [...]string{"src", "original", "lazyload", "url", "date", "time", "stamp", "pub", "post", "deploy"} {
		if strings.Contains(name, part) {
			return true
		}
	}
	return false
}
