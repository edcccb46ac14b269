package guard

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

// root is the top of the project, seen from this package.
const root = "../.."

// made are the folders and suffixes of what is made from the sources, not written.
var (
	madeFolders  = []string{".git", ".local", "bin", "node_modules", "pictures", ".driver"}
	madeSuffixes = []string{"_templ.go", "_templ.txt", ".test", ".prof"}
)

// file is a source file; its name is relative to root, with slashes.
type file struct {
	name string
	text []byte
}

// at says where an offset lies.
func (f file) line(offset int) int { return 1 + bytes.Count(f.text[:offset], []byte("\n")) }

// package of a Go file: its import path.
func (f file) pkg() string {
	if dir, _, nested := cutLast(f.name, "/"); nested {
		return "caveau/" + dir
	}
	return "caveau"
}

func cutLast(s, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}

// files are all written files of the tree, read once.
var files = sync.OnceValues(func() ([]file, error) {
	var all []file
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if slices.Contains(madeFolders, d.Name()) {
				return fs.SkipDir
			}
			return nil
		}
		if !d.Type().IsRegular() || slices.ContainsFunc(madeSuffixes, func(s string) bool { return strings.HasSuffix(path, s) }) {
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		name, err := filepath.Rel(root, path)
		all = append(all, file{filepath.ToSlash(name), text})
		return err
	})
	return all, err
})

// tree returns the files with one of the endings; with none, all of them.
func tree(t *testing.T, endings ...string) []file {
	t.Helper()
	all, err := files()
	if err != nil {
		t.Fatal(err)
	}
	var found []file
	for _, f := range all {
		if len(endings) == 0 || slices.ContainsFunc(endings, func(e string) bool { return strings.HasSuffix(f.name, e) }) {
			found = append(found, f)
		}
	}
	if len(found) == 0 {
		t.Fatalf("no file ends in any of %q: the test reads the wrong folder", endings)
	}
	return found
}

func text(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(root, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func parse(t *testing.T, f file, mode parser.Mode) (*token.FileSet, *ast.File) {
	t.Helper()
	set := token.NewFileSet()
	parsed, err := parser.ParseFile(set, f.name, f.text, mode)
	if err != nil {
		t.Fatal(err)
	}
	return set, parsed
}
