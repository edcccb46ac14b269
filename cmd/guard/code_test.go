package guard

import (
	"bytes"
	"go/ast"
	"go/parser"
	"slices"
	"strings"
	"testing"
)

// longest is how many lines a Go file may have: beyond it holds more than one idea.
const longest = 500

func TestGoFilesAreShort(t *testing.T) {
	for _, f := range tree(t, ".go") {
		if n := bytes.Count(f.text, []byte("\n")); n > longest {
			t.Errorf("%s has %d lines, more than %d: split it by idea", f.name, n, longest)
		}
	}
}

// A test that sleeps is slow on a fast machine and red on a slow one.
func TestNoTestSleeps(t *testing.T) {
	for _, f := range tree(t, "_test.go") {
		set, parsed := parse(t, f, parser.SkipObjectResolution)
		ast.Inspect(parsed, func(n ast.Node) bool {
			if s, ok := n.(*ast.SelectorExpr); ok && s.Sel.Name == "Sleep" && isName(s.X, "time") {
				t.Errorf("%s: a test sleeps: wait for what it waits for, with a deadline", set.Position(s.Pos()))
			}
			return true
		})
	}
}

func isName(e ast.Expr, name string) bool {
	id, ok := e.(*ast.Ident)
	return ok && id.Name == name
}

// empty names say nothing of what is inside.
var emptyNames = []string{"service", "services", "manager", "impl", "helper", "helpers", "util", "utils", "common", "misc", "base", "types", "models"}

// A package of one file says it there; all others in doc.go.
func TestPackagesHaveADocAndAName(t *testing.T) {
	says := map[string]string{} // by package, the file with its comment
	size := map[string]int{}
	for _, f := range tree(t, ".go") {
		_, parsed := parse(t, f, parser.PackageClauseOnly|parser.ParseComments)
		if slices.Contains(emptyNames, parsed.Name.Name) {
			t.Errorf("%s: package %s: a package is named after what it holds", f.name, parsed.Name.Name)
		}
		if strings.HasSuffix(f.name, "_test.go") {
			continue
		}
		size[f.pkg()]++
		begins := "Package " + parsed.Name.Name + " "
		if parsed.Name.Name == "main" {
			begins = "Command "
		}
		if strings.HasPrefix(parsed.Doc.Text(), begins) && !strings.HasSuffix(says[f.pkg()], "/doc.go") {
			says[f.pkg()] = f.name
		}
	}
	for pkg, n := range size {
		if says[pkg] == "" || n > 1 && !strings.HasSuffix(says[pkg], "/doc.go") {
			t.Errorf("%s has no doc.go that begins with \"Package …\" or \"Command …\"", pkg)
		}
	}
}
