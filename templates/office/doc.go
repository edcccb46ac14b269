// Package office shows what people of the house see and visitors never do: the bar above a previewed page, the sheet that shows a page in
// many shops at once, and the few words where there is nothing to show. Its types hold words and addresses, filled by web/preview; its
// style sheet is a file of its own (static.Office), so that no shopper carries it.
package office
