package page

import "golang.org/x/net/html/atom"

// inline reports whether an element runs inside a line of text; all others,
// unknown and custom ones too, part blocks.
func inline(a atom.Atom) bool {
	switch a {
	case atom.A, atom.Abbr, atom.B, atom.Bdi, atom.Bdo, atom.Cite, atom.Code, atom.Data, atom.Dfn, atom.Em, atom.Font,
		atom.I, atom.Ins, atom.Kbd, atom.Label, atom.Mark, atom.Q, atom.S, atom.Samp, atom.Small, atom.Span, atom.Strong,
		atom.Sub, atom.Sup, atom.Time, atom.Tt, atom.U, atom.Var, atom.Wbr, atom.Del, atom.Big, atom.Strike, atom.Acronym,
		atom.Nobr, atom.Ruby, atom.Rt, atom.Rp, atom.Img, atom.Br:
		return true
	}
	return false
}

// skipped reports whether the content of an element is never text of the page.
func skipped(a atom.Atom) bool {
	switch a {
	case atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Svg, atom.Iframe, atom.Select, atom.Option, atom.Input,
		atom.Textarea, atom.Canvas, atom.Object, atom.Video, atom.Audio, atom.Map, atom.Datalist, atom.Math, atom.Noembed, atom.Noframes:
		return true
	}
	return false
}

// ancestorBit is what an element adds to the Anc of itself and all below it.
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
	case atom.A:
		return InLink
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
	case atom.Pre:
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
