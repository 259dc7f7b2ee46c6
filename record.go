package dateline

// Schema is the value of Record.Schema. Adding a key to the record is a minor
// change and keeps it; altering or removing one makes it "dateline/2".
const Schema = "dateline/1"

// A Record is one news page as Dateline understood it. In JSON every key is
// present, in the order of the fields below; a string tagged nullable prints as
// null where it is empty and a nullable number where it is 0; a list prints as []
// where it is empty.
//
// Nothing in a record depends on the clock or the machine unless it was
// fetched: the same bytes give the same record.
type Record struct {
	// Schema names the version of this format.
	Schema string `json:"schema"`
	// ID is 32 hex digits: the first 128 bits of the SHA-256 of the key form of
	// CanonicalURL; of the content where the page has no URL.
	ID string `json:"id"`
	// URL is the address as fetched, after redirects.
	URL string `json:"url" dateline:"nullable"`
	// CanonicalURL is the page's rel=canonical where it is believed, else URL; normalised, scheme kept.
	CanonicalURL string `json:"canonical_url" dateline:"nullable"`
	// PageKind says what the page is: article, live, gallery, video, listing, section, other or blocked.
	PageKind PageKind `json:"page_kind" dateline:"enum=article|live|gallery|video|listing|section|other|blocked"`
	// Title is the headline without the name of the site.
	Title string `json:"title" dateline:"nullable"`
	// Kicker is the short label above the headline.
	Kicker string `json:"kicker" dateline:"nullable"`
	// Standfirst is the summary paragraph under the headline; it is kept out of Text.
	Standfirst string `json:"standfirst" dateline:"nullable"`
	// Description is the page's own meta summary.
	Description string `json:"description" dateline:"nullable"`
	// Byline is the credit line as printed.
	Byline string `json:"byline" dateline:"nullable"`
	// Authors names who wrote it, in order: people; an organization or agency only where no person is credited.
	Authors []string `json:"authors"`
	// Contributors is everyone credited, with kind and role.
	Contributors []Contributor `json:"contributors"`
	// Publisher is the name of the site that published the page.
	Publisher string `json:"publisher" dateline:"nullable"`
	// Agency is the wire the text came from, where it is credited.
	Agency string `json:"agency" dateline:"nullable"`
	// Dateline is the place that opens the text, as printed.
	Dateline string `json:"dateline" dateline:"nullable"`
	// Section is the deepest section of the site that holds the page, without Home.
	Section string `json:"section" dateline:"nullable"`
	// Tags are the page's own keywords, deduplicated, in order.
	Tags []string `json:"tags"`
	// Language is a BCP 47 tag.
	Language string `json:"language" dateline:"nullable"`
	// Direction is the direction of the script: ltr or rtl.
	Direction string `json:"direction" dateline:"nullable,enum=ltr|rtl"`
	// Published is when the page first appeared: RFC 3339 with an offset where the
	// zone is known, without one where it is not, a bare day where only the day is known.
	Published string `json:"published" dateline:"nullable"`
	// Modified is when the page last changed, in the form of Published.
	Modified string `json:"modified" dateline:"nullable"`
	// Dates is the evidence for Published and Modified.
	Dates Dates `json:"dates"`
	// Text is the body: the blocks but embeds and asides, parted by a blank line.
	Text string `json:"text" dateline:"nullable"`
	// Blocks is the body in order.
	Blocks []Block `json:"blocks"`
	// Images are the article's own pictures.
	Images []Image `json:"images"`
	// Copyright is the rights line as printed.
	Copyright string `json:"copyright" dateline:"nullable"`
	// License is the licence or registration as printed.
	License string `json:"license" dateline:"nullable"`
	// Notices are other notices: registration numbers, corrections, paywall lines.
	Notices []string `json:"notices"`
	// WordCount counts the words of Text by the segmentation rule of normalize.Words.
	WordCount int `json:"word_count"`
	// Quality says how far the record can be trusted.
	Quality Quality `json:"quality"`
	// Fingerprint identifies the text across cosmetic changes and near copies.
	Fingerprint Fingerprint `json:"fingerprint"`
	// Source says where the bytes came from.
	Source Source `json:"source"`
	// Provenance maps a field to the rule its value came from.
	Provenance map[string]string `json:"provenance"`
	// Extractor names the version and the model that made the record.
	Extractor string `json:"extractor"`
}

// PageKind says what sort of page a record was made of.
type PageKind string

// The kinds of page. A crawl emits records of the first four only.
const (
	KindArticle PageKind = "article"
	KindLive    PageKind = "live"
	KindGallery PageKind = "gallery"
	KindVideo   PageKind = "video"
	KindListing PageKind = "listing"
	KindSection PageKind = "section"
	KindOther   PageKind = "other"
	KindBlocked PageKind = "blocked"
)

// IsArticle reports whether k is a kind that a crawl emits: article, live, gallery or video.
func (k PageKind) IsArticle() bool {
	switch k {
	case KindArticle, KindLive, KindGallery, KindVideo:
		return true
	}
	return false
}

// A Contributor is one credited person, organization or agency.
type Contributor struct {
	// Name is the normalised name, without titles.
	Name string `json:"name"`
	// Kind is person, organization or agency.
	Kind string `json:"kind" dateline:"enum=person|organization|agency"`
	// Role is writer, editor, photographer, translator or contributor.
	Role string `json:"role" dateline:"enum=writer|editor|photographer|translator|contributor"`
	// URL is the address of the contributor's page.
	URL string `json:"url" dateline:"nullable"`
}

