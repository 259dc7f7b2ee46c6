package page

import "golang.org/x/net/html/atom"

// A trait says how an element takes part in the walk.
type trait uint16

const (
	inline  trait = 1 << iota // runs inside a line of text; all others part blocks, unknown and custom ones too
	skipped                   // its content is never text of the page
	leaf                      // recorded although it holds no text of its own
	headed                    // says something about the page: title, meta, link, base, script
	linked                    // its text is a link
	bold
	italic
	preformatted
	button
)

// traits of an element by its name; 0 is a plain block.
func traits(a atom.Atom) trait {
	switch a {
	case atom.Span, atom.Abbr, atom.Bdi, atom.Bdo, atom.Code, atom.Data, atom.Dfn, atom.Font, atom.Ins, atom.Kbd,
		atom.Label, atom.Mark, atom.Q, atom.S, atom.Samp, atom.Small, atom.Sub, atom.Sup, atom.Time, atom.Tt, atom.U,
		atom.Var, atom.Del, atom.Big, atom.Strike, atom.Acronym, atom.Nobr, atom.Ruby, atom.Rb, atom.Rt, atom.Cite:
		return inline
	case atom.A:
		return inline | linked
	case atom.B, atom.Strong:
		return inline | bold
	case atom.I, atom.Em:
		return inline | italic
	case atom.Img, atom.Br, atom.Wbr:
		return inline | leaf
	case atom.Hr:
		return leaf
	case atom.Pre, atom.Listing, atom.Xmp:
		return preformatted
	case atom.Button:
		return button
	case atom.Title, atom.Base, atom.Script:
		return inline | skipped | headed
	case atom.Meta, atom.Link:
		return inline | skipped | leaf | headed
	case atom.Iframe, atom.Video, atom.Audio, atom.Object, atom.Embed, atom.Input, atom.Source:
		return inline | skipped | leaf
	case atom.Style, atom.Noscript, atom.Template, atom.Svg, atom.Select, atom.Option, atom.Textarea, atom.Canvas,
		atom.Map, atom.Datalist, atom.Rp, atom.Noembed, atom.Noframes, atom.Track, atom.Param, atom.Area,
		atom.Progress, atom.Meter, atom.Annotation, atom.AnnotationXml:
		return inline | skipped
	}
	return 0
}

// ancestorBit is what an element adds to the Anc of itself and of all below it.
func ancestorBit(a atom.Atom) Ancestors {
	switch a {
	case atom.Article:
		return InArticle
	case atom.Main:
		return InMain
	case atom.Aside:
		return InAside
	case atom.Nav:
		return InNav
	case atom.Header:
		return InHeader
	case atom.Footer:
		return InFooter
	case atom.Figure:
		return InFigure
	case atom.Form:
		return InForm
	case atom.Table:
		return InTable
	case atom.Ul, atom.Ol:
		return InList
	case atom.Blockquote:
		return InQuote
	case atom.Section:
		return InSection
	case atom.Button:
		return InButton
	case atom.Time:
		return InTime
	case atom.Address:
		return InAddress
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return InHeading
	case atom.Dl:
		return InDefinition
	case atom.Figcaption, atom.Caption:
		return InCaption
	case atom.Pre, atom.Listing, atom.Xmp:
		return InPre
	case atom.Details:
		return InDetails
	case atom.Dialog:
		return InDialog
	}
	return 0
}

func headingLevel(a atom.Atom) uint8 {
	switch a {
	case atom.H1:
		return 1
	case atom.H2:
		return 2
	case atom.H3:
		return 3
	case atom.H4:
		return 4
	case atom.H5:
		return 5
	case atom.H6:
		return 6
	}
	return 0
}

// void reports whether an element has no content (HTML, section 13.1.2).
func void(a atom.Atom) bool {
	switch a {
	case atom.Area, atom.Base, atom.Br, atom.Col, atom.Embed, atom.Hr, atom.Img, atom.Input, atom.Link, atom.Meta,
		atom.Param, atom.Source, atom.Track, atom.Wbr:
		return true
	}
	return false
}
