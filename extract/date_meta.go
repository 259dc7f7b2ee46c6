package extract

import (
	"slices"
	"strings"
)

// A metaDate is what a <meta> of some name says.
type metaDate struct {
	role   string
	weight int
}

// metaDates maps the names of metas, without marks, to what they hold. The names come
// from Open Graph, Dublin Core, PRISM, Highwire, schema.org and the systems of
// audience measurement.
var metaDates = func() map[string]metaDate {
	m := map[string]metaDate{}
	for _, row := range []struct {
		role   string
		weight int
		names  string
	}{
		{published, weightMeta, `article:published_time article:published article:publish_date og:article:published_time og:published_time
			og:article:published og:publish_date parsely-pub-date sailthru.date cxenseparse:recs:publishtime cxenseparse:publishtime
			mediator_published_time shareaholic:article_published_time bt:pubdate rbpubdate twt-published-at vr:published_time
			vr:first_published article:published_date article:publicationdate article:post_date dcsext.articlefirstpublished
			analyticsattributes.articledate article_date_original original-publish-date originalpublicationdate iso-8601-publish-date
			article.published citation_online_date og:question:published_time rnews:datepublished publish_time`},
		{published, weightMetaLoose, `datepublished pubdate publishdate publish-date publish_date published_date publisheddate publication_date publicationdate
			date_published published published_at published_time pub_date pdate dateposted postdate post_date displaydate
			dc.date.issued dcterms.issued dc.date.publication dc.date.published dc.issued citation_publication_date citation_date
			prism.publicationdate og:datepublished og:pubdate og:regdate ptime gentime weibo:article:create_at newsdate doc_date content_create_date`},
		{published, weightMetaVague, `date dc.date dcterms.date dcterms.created dc.created dc.date.created date_created datecreated
			article:created article.created created og:release_date release_date timestamp firstpublished uploaddate uploaded video:release_date`},
		{modified, weightMeta, `article:modified_time datemodified dateupdate og:modified_time dcterms.modified dc.date.modified dc.modified
			last-modified lastmodified lastmod revised modified_time modified-time date_modified updated_time og:updated_time article:updated
			article:modified vr:last_updated parsely-updated-date`},
	} {
		for name := range strings.FieldsSeq(row.names) {
			m[string(plainMetaName(nil, name))] = metaDate{row.role, row.weight}
		}
	}
	return m
}()

// plainMetaName is the name of a meta without the marks that vocabularies part it by:
// dc.date.issued, DC:date:issued and dc_date_issued are one. It appends to buf.
func plainMetaName(buf []byte, name string) []byte {
	for i := range len(name) {
		switch c := name[i]; c {
		case '.', ':', '_', '-':
		default:
			buf = append(buf, c)
		}
	}
	return buf
}

// metas reads the metas of the page, the first of each name: those that follow are
// microdata of other pages' cards.
func (f *dateFinder) metas() {
	var seen []string
	for i := range f.p.Metas {
		m := &f.p.Metas[i]
		d, ok := metaDateOf(m.Name)
		if !ok || len(m.Content) > 80 || slices.Contains(seen, m.Name) {
			continue
		}
		seen = append(seen, m.Name)
		f.add(d.role, "meta:"+m.Name, metaFamily(m.Name), m.Content, true, d.weight)
	}
}

// metaDateOf is what a meta of that name holds. Behind a prefix that is not known
// the name says it less surely: five_hundred_pixels:uploaded.
func metaDateOf(name string) (metaDate, bool) {
	var buf [64]byte
	if d, ok := metaDates[string(plainMetaName(buf[:0], name))]; ok {
		return d, true
	}
	i := strings.LastIndexAny(name, ":.")
	if i < 0 {
		return metaDate{}, false
	}
	d, ok := metaDates[string(plainMetaName(buf[:0], name[i+1:]))]
	d.weight = min(d.weight, weightMetaVague)
	return d, ok
}

// metaFamily: the bare names are microdata, which templates fill with what they print.
func metaFamily(name string) string {
	switch name {
	case "datepublished", "datemodified", "datecreated":
		return "print"
	}
	return "cms"
}
