package page

import (
	"strings"
	"sync"
)

// hintWords are the words that put an element into a hint group when a token of its
// class, id, role, itemprop or data attributes is one of them. They are conventions
// of markup, collected over many publishers and content systems, not of any one site.
// A word of six letters and more also counts inside a longer token.
var hintWords = [HintGroups]string{
	HintArticle:    "article articles story post entry news artikel articulo articolo noticia beitrag hentry newsarticle blogpost clanek artykul",
	HintBody:       "body content text articlebody fliesstext richtext wysiwyg paragraph paragraphs paywall bodytext maintext copy cuerpo corpo inhalt texto contenido storybody postcontent entrycontent prose markdown tekst texte corps cikk",
	HintMain:       "main primary center maincontent",
	HintTitle:      "title headline heading titel titulo titre titolo hed ueberschrift pagetitle entrytitle",
	HintLead:       "lead lede leadin standfirst subtitle subhead subheadline dek deck summary excerpt intro introduction chapo chapeau sapo abstract vorspann ingress bajada entradilla sottotitolo occhiello subheading strapline perex zajawka anreisser manchet spoiler lid",
	HintRelated:    "related relateds recommend recommended recommendation recommendations more readmore morefrom moreon similar also popular trending mostread latest teaser teasers suggested suggestions linklist relacionadas relacionados verwandte outbrain taboola recirc recirculation further upnext nextup readalso seealso seemore onward zergnet revcontent mgid crosslink crosslinks interlink",
	HintPromo:      "promo promos promotion ad ads adv advert advertisement advertisements advertising sponsor sponsored sponsors banner banners donate donation donations support subscribe subscription offer offers marketing commercial affiliate werbung anzeige anzeigen publicidad publicite appeal upsell cta adslot adunit adbox dfp gpt adsense paid reklama reklam reklame googleads shop shopping deals",
	HintShare:      "share shares sharing social socials facebook twitter whatsapp linkedin pinterest addthis addtoany sharebar shareaholic sharedaddy telegram teilen compartir partage partager bookmark print tools toolbar toolbox actions",
	HintNewsletter: "newsletter newsletters signup mailing registration register login signin piano mailchimp regwall",
	HintCaption:    "caption captions figcaption credit credits bildunterschrift legende legenda photographer imagecaption mediacaption pie cutline bildtext",
	HintComment:    "comment comments disqus respond commenting commentlist commentform discussion discussions kommentar kommentare comentarios comentario commentaires reactions livefyre spotim coral reply replies",
	HintAuthor:     "author authors byline bylines writer contributor contributors autor autoren auteur autore redakteur journalist vcard creator signature firma bio reporter reporters authorname",
	HintDate:       "date dates time timestamp published publish pubdate datetime datum dateline updated modified fecha posted publishdate pubtime datepublished datemodified zeit",
	HintTag:        "tag tags tagged topic topics keyword keywords taxonomy etiquetas schlagworte label labels tagcloud categories category",
	HintNav:        "nav navi navigation menu menus navbar breadcrumb breadcrumbs pagination paginator pager submenu topbar sitemap hamburger dropdown menubar toc skip crumb crumbs tablist tabs",
	HintFooter:     "footer foot bottom colophon copyright legal imprint contentinfo",
	HintHeader:     "header masthead head top topper branding logo kopf sitehead",
	HintCookie:     "cookie cookies consent gdpr cmp privacy onetrust overlay modal popup lightbox didomi usercentrics dialog interstitial",
	HintList:       "list items grid carousel slider feed river listing listings cards card collection tile tiles swiper slick",
	HintQuote:      "quote quotes blockquote pullquote zitat quotation citation cita pull",
	HintInfo:       "info box infobox factbox fact facts sidebar widget widgets aside panel glossary kasten marginal keypoints highlights rail complementary glance infos infobloc secondary",
	HintEmbed:      "embed embedded embeds tweet tweets instagram youtube video videos player iframe oembed media podcast audio gallery galleria tiktok vimeo jwplayer brightcove",
	HintLive:       "live liveblog ticker liveticker update updates minute directo timeline",
	HintCorrection: "correction corrections disclaimer editorsnote editornote erratum clarification",
}

// plainWords hold a hint word without its meaning.
const plainWords = "commentary commentator authority authorities authorized socialism socialist"

// A longWord also counts inside a longer token.
type longWord struct {
	word  string
	hints Hints
}

// A hintLexicon finds the groups of a token.
type hintLexicon struct {
	exact   map[string]Hints
	lengths [26 * 26]uint32     // by the first two letters of the exact ones, a bit for each length
	long    [26 * 26][]longWord // by the first two letters
}

var theHintLexicon = sync.OnceValue(func() *hintLexicon {
	l := &hintLexicon{exact: map[string]Hints{}}
	for g, words := range hintWords {
		for word := range strings.FieldsSeq(words) {
			l.exact[word] |= 1 << g
		}
	}
	for word, hints := range l.exact {
		if len(word) >= 6 {
			k := pairIndex(word[0], word[1])
			l.long[k] = append(l.long[k], longWord{word, hints})
		}
	}
	for word := range strings.FieldsSeq(plainWords) {
		l.exact[word] = 0
	}
	for word := range l.exact {
		if k := pairIndex(word[0], word[1]); k >= 0 {
			l.lengths[k] |= 1 << min(len(word), 31)
		}
	}
	return l
})

// of is the groups that a lower-case token names, of two letters or more: as it stands, or by the long words in it.
func (l *hintLexicon) of(token []byte) Hints {
	if len(token) < 2 {
		return 0
	}
	if k := pairIndex(token[0], token[1]); k < 0 || l.lengths[k]>>min(len(token), 31)&1 != 0 { // most tokens need no look at the map
		if h, ok := l.exact[string(token)]; ok {
			return h
		}
	}
	var h Hints
	for i := 0; i+6 <= len(token); i++ {
		k := pairIndex(token[i], token[i+1])
		if k < 0 {
			continue
		}
		for _, w := range l.long[k] {
			if len(token)-i >= len(w.word) && string(token[i:i+len(w.word)]) == w.word {
				h |= w.hints
			}
		}
	}
	return h
}

func pairIndex(a, b byte) int {
	if a < 'a' || a > 'z' || b < 'a' || b > 'z' {
		return -1
	}
	return int(a-'a')*26 + int(b-'a')
}
