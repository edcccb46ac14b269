package main

import (
	"context"
	"io"
)

// step is one named check.
type step struct {
	name string
	run  func(ctx context.Context, out io.Writer, ci bool) result
}

// lintVersion is the newest that is known to work with the language version of go.mod.
const lintVersion = "v2.15.0"

// formatting and vet are quick and belong to every gate.
var formatting = []step{
	{"gofmt", silent("gofmt", "-l", "cmd", "e2e", "i18n", "static", "store", "templates", "web")},
	{"templ fmt", templates},
	{"go vet", command("go", "vet", "./...")},
}

// gates by name.
//
// The browser has the machine for itself: stories that run beside a compiler would wait for nothing but the processor.
var gates = map[string][]step{
	"test": append(formatting[:len(formatting):len(formatting)],
		step{"tests", tests{leaveOut: append(browsing, racing...), flags: []string{"-p=2", "-timeout=10m"}}.run},
		step{"tests with the race detector", tests{only: racing, flags: []string{"-race", "-p=2", "-timeout=10m"}}.run},
		step{"stories in a browser", tests{only: browsing, flags: []string{"-p=1", "-timeout=40m"}}.run},
	),
	"check": append(formatting[:len(formatting):len(formatting)],
		step{"golangci-lint " + lintVersion, lint},
	),
	"soak": {
		{"long tests", tests{leaveOut: browsing, flags: []string{"-p=1", "-count=1", "-timeout=60m"}}.run},
		{"stories in a browser, every page and locale", tests{only: browsing, flags: []string{"-p=1", "-count=1", "-timeout=90m"}}.run},
	},
}

// browsing are the packages that drive a browser or start whole shops.
var browsing = []string{"caveau/e2e", "caveau/e2e/crowd"}

// racing are the packages in which goroutines share memory. The others share nothing, and the race detector makes them
// several times slower.
var racing = []string{
	"caveau/cmd/app", "caveau/store/redis", "caveau/store/stock", "caveau/web", "caveau/web/piece",
}
