// Package crawl says what is kept for crawlers: the files that they fetch, and what a page said when it was last looked at.
//
// Files are sitemaps and feeds. They are made in one place and served everywhere, so they lie in the database, each as one gzip member in parts that
// a server passes on as they are. A file is seen once it is whole; the one that it replaces stays for an hour, for whoever is reading it. A file that
// says what the one before said changes nothing, so that its tag and its time stay.
package crawl
