// Package route is the URL table: page × language → path, and back.
//
// A Page names what is shown, never how: the vintage 1990 of wine chateau-margaux. Its path differs by
// language (/vin/chateau-margaux/1990, /wein/chateau-margaux/1990) and is stored in the database when
// the page first exists (table url), so that a better rule later moves no page that crawlers know. An
// edition adds its host and, for a second locale, its prefix (/nl).
//
// The Table is the only source of paths: routing, links, hreflang, canonical, the market and language
// switch, sitemaps and breadcrumbs all ask it. That two pages never share a path is a UNIQUE key; that
// every page's alternates lead back to it is a test over the whole catalogue.
//
// Slugs are ASCII. The words of a path are in the page's language; zh-Hant uses the English ones.
package route
