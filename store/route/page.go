package route

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Kind of a page.
type Kind string

// The kinds of pages that have paths.
const (
	Home           Kind = "home"
	Places         Kind = "places"         // all countries and regions
	Region         Kind = "region"         // Code: region or country
	Appellation    Kind = "appellation"    // Code
	Colour         Kind = "colour"         // ColourOf an appellation
	Classification Kind = "classification" // Code
	Producer       Kind = "producer"       // Code
	Wine           Kind = "wine"           // Code
	Vintage        Kind = "vintage"        // Code of the wine, Year (0 is NV)
	Vintages       Kind = "vintages"       // all years
	Landing        Kind = "landing"        // Year; Code "" or PlaceOf a region or appellation
	Primeur        Kind = "primeur"        // Code "" or of a campaign
	Search         Kind = "search"
	Compare        Kind = "compare" // vintages side by side
	Birth          Kind = "birth"   // wines of a birth year
	Cart           Kind = "cart"
	Destination    Kind = "destination" // where deliveries go
	Alerts         Kind = "alerts"
	Wish           Kind = "wish"
	Account        Kind = "account" // of a customer; below it are its pages
	Delivery       Kind = "delivery"
	Imprint        Kind = "imprint"
	Terms          Kind = "terms"
	Privacy        Kind = "privacy"
	Contact        Kind = "contact"
	Accessibility  Kind = "accessibility"
	Withdrawal     Kind = "withdrawal"
)

// OfVisitor says that a kind belongs to a visitor: its page is made for each answer, and nobody else may see it.
func (k Kind) OfVisitor() bool {
	return k == Cart || k == Destination || k == Alerts || k == Wish || k == Account
}

// PerAnswer says that a kind's page is made for each answer: those of a visitor, what a search found, what is compared.
func (k Kind) PerAnswer() bool { return k.OfVisitor() || k == Search || k == Compare }

// Page is what a path leads to. It is comparable and means the same on every instance.
type Page struct {
	Kind Kind
	Code string
	Year int
}

// String is for logs, tests and keys: "vintage/chateau-margaux/1990".
func (p Page) String() string { return fmt.Sprintf("%s/%s/%d", p.Kind, p.Code, p.Year) }

// PlaceOf is the Code of a landing page for a region or an appellation.
func PlaceOf(kind Kind, code string) string { return string(kind) + ":" + code }

// ColourOf is the Code of the page of an appellation's wines of one colour.
func ColourOf(appellation, colour string) string { return appellation + ":" + colour }

// AppellationColour splits that code.
func (p Page) AppellationColour() (appellation, colour string) {
	appellation, colour, _ = strings.Cut(p.Code, ":")
	return appellation, colour
}

// Place splits a landing page's code; kind is empty for a whole year.
func (p Page) Place() (kind Kind, code string) {
	k, code, found := strings.Cut(p.Code, ":")
	if !found {
		return "", ""
	}
	return Kind(k), code
}

// Static are the pages that every catalogue has.
func Static() []Page {
	var out []Page
	for _, kind := range []Kind{
		Home, Places, Vintages, Primeur, Search, Compare, Birth, Cart, Destination, Alerts, Wish, Account,
		Delivery, Imprint, Terms, Privacy, Contact, Accessibility, Withdrawal,
	} {
		out = append(out, Page{Kind: kind})
	}
	return out
}

// Languages of paths; a locale's language is one of them.
var Languages = []string{"fr", "en", "de", "it", "es", "pt", "nl", "zh"}

