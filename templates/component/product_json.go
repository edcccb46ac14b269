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
	Context     string      `json:"@context"`
	Type        string      `json:"@type"`
	Name        string      `json:"name"`
	Description string      `json:"description,omitempty"`
	URL         string      `json:"url"`
	Image       string      `json:"image,omitempty"`
	Brand       *jsonNamed  `json:"brand,omitempty"`
	Category    string      `json:"category,omitempty"`
	Produced    string      `json:"productionDate,omitempty"`
	Origin      string      `json:"countryOfOrigin,omitempty"`
	Offers      []jsonOffer `json:"offers,omitempty"`
}

type jsonNamed struct {
	Type string `json:"@type"`
	Name string `json:"name"`
}

type jsonOffer struct {
	Type         string `json:"@type"`
	SKU          string `json:"sku"`
	GTIN         string `json:"gtin,omitempty"`
	URL          string `json:"url"`
	Name         string `json:"name"`
	Price        string `json:"price"`
	Currency     string `json:"priceCurrency"`
	Availability string `json:"availability"`
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
	for _, o := range p.listed() {
		j.Offers = append(j.Offers, jsonOffer{"Offer", o.SKU, o.GTIN, o.URL, o.Name, o.Price, o.Currency, gap})
	}
	return j
}
