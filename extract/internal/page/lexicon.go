package page

import (
	"strings"
	"unicode"

	"golang.org/x/net/html"
)

// groupWords are the words that name a hint group in class, id, role, itemprop
// and data attributes: conventions of markup, seen over many publishers.
var groupWords = [HintGroups]string{
	HintArticle:    "article post story entry news artikel articulo articolo noticia beitrag hentry newsarticle blogpost",
	HintBody:       "body content text articlebody fliesstext richtext wysiwyg paragraph paywall bodytext maintext copy cuerpo corpo inhalt texto contenido storybody postcontent entrycontent prose markdown",
	HintMain:       "main primary center",
	HintTitle:      "title headline heading titel titulo titre titolo hed header-title pagetitle entrytitle",
	HintLead:       "lead lede standfirst subtitle subhead subheadline dek deck teaser-text summary excerpt intro chapo sapo abstract vorspann ingress bajada entradilla sottotitolo occhiello subheading description strapline perex zajawka",
	HintRelated:    "related recommend recommended recommendation recommendations more readmore morefrom similar also popular trending mostread latest teaser teasers promo-list suggested suggestions linklist relacionadas verwandte outbrain taboola recirc recirculation further upnext next-article readalso seealso onward",
	HintPromo:      "promo promotion ad ads adv advert advertisement advertising sponsor sponsored sponsors banner donate donation support subscribe subscription offer marketing commercial affiliate werbung anzeige publicidad publicite appeal upsell cta adslot dfp gpt paid",
	HintShare:      "share sharing social socials facebook twitter whatsapp linkedin pinterest addthis sharebar shareaholic sharedaddy telegram teilen compartir partage bookmark print email-share tools toolbar",
	HintNewsletter: "newsletter newsletters signup sign-up mailing registration register login signin piano",
	HintCaption:    "caption figcaption captions credit credits bildunterschrift legende legenda photo-credit imagecaption photographer copyright-image wp-caption-text pie mediacaption",
	HintComment:    "comment comments disqus respond commenting commentlist discussion kommentar kommentare comentarios commentaires reactions livefyre",
	HintAuthor:     "author authors byline bylines writer contributor autor auteur autore redakteur journalist vcard creator signature firma bio reporter authorname",
	HintDate:       "date time timestamp published publish pubdate datetime datum dateline updated modified fecha data-publication posted dates publishdate pubtime",
	HintTag:        "tag tags topic topics keyword keywords taxonomy etiquetas schlagworte label labels tagcloud categories category",
	HintNav:        "nav navigation menu navbar breadcrumb breadcrumbs pagination pager submenu topbar sitemap hamburger dropdown menubar toc skip crumb crumbs",
	HintFooter:     "footer foot bottom colophon copyright legal imprint fuss",
	HintHeader:     "header masthead head top topper branding logo kopf",
	HintCookie:     "cookie cookies consent gdpr cmp privacy onetrust overlay modal popup lightbox wall didomi",
	HintList:       "list items grid carousel slider feed river listing cards card collection",
	HintQuote:      "quote blockquote pullquote zitat quotation citation cita",
	HintInfo:       "info box infobox factbox fact facts sidebar widget aside panel glossary kasten marginal keypoints highlights rail complementary",
	HintEmbed:      "embed embedded tweet instagram youtube video player iframe oembed media podcast audio gallery twitter-tweet",
	HintLive:       "live liveblog ticker liveticker update updates minute directo",
	HintCorrection: "correction corrections disclaimer editorsnote erratum clarification",
}

// wordGroups maps a word to the groups it names.
var wordGroups = func() map[string]Hints {
	m := map[string]Hints{}
	for g, words := range groupWords {
		for word := range strings.FieldsSeq(words) {
			m[word] |= 1 << g
		}
	}
	return m
}()

// longWords are the words of six letters and more that also count inside a longer token.
var longWords = func() []string {
	var out []string
	for word := range wordGroups {
		if len(word) >= 6 && !strings.Contains(word, "-") {
			out = append(out, word)
		}
	}
	return out
}()

// A hintCache remembers the hints of attribute values: pages repeat their classes.
type hintCache map[string]Hints

// hintAttrs are the attributes whose words say what an element is for.
func hintAttr(key string) bool {
	switch key {
	case "class", "id", "role", "itemprop", "data-testid", "data-component", "data-type", "data-module", "data-qa", "data-block", "data-component-name", "data-test-id":
		return true
	}
	return false
}

func (c hintCache) of(attrs []html.Attribute) Hints {
	var h Hints
	for i := range attrs {
		if !hintAttr(attrs[i].Key) || attrs[i].Val == "" || len(attrs[i].Val) > 1000 {
			continue
		}
		v, ok := c[attrs[i].Val]
		if !ok {
			v = hintsOf(attrs[i].Val)
			c[attrs[i].Val] = v
		}
		h |= v
	}
	return h
}

// hintsOf reads the tokens of an attribute value, split at non-letters and at camelCase.
func hintsOf(s string) Hints {
	var h Hints
	add := func(tok string) {
		if len(tok) < 2 {
			return
		}
		tok = strings.ToLower(tok)
		if g, ok := wordGroups[tok]; ok {
			h |= g
			return
		}
		if len(tok) > 6 {
			for _, word := range longWords {
				if strings.Contains(tok, word) {
					h |= wordGroups[word]
				}
			}
		}
	}
	for class := range strings.FieldsSeq(s) {
		if g, ok := wordGroups[strings.ToLower(class)]; ok {
			h |= g
		}
		start := 0
		prevLower := false
		for i, r := range class {
			switch {
			case !unicode.IsLetter(r):
				add(class[start:i])
				start = i + len(string(r))
				prevLower = false
			case unicode.IsUpper(r) && prevLower:
				add(class[start:i])
				start = i
				prevLower = false
			default:
				prevLower = unicode.IsLower(r)
			}
		}
		if start < len(class) {
			add(class[start:])
		}
	}
	return h
}
