package layout

import (
	"strconv"
	"strings"

	"github.com/cespare/xxhash/v2"

	"caveau/templates/component"
)

// The keys of what pages share (live.Shared). Each names everything that the part hangs on.

func (f Frame) filesKey() string {
	return "files|" + f.Assets.CSS + "|" + f.Assets.Script + "|" + f.Assets.Font + "|" + f.Assets.Icon
}

func (s Switch) key() string {
	sum := xxhash.New()
	for _, m := range s.Markets {
		sum.WriteString(m.Name) //nolint:errcheck // a hash takes everything
		for _, l := range m.Locales {
			sum.WriteString(l.Href) //nolint:errcheck // likewise
		}
	}
	return "switch|" + strconv.FormatUint(sum.Sum64(), 36)
}

func (f Frame) alternatesKey() string {
	sum := xxhash.New()
	for _, a := range f.Alternates {
		sum.WriteString(a.Hreflang) //nolint:errcheck // a hash takes everything
		sum.WriteString(a.Href)     //nolint:errcheck // likewise
	}
	return "alternates|" + strconv.FormatUint(sum.Sum64(), 36)
}

// edition names the shop and the language; what hangs on neither the page nor the catalogue needs no more.
func (f Frame) edition() string { return f.Market.Code + "|" + f.Lang + "|" + f.Home }

func (f Frame) navKey() string {
	key := []string{"nav", f.edition(), f.NavCurrent, f.Switch.Href, f.Search.Href}
	for _, l := range f.Nav {
		key = append(key, l.Href, l.Text)
	}
	return strings.Join(key, "|")
}

func (f Frame) footKey() string {
	key := []string{"foot", f.edition(), f.Switch.Href, f.Notices.Health, f.Notices.Age, f.Notices.Demo}
	for _, l := range append([]component.Link{f.Withdraw}, f.Footer...) {
		key = append(key, l.Href, l.Text)
	}
	for _, n := range f.Notices.Notices {
		key = append(key, n.Text)
	}
	return strings.Join(key, "|")
}
