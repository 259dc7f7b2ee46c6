package page

// Hints is a set of hint groups: what the words of class, id, role, itemprop and
// data attributes say an element is for.
type Hints uint32

// The hint groups, in the order of Elem.Dist.
const (
	HintArticle = iota
	HintBody
	HintMain
	HintTitle
	HintLead
	HintRelated
	HintPromo
	HintShare
	HintNewsletter
	HintCaption
	HintComment
	HintAuthor
	HintDate
	HintTag
	HintNav
	HintFooter
	HintHeader
	HintCookie
	HintList
	HintQuote
	HintInfo
	HintEmbed
	HintLive
	HintCorrection
	HintGroups // how many there are
)

// Has reports whether h holds the group.
func (h Hints) Has(group int) bool { return h&(1<<group) != 0 }

// Ancestors is a set of kinds of element found on the way to the root.
type Ancestors uint32

// The kinds of ancestor.
const (
	InArticle Ancestors = 1 << iota
	InMain
	InAside
	InNav
	InHeader
	InFooter
	InFigure
	InForm
	InTable
	InList
	InQuote
	InSection
	InLink
	InButton
	InTime
	InAddress
	InHeading
	InDefinition
	InCaption
	InPre
	InDetails
	InDialog
	InHidden
	InArticleBody // itemprop=articleBody
)
