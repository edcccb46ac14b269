// Package mail shows a letter as HTML and as plain text, both from one value.
//
// A mail is no page of the shop: mail programs know no style sheet of ours, no CSP holds there, and the widest layout that all of
// them show is a table of 600 pixels. So styles are inline here, and only here (cmd/guard lists the file); the dark scheme is a
// style element that programs which don't know it ignore. Nothing is loaded from anywhere: a mail that fetches a picture tells
// when it was read.
package mail
