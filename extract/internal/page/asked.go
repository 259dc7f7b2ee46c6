package page

import "strings"

// asked reports whether anything asks for the attribute of the name: the parser, the walk or a
// later step. All others are left out before the page is parsed.
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
	for i := range len(name) { // as no style guide has it, but the rules of HTML do
		if c := name[i]; c < 'a' && c != '-' && c != ':' || c >= 0x7f {
			return true
		}
	}
	return false
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

// formatting reports whether the parser holds the attributes of open elements of the name against
// each other (HTML, section 13.2.4.3). It does so with links too, but never has two of them.
func formatting(name string) bool {
	switch name {
	case "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u":
		return true
	}
	return false
}

// onlyDraws reports whether the content of an svg element holds nothing but shapes: no element that
// would end it or bring the rules of HTML back.
func onlyDraws(s string) bool {
	for {
		i := strings.IndexByte(s, '<')
		if i < 0 {
			return true
		}
		s = strings.TrimPrefix(s[i+1:], "/")
		n := nameLen(s)
		if n == 0 || !shape(s[:n]) {
			return false
		}
		_, s, _ = strings.Cut(s[n:], ">")
	}
}

func shape(name string) bool {
	switch name {
	case "path", "g", "circle", "rect", "use", "polygon", "polyline", "line", "ellipse", "defs", "mask", "clipPath", "clippath",
		"linearGradient", "radialGradient", "stop", "symbol", "animate", "filter", "image", "text", "tspan":
		return true
	}
	return false
}

// partsBlocks reports whether the tags of an element end the block of text before them.
func partsBlocks(name string) bool {
	switch name {
	case "div", "p", "li", "ul", "ol", "dl", "dt", "dd", "section", "article", "main", "header", "footer", "nav", "aside",
		"h1", "h2", "h3", "h4", "h5", "h6", "figure", "figcaption", "blockquote", "form", "fieldset",
		"table", "thead", "tbody", "tfoot", "tr", "td", "th", "html", "head", "body":
		return true
	}
	return false
}

// ofHead reports whether an element stands in the head of a page.
func ofHead(name string) bool {
	switch name {
	case "html", "head", "meta", "link", "script", "style", "title", "base", "noscript":
		return true
	}
	return false
}
