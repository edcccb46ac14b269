package view

import (
	"errors"
	"fmt"

	"caveau/store/catalog"
	"caveau/store/market"
	"caveau/store/route"

	"github.com/a-h/templ"
)

// ErrNoPage says that a node has nothing to show under this number: the list is shorter, or what the page
// was about is not in the catalogue.
var ErrNoPage = errors.New("no such page")

// Page fills the whole page of a node in an edition: every kind but those of a
// visitor. number is 1 or more; kinds
// without a pager have only page 1. ErrNoPage where there is nothing to show.
func (s *Site) Page(snap *catalog.Snapshot, e *market.Edition, node *route.Node, number int) (templ.Component, error) {
	return s.PageAt(snap, e, node, number, nil, nil)
}

// PageAt is the page as a visitor sees it whose deliveries go to a door; nil is the public page. Nobody else may see it, and Rev
// says nothing of it. Where left is given, lists begin with what is in stock; such a page hangs on Standing too.
func (s *Site) PageAt(snap *catalog.Snapshot, e *market.Edition, node *route.Node, number int, door *Door, left Left) (templ.Component, error) {
	if number < 1 || node.Gone || node.Path(e.Locale.Language()) == "" {
		return nil, ErrNoPage
	}
	d := s.desk(snap, e, node)
	d.open(door)
	d.left = left
	if made, err := d.list(number); made != nil || err != nil {
		return made, err
	}
	if number > 1 {
		return nil, ErrNoPage
	}
	return d.single()
}

// list is the kinds that go on over several pages; nil for the others.
func (d *desk) list(number int) (templ.Component, error) {
	switch at := d.node.Page; at.Kind {
	case route.Region:
		if r := d.snap.Region(at.Code); r != nil {
			return d.region(r, number)
		}
		return nil, ErrNoPage
	case route.Appellation:
		if a := d.snap.Appellation(at.Code); a != nil {
			return d.appellation(a, number)
		}
		return nil, ErrNoPage
	case route.Classification:
		return d.classification(at.Code, number)
	case route.Colour:
		code, colour := at.AppellationColour()
		if a := d.snap.Appellation(code); a != nil {
			return d.colour(a, catalog.Colour(colour), number)
		}
		return nil, ErrNoPage
	case route.Landing:
		return d.landing(number)
	default:
		return nil, nil
	}
}

// single is the kinds that have one page.
func (d *desk) single() (templ.Component, error) {
	at := d.node.Page
	switch at.Kind {
	case route.Home:
		return d.home(), nil
	case route.Places:
		return d.places(), nil
	case route.Vintages:
		return d.vintages(), nil
	case route.Birth:
		return d.birth(), nil
	case route.Producer:
		if p := d.snap.Producer(at.Code); p != nil {
			return d.producer(p), nil
		}
	case route.Wine:
		if w := d.snap.Wine(at.Code); w != nil {
			return d.wine(w), nil
		}
	case route.Vintage:
		if w := d.snap.Wine(at.Code); w != nil {
			if v, ok := w.Vintage(at.Year); ok {
				return d.vintage(v), nil
			}
		}
	case route.Primeur:
		return d.primeur(at.Code)
	case route.Delivery, route.Imprint, route.Terms, route.Privacy, route.Contact, route.Accessibility:
		return d.words(at.Kind)
	case route.Withdrawal:
		return d.withdrawal()
	default:
		return nil, fmt.Errorf("make page %s: no such kind", at)
	}
	return nil, ErrNoPage
}

// Rev is what a page hangs on: the same Rev, the same bytes, whatever the edition and the page number.
func (s *Site) Rev(snap *catalog.Snapshot, node *route.Node) uint64 {
	now := s.now().UTC()
	// Drinking windows turn with the year, campaigns open at their moment; both are above every revision
	// that a change log counts up to.
	rev := uint64(now.Year())<<48 | uint64(openCampaigns(snap, now)&0xff)<<40
	rev += s.revOf(snap, node.Page)
	if node.Page.Kind == route.Home {
		return rev + uint64(turnsOf(snap.Banners, now)&0xff)<<32
	}
	if node.Page.Kind != route.Vintage {
		return rev
	}
	if c := s.carriages(); c != nil {
		return rev ^ c.rev
	}
	return rev
}

func (s *Site) revOf(snap *catalog.Snapshot, at route.Page) uint64 {
	switch at.Kind {
	case route.Region:
		if r := snap.Region(at.Code); r != nil {
			return snap.RevOf(r.Wines)
		}
	case route.Appellation:
		if a := snap.Appellation(at.Code); a != nil {
			return snap.RevOf(a.Wines)
		}
	case route.Colour:
		code, _ := at.AppellationColour()
		if a := snap.Appellation(code); a != nil {
			return snap.RevOf(a.Wines)
		}
	case route.Classification:
		if c := snap.Classification(at.Code); c != nil {
			return snap.RevOf(c.Wines)
		}
	case route.Producer:
		if p := snap.Producer(at.Code); p != nil {
			return snap.RevOf(p.Wines)
		}
	case route.Wine, route.Vintage:
		// Beside the wine stand others of its region, which holds those of its appellation.
		if w := snap.Wine(at.Code); w != nil {
			return max(w.Rev, snap.RevOf(w.Region.Wines), revOfAppellation(snap, w))
		}
	case route.Landing:
		if kind, code := at.Place(); kind == route.Region && snap.Region(code) != nil {
			return snap.RevOf(snap.Region(code).Wines)
		} else if kind == route.Appellation && snap.Appellation(code) != nil {
			return snap.RevOf(snap.Appellation(code).Wines)
		}
		return snap.Newest
	case route.Home, route.Primeur:
		return snap.Newest
	}
	return snap.Rev
}

// revOfAppellation counts wines of the appellation that lie in another region than w.
func revOfAppellation(snap *catalog.Snapshot, w *catalog.Wine) uint64 {
	if w.Appellation == nil {
		return 0
	}
	return snap.RevOf(w.Appellation.Wines)
}