// Dates holds the evidence for the two dates of a record.
type Dates struct {
	// Published is the evidence for Record.Published.
	Published *DateEvidence `json:"published"`
	// Modified is the evidence for Record.Modified.
	Modified *DateEvidence `json:"modified"`
}

// DateEvidence says how a date was found and how much of it was printed.
type DateEvidence struct {
	// Raw is the date as the page has it.
	Raw string `json:"raw" dateline:"nullable"`
	// Precision is the smallest unit that was printed: year, month, day, hour, minute or second.
	Precision string `json:"precision" dateline:"enum=year|month|day|hour|minute|second"`
	// Zone is an IANA name or an offset.
	Zone string `json:"zone" dateline:"nullable"`
	// ZoneSource says where the zone came from.
	ZoneSource string `json:"zone_source" dateline:"enum=explicit|abbreviation|paired|publisher|country|reference|none"`
	// Source is the rule that found the date.
	Source string `json:"source"`
	// Inferred is true where the value was not printed as such; provenance says how it was inferred.
	Inferred bool `json:"inferred"`
}

// BlockKind says what a block of the body is.
type BlockKind string

// The kinds of block.
const (
	BlockParagraph BlockKind = "paragraph"
	BlockHeading   BlockKind = "heading"
	BlockList      BlockKind = "list"
	BlockQuote     BlockKind = "quote"
	BlockCode      BlockKind = "code"
	BlockTable     BlockKind = "table"
	BlockEmbed     BlockKind = "embed"
	BlockUpdate    BlockKind = "update"
)

// A Block is one piece of the body.
type Block struct {
	// Kind is paragraph, heading, list, quote, code, table, embed or update. An update is the
	// first block of an entry of a live blog, its heading or first paragraph; an embed is a
	// social post set into the body, and not part of Text.
	Kind BlockKind `json:"kind" dateline:"enum=paragraph|heading|list|quote|code|table|embed|update"`
	// Text is the block's text; of a list or a table, its items or cells one a line.
	Text string `json:"text"`
	// Level is the level of a heading, also of one that is an update, 1 to 6; null elsewhere.
	Level int `json:"level" dateline:"nullable"`
	// Items are the items of a list.
	Items []string `json:"items"`
	// Rows are the rows of a table, cell by cell.
	Rows [][]string `json:"rows"`
	// Aside is true where the block is boxed (fact box, pull quote) and so not part of Text.
	Aside bool `json:"aside"`
}

// An Image is a picture of the article.
type Image struct {
	// URL is the address of the picture.
	URL string `json:"url"`
	// Caption is the text under the picture, without the credit.
	Caption string `json:"caption" dateline:"nullable"`
	// Credit names who made or owns the picture.
	Credit string `json:"credit" dateline:"nullable"`
	// Alt is the alternative text.
	Alt string `json:"alt" dateline:"nullable"`
	// Width is the width in pixels as the page states it; null where it does not.
	Width int `json:"width" dateline:"nullable"`
	// Height is the height in pixels as the page states it; null where it does not.
	Height int `json:"height" dateline:"nullable"`
}

// Quality says how far a record can be trusted.
type Quality struct {
	// Confidence is calibrated: of records at .9, nine in ten have a body F1 of .95 or more.
	Confidence float64 `json:"confidence"`
	// Flags are the reasons for doubt, sorted: paywalled, truncated, no_body, date_ambiguous and so on; and what the
	// publisher asks of those who use the page: noindex, tdm_reserved (text and
	// data mining), ai_denied (by a robots.txt that names crawlers for language models).
	Flags []string `json:"flags"`
}

// Fingerprint identifies a text.
type Fingerprint struct {
	// Content is a hash of the normalised text, blind to cosmetic change.
	Content string `json:"content" dateline:"nullable"`
	// Simhash is a 64-bit locality-sensitive hash, 16 hex digits.
	Simhash string `json:"simhash" dateline:"nullable"`
}

// Source says where the bytes of a record came from.
type Source struct {
	// Input is the file or URL that was read.
	Input string `json:"input"`
	// Charset is the WHATWG name of the encoding the page was read in.
	Charset string `json:"charset"`
	// Bytes is the number of bytes read, after decompression.
	Bytes int `json:"bytes"`
	// SHA256 is the hex hash of those bytes.
	SHA256 string `json:"sha256"`
	// FetchedAt is when the page was fetched, where that is known, RFC 3339 in UTC.
	FetchedAt string `json:"fetched_at" dateline:"nullable"`
	// Status is the HTTP status of the page; null where it was not fetched.
	Status int `json:"status" dateline:"nullable"`
	// ContentType is the Content-Type as sent.
	ContentType string `json:"content_type" dateline:"nullable"`
	// DiscoveredBy names the feed, sitemap or page that named the URL.
	DiscoveredBy string `json:"discovered_by" dateline:"nullable"`
	// Version counts the versions of this article that a crawl has seen, from 1; null outside a crawl.
	Version int `json:"version" dateline:"nullable"`
	// DuplicateOf is the id of an earlier record with nearly the same text.
	DuplicateOf string `json:"duplicate_of" dateline:"nullable"`
}
