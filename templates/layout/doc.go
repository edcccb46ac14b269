// Package layout is the frame that every page stands in: document head, header with the market switch,
// breadcrumbs, notices and footer.
//
// The head carries no inline script and no inline style: the policy of the shop forbids both. The one
// exception that a browser makes is JSON-LD, which is data.
package layout
