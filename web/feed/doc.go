// Package feed makes the files that crawlers fetch: sitemaps and feeds, per market and language.
//
//	/sitemap.xml                      the index of a shop: all files of all its languages
//	/sitemaps/fr-FR-vintage-1.xml     the pages of a kind; also as .xml.gz
//	/feeds/google-fr-FR.tsv           Google Merchant Center: tab-separated text by its product data specification
//	/feeds/wine-searcher-fr-FR.csv    Wine-Searcher: what is in stock, by its description of merchants' datafeeds
//
// A Builder makes them from a snapshot, one after the other, straight into compressed parts (crawl.Shelf): nothing of a file but the part under way is
// in memory. Whoever serves reads the parts. Addresses and alternates come from the URL table, prices, names and levels from the very struct that
// the page's JSON-LD is made of (view.Goods), so that a row says what its page says.
//
// lastmod is when what a page says changed, not when somebody looked: Dater renders each page, without the holes where stock goes and without
// what stands around the page's own content, and remembers a hash and the moment of its change (crawl.Memory). A page that was never dated has no lastmod.
// Where a page says noindex, it is left out.
//
// A page of a list beyond the first is in no sitemap: crawlers find it by the list's own links.
package feed
