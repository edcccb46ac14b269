package e2e

import (
	"bufio"
	"net"
	"strings"
	"testing"
	"time"

	"caveau/e2e/browser"
	"caveau/store/route"
)

// Redis loses everything while a visitor has a cart: the next page still knows it, and it can be changed.
func TestCartSurvivesAFlushedRedis(t *testing.T) {
	for _, way := range []browser.Way{{Device: browser.Phone}, {Device: browser.Desktop, NoScript: true}} {
		t.Run(way.Name, func(t *testing.T) {
			e := edition(t, "de")
			wine := inStock(t, e.Market.Warehouse, 4, nil)
			v := visit(t, e, way)
			v.opensPage(wine.page())
			v.chooses(wine.skus[0])
			v.buys()
			v.opensCart()
			v.sets(wine.skus[0], 3)
			flush(t)
			v.reloads()
			v.has(wine.skus[0], 3)
			v.badge(3)
			v.sets(wine.skus[0], 4)
			flush(t)
			v.opensPage(route.Page{Kind: route.Home})
			v.badge(4)
		})
	}
}

// flush empties the shop's Redis.
func flush(t *testing.T) {
	t.Helper()
	conn, err := net.Dial("tcp", theShop(t).Env["CAVEAU_REDIS_ADDR"])
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if err := conn.SetDeadline(time.Now().Add(5 * time.Second)); err != nil {
		t.Fatal(err)
	}
	if _, err := conn.Write([]byte("FLUSHALL\r\n")); err != nil {
		t.Fatal(err)
	}
	if said, err := bufio.NewReader(conn).ReadString('\n'); err != nil || strings.TrimSpace(said) != "+OK" {
		t.Fatalf("FLUSHALL: %q, %v", said, err)
	}
}
