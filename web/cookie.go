package web

import (
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"
)

// setCookie leaves a cookie with the visitor. Every cookie of the shops is set here, by a POST, and is listed by
// view.Cookies.
func setCookie(v *visit, name, value string, life time.Duration) {
	v.Cookie(&fiber.Cookie{
		Name: name, Value: value, Path: "/", Expires: time.Now().Add(life), MaxAge: int(life.Seconds()),
		Secure: true, HTTPOnly: true, SameSite: fiber.CookieSameSiteLaxMode,
	})
}

func clearCookie(v *visit, name string) {
	v.Cookie(&fiber.Cookie{
		Name: name, Path: "/", Expires: fasthttp.CookieExpireDelete, Secure: true, HTTPOnly: true, SameSite: fiber.CookieSameSiteLaxMode,
	})
}
