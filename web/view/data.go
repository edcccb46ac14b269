package view

import (
	"caveau/store/route"
	"caveau/templates/component"
)

// What search engines read of pages that sell nothing themselves (schema.org). Values are those that the page shows.

// itemList names what a list's page lists, in its order; nil where that is nothing.
func (d *desk) itemList(groups ...[]component.Row) []any {
	origin := d.base[:len(d.base)-len(d.Prefix)]
	list := itemList{Context: schema, Type: "ItemList"}
	for _, rows := range groups {
		for _, r := range rows {
			list.Items = append(list.Items, listItem{"ListItem", len(list.Items) + 1, origin + r.Href})
		}
	}
	if len(list.Items) == 0 {
		return nil
	}
	return []any{list}
}

const schema = "https://schema.org"

type itemList struct {
	Context string     `json:"@context"`
	Type    string     `json:"@type"`
	Items   []listItem `json:"itemListElement"`
}

type listItem struct {
	Type     string `json:"@type"`
	Position int    `json:"position"`
	URL      string `json:"url"`
}

// house is the shop itself, on its front alone: who sells, what can be sent back, and how to search.
func (d *desk) house() []any {
	front := d.base + "/"
	store := onlineStore{
		Context: schema, Type: "OnlineStore", ID: front + "#store", Name: d.p.T("site.title"), URL: front, Description: d.p.T("about.shop", "market", d.shops[d.Market.Index].name),
		Logo: d.base[:len(d.base)-len(d.Prefix)] + d.site.assets.Icon, Currency: string(d.Market.Currency), Area: d.Market.Country,
	}
	if _, withdrawal := d.toHome(); withdrawal.Days > 0 {
		store.Returns = &returnPolicy{
			Type: "MerchantReturnPolicy", Country: d.Market.Country, Category: schema + "/MerchantReturnFiniteReturnWindow",
			Days: withdrawal.Days, Method: schema + "/ReturnByMail",
		}
	}
	site := webSite{Context: schema, Type: "WebSite", Name: d.p.T("site.title"), URL: front, Language: d.Locale.Tag(), Publisher: reference{front + "#store"}}
	if path := d.path(route.Page{Kind: route.Search}); path != "" {
		origin := d.base[:len(d.base)-len(d.Prefix)]
		site.Search = &searchAction{"SearchAction", entryPoint{"EntryPoint", origin + path + "?q={search_term_string}"}, "required name=search_term_string"}
	}
	return []any{store, site}
}

type onlineStore struct {
	Context     string        `json:"@context"`
	Type        string        `json:"@type"`
	ID          string        `json:"@id"`
	Name        string        `json:"name"`
	URL         string        `json:"url"`
	Description string        `json:"description"`
	Logo        string        `json:"logo"`
	Currency    string        `json:"currenciesAccepted"`
	Area        string        `json:"areaServed"`
	Returns     *returnPolicy `json:"hasMerchantReturnPolicy,omitempty"`
}

type returnPolicy struct {
	Type     string `json:"@type"`
	Country  string `json:"applicableCountry"`
	Category string `json:"returnPolicyCategory"`
	Days     int    `json:"merchantReturnDays"`
	Method   string `json:"returnMethod"`
}

type webSite struct {
	Context   string        `json:"@context"`
	Type      string        `json:"@type"`
	Name      string        `json:"name"`
	URL       string        `json:"url"`
	Language  string        `json:"inLanguage"`
	Publisher reference     `json:"publisher"`
	Search    *searchAction `json:"potentialAction,omitempty"`
}

type reference struct {
	ID string `json:"@id"`
}

type searchAction struct {
	Type   string     `json:"@type"`
	Target entryPoint `json:"target"`
	Input  string     `json:"query-input"`
}

type entryPoint struct {
	Type     string `json:"@type"`
	Template string `json:"urlTemplate"`
}
