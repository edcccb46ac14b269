// Package page holds one view model and one template per kind of page: home.go and home.templ, and so on.
//
// A handler fills the model with what is already formatted for the edition and renders its View; the
// template only shows it. Every page embeds layout.Frame. A page that shows stock carries component.Live.
package page
