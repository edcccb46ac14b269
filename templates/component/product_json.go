package component

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"

	"caveau/templates/live"

	"github.com/a-h/templ"
)

type jsonProduct struct {
	Context     string        `json:"@context,omitempty"`
	Type        string        `json:"@type"`
	Name        string        `json:"name"`
	Description string        `json:"description,omitempty"`
	URL         string        `json:"url,omitempty"`
	Image       string        `json:"image,omitempty"`
	Brand       *jsonNamed    `json:"brand,omitempty"`
	Category    string        `json:"category,omitempty"`
	Produced    string        `json:"productionDate,omitempty"`
	Origin      string        `json:"countryOfOrigin,omitempty"`
	SKU         string        `json:"sku,omitempty"`
	GTIN        string        `json:"gtin,omitempty"`
	Size        string        `json:"size,omitempty"`
	Offers      *jsonOffer    `json:"offers,omitempty"`
	Group       string        `json:"productGroupID,omitempty"`
	Varies      string        `json:"variesBy,omitempty"`
	Variants    []jsonProduct `json:"hasVariant,omitempty"`
}

type jsonNamed struct {
	Type string `json:"@type"`
	Name string `json:"name"`
}

type jsonOffer struct {
	Type         string        `json:"@type"`
	URL          string        `json:"url"`
	Name         string        `json:"name"`
	Price        string        `json:"price"`
	Currency     string        `json:"priceCurrency"`
	Availability string        `json:"availability"`
	Starts       string        `json:"availabilityStarts,omitempty"`
	Shipping     *jsonShipping `json:"shippingDetails,omitempty"`
	Returns      *jsonReturns  `json:"hasMerchantReturnPolicy,omitempty"`
}

type jsonShipping struct {
	Type  string     `json:"@type"`
	Rate  jsonAmount `json:"shippingRate"`
	To    *jsonPlace `json:"shippingDestination,omitempty"`
	Takes *jsonTime  `json:"deliveryTime,omitempty"`
}

type jsonAmount struct {
	Type     string `json:"@type"`
	Value    string `json:"value"`
	Currency string `json:"currency"`
}

// jsonPlace and jsonTime are written out once on a page and named by later offers.
type jsonPlace struct {
	ID      string `json:"@id"`
	Type    string `json:"@type,omitempty"`
	Country string `json:"addressCountry,omitempty"`
}

type jsonTime struct {
	ID      string    `json:"@id"`
	Type    string    `json:"@type,omitempty"`
	Transit *jsonDays `json:"transitTime,omitempty"`
}

type jsonDays struct {
	Type string `json:"@type"`
	Min  int    `json:"minValue"`
	Max  int    `json:"maxValue"`
	Unit string `json:"unitCode"`
}

type jsonReturns struct {
	ID       string `json:"@id"`
	Type     string `json:"@type,omitempty"`
	Country  string `json:"applicableCountry,omitempty"`
	Category string `json:"returnPolicyCategory,omitempty"`
	Days     int    `json:"merchantReturnDays,omitempty"`
	Method   string `json:"returnMethod,omitempty"`
}

// gap stands for an availability in the marshalled text: a string that no catalogue holds. The hole takes
// its quotes too: the blanks that fill it up stand outside of them.
const gap = "\u2060live\u2060"

// LD is the JSON-LD script of the product, with a hole for each availability.
func (p Product) LD() templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		body, err := json.Marshal(p.json())
		if err != nil {
			return fmt.Errorf("marshal the JSON-LD of %q: %w", p.Name, err)
		}
		return p.write(ctx, w, bytes.Split(body, []byte(`"`+gap+`"`)))
	})
}

func (p Product) write(ctx context.Context, w io.Writer, parts [][]byte) error {
	if _, err := io.WriteString(w, `<script type="application/ld+json">`); err != nil {
		return err
	}
	for i, part := range parts {
		if i > 0 {
			if err := p.listed()[i-1].availability().Render(ctx, w); err != nil {
				return err
			}
		}
		if _, err := w.Write(part); err != nil {
			return err
		}
	}
	_, err := io.WriteString(w, `</script>`)
	return err
}

func (o ProductOffer) availability() templ.Component {
	if o.Primeur {
		return live.Text(o.Stock, preOrder)
	}
	return live.Text(o.Stock, inStock)
}

// listed are the offers that have a price.
func (p Product) listed() []ProductOffer {
	var out []ProductOffer
	for _, o := range p.Offers {
		if o.Price != "" {
			out = append(out, o)
		}
	}
	return out
}

func (p Product) json() jsonProduct {
	j := jsonProduct{
		Context: "https://schema.org", Type: "Product", Name: p.Name, Description: p.Description, URL: p.URL,
		Image: p.Image, Category: p.Category, Produced: p.Year, Origin: p.Country,
	}
	if p.Brand != "" {
		j.Brand = &jsonNamed{"Brand", p.Brand}
	}
	said := saidOnce{}
	switch listed := p.listed(); len(listed) {
	case 0:
	case 1:
		j.SKU, j.GTIN, j.Size, j.Offers = listed[0].SKU, listed[0].GTIN, listed[0].Name, p.offer(listed[0], said)
	default:
		j.Type, j.Group, j.Varies = "ProductGroup", p.Group, "https://schema.org/size"
		for _, o := range listed {
			j.Variants = append(j.Variants, jsonProduct{
				Type: "Product", Name: p.Name + ", " + o.Name, Image: p.Image, SKU: o.SKU, GTIN: o.GTIN, Size: o.Name, Offers: p.offer(o, said),
			})
		}
	}
	return j
}

// saidOnce are the parts that were written out; later ones are named.
type saidOnce map[string]bool

func (s saidOnce) first(id string) bool {
	was := s[id]
	s[id] = true
	return !was
}

func (p Product) offer(o ProductOffer, said saidOnce) *jsonOffer {
	out := &jsonOffer{Type: "Offer", URL: o.URL, Name: o.Name, Price: o.Price, Currency: o.Currency, Availability: gap}
	if o.Primeur && !o.From.IsZero() {
		out.Starts = o.From.Format("2006-01-02")
	}
	if p.Shipping != nil && o.Carriage != "" {
		out.Shipping = p.Shipping.json(o, said)
	}
	if p.Returns != nil && !o.Primeur {
		out.Returns = p.Returns.json(said)
	}
	return out
}

// json says how long a primeur is on its way no more than the page does.
func (s ProductShipping) json(o ProductOffer, said saidOnce) *jsonShipping {
	out := &jsonShipping{Type: "OfferShippingDetails", Rate: jsonAmount{"MonetaryAmount", o.Carriage, o.Currency}, To: &jsonPlace{ID: "#to"}}
	if said.first("#to") {
		out.To.Type, out.To.Country = "DefinedRegion", s.Country
	}
	if o.Primeur || s.Last == 0 {
		return out
	}
	out.Takes = &jsonTime{ID: "#days"}
	if said.first("#days") {
		out.Takes.Type, out.Takes.Transit = "ShippingDeliveryTime", &jsonDays{"QuantitativeValue", s.First, s.Last, "DAY"}
	}
	return out
}

func (r ProductReturns) json(said saidOnce) *jsonReturns {
	out := &jsonReturns{ID: "#returns"}
	if said.first("#returns") {
		out.Type, out.Country, out.Days = "MerchantReturnPolicy", r.Country, r.Days
		out.Category, out.Method = "https://schema.org/MerchantReturnFiniteReturnWindow", "https://schema.org/ReturnByMail"
	}
	return out
}