// words of a path by kind, in the order of Languages.
var words = map[Kind][8]string{
	Places:         {"regions", "regions", "regionen", "regioni", "regiones", "regioes", "streken", "regions"},
	Region:         {"region", "region", "region", "regione", "region", "regiao", "streek", "region"},
	Appellation:    {"appellation", "appellation", "appellation", "denominazione", "denominacion", "denominacao", "appellatie", "appellation"},
	Producer:       {"producteur", "producer", "erzeuger", "produttore", "productor", "produtor", "producent", "producer"},
	Classification: {"classement", "classification", "klassifikation", "classificazione", "clasificacion", "classificacao", "classificatie", "classification"},
	Wine:           {"vin", "wine", "wein", "vino", "vino", "vinho", "wijn", "wine"},
	Vintages:       {"millesimes", "vintages", "jahrgaenge", "annate", "anadas", "colheitas", "oogstjaren", "vintages"},
	Landing:        {"millesime", "vintage", "jahrgang", "annata", "anada", "colheita", "oogstjaar", "vintage"},
	Primeur:        {"primeurs", "en-primeur", "subskription", "en-primeur", "en-primeur", "en-primeur", "en-primeur", "en-primeur"},
	Search:         {"recherche", "search", "suche", "ricerca", "buscar", "pesquisa", "zoeken", "search"},
	Compare:        {"comparer", "compare", "vergleich", "confronto", "comparar", "comparar", "vergelijken", "compare"},
	Birth:          {"annee-de-naissance", "birth-year", "geburtsjahr", "anno-di-nascita", "ano-de-nacimiento", "ano-de-nascimento", "geboortejaar", "birth-year"},
	Cart:           {"panier", "cart", "warenkorb", "carrello", "cesta", "carrinho", "winkelmand", "cart"},
	Destination:    {"destination", "destination", "lieferziel", "destinazione", "destino", "destino", "bestemming", "destination"},
	Alerts:         {"alertes", "alerts", "benachrichtigungen", "avvisi", "avisos", "avisos", "meldingen", "alerts"},
	Wish:           {"liste-d-envies", "wish-list", "merkliste", "lista-dei-desideri", "lista-de-deseos", "lista-de-desejos", "verlanglijst", "wish-list"},
	Account:        {"compte", "account", "konto", "account", "cuenta", "conta", "account", "account"},
	Delivery:       {"livraison", "delivery", "lieferung", "consegna", "entrega", "entrega", "levering", "delivery"},
	Imprint:        {"mentions-legales", "imprint", "impressum", "note-legali", "aviso-legal", "informacao-legal", "bedrijfsgegevens", "imprint"},
	Terms:          {"conditions-de-vente", "terms", "agb", "condizioni-di-vendita", "condiciones-de-venta", "condicoes-de-venda", "voorwaarden", "terms"},
	Privacy:        {"confidentialite", "privacy", "datenschutz", "privacy", "privacidad", "privacidade", "privacy", "privacy"},
	Contact:        {"contact", "contact", "kontakt", "contatti", "contacto", "contacto", "contact", "contact"},
	Accessibility:  {"accessibilite", "accessibility", "barrierefreiheit", "accessibilita", "accesibilidad", "acessibilidade", "toegankelijkheid", "accessibility"},
	Withdrawal:     {"retractation", "withdrawal", "widerruf", "recesso", "desistimiento", "retratacao", "herroeping", "withdrawal"},
}

// colourWords end the path of a page of one colour, in the order of Languages.
var colourWords = map[string][8]string{
	"red":    {"rouge", "red", "rot", "rosso", "tinto", "tinto", "rood", "red"},
	"white":  {"blanc", "white", "weiss", "bianco", "blanco", "branco", "wit", "white"},
	"rose":   {"rose", "rose", "rose", "rosato", "rosado", "rose", "rose", "rose"},
	"orange": {"orange", "orange", "orange", "orange", "naranja", "laranja", "oranje", "orange"},
}

// colourWord in a language; a colour that has none is itself.
func colourWord(colour, language string) string {
	all, known := colourWords[colour]
	if i := slices.Index(Languages, language); known && i >= 0 {
		return all[i]
	}
	return colour
}

// word of a kind in a language.
func word(kind Kind, language string) string {
	for i, l := range Languages {
		if l == language {
			return words[kind][i]
		}
	}
	return ""
}

// NewPath is the path that a page gets in a language when it is first made. The table, not this rule,
// says where a page is.
func NewPath(p Page, language string) string {
	switch p.Kind {
	case Home:
		return "/"
	case Vintage:
		return "/" + word(Wine, language) + "/" + p.Code + "/" + YearSlug(p.Year)
	case Colour:
		appellation, colour := p.AppellationColour()
		return "/" + word(Appellation, language) + "/" + appellation + "/" + colourWord(colour, language)
	case Landing:
		path := "/" + word(Landing, language) + "/" + YearSlug(p.Year)
		if _, place := p.Place(); place != "" {
			path += "/" + place
		}
		return path
	default:
		if p.Code == "" {
			return "/" + word(p.Kind, language)
		}
		return "/" + word(p.Kind, language) + "/" + p.Code
	}
}

// YearSlug of a year: "1990", or "nv".
func YearSlug(year int) string {
	if year == 0 {
		return "nv"
	}
	return strconv.Itoa(year)
}
