// Command gate runs the project's checks and says in one table what came out. It is what make test, make check and
// make soak call, so a laptop and CI do the same.
//
//	go run ./cmd/gate test|check|soak
//
// A gate is a list of named steps (gates.go). Every step runs, also after one has failed: one run shows everything that
// is wrong. The exit status is 0 when all have passed, 1 otherwise.
//
// Tests are read as events of go test -json. What passes is one line per package; what fails is printed whole. A test
// that skips is named in the summary, and in CI (CI=true) it is a failure unless skips.go lists it: there, a missing tool must
// not look like a proof.
//
// What must be there first (servers, browser, compiler) is not installed here: .ci/install does, and make calls it before.
package main
