// Package guard holds the rules of the whole tree, each as a test: what may import what, which versions are
// pinned, what no file may contain, what the container image promises.
//
// It has no code of its own. The tests read the sources in their own process, with go/parser where they are Go: what
// a test asks of `go list` is not among the inputs that go test knows, so its answer would be cached and stay
// falsely green.
//
// A rule fails with the file, the line and what to do instead. To change a rule change its table here, in the same
// commit, and say why.
package guard
