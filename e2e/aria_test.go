package e2e

import (
	"regexp"
	"strings"
	"testing"

	"caveau/e2e/browser"
)

// What a screen reader is told on the way to an order: each page as a tree, with each control and each fault by its name.
func TestAPurchaseAsAScreenReaderHasIt(t *testing.T) {
	e := edition(t, "fr")
	wine := inStock(t, e.Market.Warehouse, 3, nil)
	v := visit(t, e, browser.Way{Device: browser.Desktop})
	v.opensPage(wine.page())
	v.reads(vintageTree)
	v.chooses(wine.skus[0])
	v.buys()
	v.opensCart()
	v.reads(cartTree)
	v.clicks(v.page.Locator(".sum a.btn"))
	v.arrives(v.cartPath() + "/checkout")
	_, err := v.page.Evaluate(`document.querySelector(".checkout__form").noValidate = true`) // or the browser itself would say the first fault, and only that
	v.must(err)
	v.sends()
	v.must(v.expect.Locator(v.page.Locator("#problems")).ToBeFocused())
	v.reads(faultyTree)
	v.namesItsFaults()
	v.fillsIn()
	v.sends()
	v.must(v.page.WaitForURL(func(at string) bool { return strings.Contains(at, "/order?") }))
	v.reads(orderTree)
	v.forgives() // the browser notes the status of a form with faults as an error of the console, rightly
}

// reads the page as a tree: it holds what is wanted, in this order, and no control is without a name.
func (v *visitor) reads(tree string) {
	v.Helper()
	v.must(v.expect.Locator(v.page.Locator("main")).ToMatchAriaSnapshot(tree))
	all, err := v.page.Locator("body").AriaSnapshot()
	v.must(err)
	for line := range strings.SplitSeq(all, "\n") {
		if nameless.MatchString(line) {
			v.Errorf("%s: a control without a name: %s", v.page.URL(), line)
		}
	}
}

// nameless is a control in a tree's text that is not followed by a name.
var nameless = regexp.MustCompile(`^\s*- '?(link|button|textbox|searchbox|combobox|spinbutton|radio|checkbox)(:| \[|$)`)

// namesItsFaults checks that each field that is marked as wrong is among the faults, by the name that it has itself.
func (v *visitor) namesItsFaults() {
	v.Helper()
	wrong, err := v.page.Locator("[aria-invalid=true]").All()
	v.must(err)
	if len(wrong) == 0 {
		v.Error("no field is marked as wrong")
	}
	for _, field := range wrong {
		id, err := field.GetAttribute("id")
		v.must(err)
		name, err := v.page.Locator(`label[for="` + id + `"] span`).First().TextContent()
		v.must(err)
		v.must(v.expect.Locator(v.page.Locator(`#problems a[href="#` + id + `"]`)).ToContainText(strings.TrimSpace(name)))
	}
}

// The trees, as far as they are the same for every wine.
const (
	vintageTree = `
- main:
  - article:
    - heading /\d{4} .+/ [level=1]
    - group "Choisissez un format":
      - radio /.+ €.*/
    - spinbutton "Quantité": "1"
    - button /Choisissez un format|Ajouter.*/
    - time: /.+/
    - button "Retenir"
`
	cartTree = `
- main:
  - heading "Panier" [level=1]
  - list:
    - listitem:
      - link /.+ \d{4}/
      - combobox /Si ce millésime manque ?, .+ \d{4}/
      - button /Enregistrer .+ \d{4}/
      - spinbutton /Quantité, .+ \d{4}/: "1"
      - button /Mettre à jour .+ \d{4}/
      - button /Retirer .+ \d{4}/
  - time: /.+/
  - link "Passer commande"
  - navigation "Emporter votre panier dans une autre boutique"
`
	faultyTree = `
- main:
  - heading "Commande" [level=1]
  - alert:
    - paragraph: Veuillez vérifier votre saisie
    - list:
      - listitem:
        - 'link "Adresse e-mail : à remplir."'
      - listitem:
        - 'link "Prénom et nom : à remplir."'
      - listitem:
        - 'link "Numéro et rue : à remplir."'
      - listitem:
        - 'link "Code postal : à remplir."'
      - listitem:
        - 'link "Ville : à remplir."'
      - listitem:
        - 'link "Veuillez confirmer : J’ai 18 ans ou plus."'
      - listitem:
        - 'link "Veuillez confirmer : J’accepte les conditions générales de vente."'
  - group "Coordonnées":
    - textbox "Adresse e-mail"
    - textbox /Téléphone, .+/
  - group "Adresse de livraison":
    - combobox "Pays"
    - button "Changer de pays"
    - textbox "Prénom et nom"
    - textbox "Numéro et rue"
    - textbox "Complément d’adresse (facultatif)"
    - textbox "Code postal"
    - textbox "Ville"
  - group "Facture":
    - radio "À l’adresse de livraison" [checked]
    - radio "À une autre adresse"
  - group "Paiement":
    - radio /Par carte .+/
    - radio /Par virement bancaire .+/
  - group "Veuillez confirmer":
    - checkbox "J’ai 18 ans ou plus."
    - checkbox "J’accepte les conditions générales de vente."
    - paragraph:
      - link "Conditions générales de vente"
  - region "Votre commande":
    - heading "Votre commande" [level=2]
    - term: Total
  - paragraph:
    - button "Commande avec obligation de paiement"
    - link "Voir le panier"
`
	orderTree = `
- main:
  - heading /Commande FR-\d+/ [level=1]
  - status: /Merci\. .+ En attente de votre paiement/
  - heading "Paiement" [level=2]
  - paragraph: /Veuillez virer .+ avec la référence FR-\d+\. .+/
  - heading /Facture pro forma FR-\d+/ [level=3]
  - region "Votre commande":
    - heading "Votre commande" [level=2]
  - heading "Livraison à" [level=2]
  - heading "Suivi" [level=2]
  - paragraph:
    - link "Renoncer au contrat ici"
`
)
