package web

import (
	"net/url"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"caveau/store/facet"
	"caveau/store/route"
)

// birth answers for the finder of birth years: a year leads to its page, with a budget to the wines of it that cost no more.
func (s *Server) birth(v *visit, _ string) error {
	if !isRead(v.Ctx) {
		return notAllowed(v.Ctx, readOnly)
	}
	args := v.Request().URI().QueryArgs()
	if !args.Has(facet.BirthKey) {
		return s.page(v)
	}
	asked, most := string(args.Peek(facet.BirthKey)), string(args.Peek(facet.HighKey))
	year, err := strconv.Atoi(asked)
	path, found := v.snap.Routes.Path(route.Page{Kind: route.Landing, Year: year}, v.edition.Locale.Language())
	if err != nil || year == 0 || !found {
		v.Set(fiber.HeaderCacheControl, briefly)
		return s.render(v.Ctx, s.Site.BirthWrong(v.snap, v.edition, asked, most))
	}
	if budget, err := strconv.Atoi(most); err == nil && budget > 0 {
		if search, ok := v.snap.Routes.Path(route.Page{Kind: route.Search}, v.edition.Locale.Language()); ok {
			within := url.Values{facet.FromKey: {asked}, facet.ToKey: {asked}, facet.HighKey: {most}}
			path = search + "?" + within.Encode()
		}
	}
	v.Set(fiber.HeaderCacheControl, briefly)
	return v.Redirect(v.edition.Prefix+path, fiber.StatusFound)
}
