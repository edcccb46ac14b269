// Package static holds the style sheet, the script, the font and the icon of all shops, embedded, bundled
// and named by their content: /assets/caveau.3f2a1b0c.css may be cached for ever.
//
// The style sheet is one bundle made of css/tokens.css, css/base.css, css/layout, css/component and
// css/page, in this order and by file name; cascade layers, not the order, decide what wins. The script is
// one bundle too: js/lib, js/element and js/app.js are ES modules that an editor can check, and since
// a page needs all of them at once, Load strips their import and export words and joins them. An import
// map would need an inline script, which the policy of the shops forbids.
//
// Load takes a few tens of milliseconds: everything is compressed once, there, with gzip at its best level
// and brotli at level 9 (level 11 saves 3 % and costs ten times the time).
package static
