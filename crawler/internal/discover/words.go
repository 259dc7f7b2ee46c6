package discover

// The words below stand in addresses whatever the language of the site: they are the vocabulary
// of content systems, not of readers. Whole segments only, and a weight each, no veto.
var (
	pageExtensions = []string{"html", "htm", "shtml", "xhtml", "php", "asp", "aspx", "jhtml", "jsp", "ece", "cms", "story", "do", "phtml", "amp"}
	fileExtensions = []string{"pdf", "jpg", "jpeg", "png", "gif", "webp", "svg", "mp4", "mp3", "m3u8", "xml", "json", "css", "js", "zip", "ics", "gz", "rss", "atom", "doc", "docx", "xls", "xlsx", "ppt", "csv", "ico", "woff", "woff2", "avi", "mov", "epub", "txt"}

	articleWords = []string{"article", "articles", "story", "stories", "news", "content", "a", "p", "node", "post"}
	otherWords   = []string{
		"tag", "tags", "topic", "topics", "author", "authors", "by", "category", "categories", "section", "sections", "search", "page", "pages",
		"archive", "archives", "login", "signin", "register", "account", "subscribe", "subscription", "newsletter", "newsletters", "shop", "store",
		"jobs", "events", "calendar", "about", "contact", "privacy", "terms", "imprint", "impressum", "wp-json", "wp-content", "wp-admin", "feed", "feeds", "rss", "comments", "cart",
		"cgi-bin", "cdn-cgi", "sitemap", "sitemaps", "profile", "user", "users", "help", "faq", "advertise", "print", "share", "staff", "people", "cookies", "cookie-policy", "privacy-policy",
	}

	// identityNames are the parameters that name one article: never stripped, and evidence for one.
	identityNames = []string{"id", "p", "aid", "nid", "newsid", "news_id", "artid", "article_id", "articleid", "storyid", "story_id", "docid", "doc_id", "content_id", "contentid", "idx", "no", "seq", "oid", "page_id", "post"}
	pagingNames   = []string{"page", "paged", "offset", "start", "sort", "order", "filter", "view", "q", "s", "query", "search", "tag", "date", "month", "year", "day", "color", "size", "brand", "replytocom", "share", "print"}
)
