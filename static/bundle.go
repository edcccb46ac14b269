package static

import (
	"bytes"
	"fmt"
	"io/fs"
	"path"
	"regexp"
)

// The parts of a bundle, in order: files, or folders whose files follow by name.
var (
	cssParts    = []string{"css/tokens.css", "css/base.css", "css/layout", "css/component", "css/page", "css/utility.css"}
	scriptParts = []string{"js/lib", "js/element", "js/app.js"}
)

func styles(a *Assets) ([]byte, error) {
	sheet, err := join(cssParts)
	if err != nil {
		return nil, err
	}
	font := []byte(`url("` + Font + `")`)
	if !bytes.Contains(sheet, font) {
		return nil, fmt.Errorf("no style asks for %s", font)
	}
	sheet = bytes.ReplaceAll(sheet, font, []byte(`url("`+a.URL(Font)+`")`))
	return shrinkStyles(sheet), nil
}

func scripts(*Assets) ([]byte, error) {
	source, err := join(scriptParts)
	if err != nil {
		return nil, err
	}
	return shrinkScripts(source), nil
}

func join(parts []string) ([]byte, error) {
	var all []byte
	for _, part := range parts {
		err := fs.WalkDir(files, part, func(name string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			body, err := files.ReadFile(path.Clean(name))
			all = append(append(all, body...), '\n')
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return all, nil
}

var (
	comment    = regexp.MustCompile(`(?s)/\*.*?\*/`)
	blanks     = regexp.MustCompile(`\s+`)
	aroundSign = regexp.MustCompile(` ?([{};,>]) ?`)
	afterColon = regexp.MustCompile(`([a-z-]): `)
	lastSign   = regexp.MustCompile(`;}`)
)

// shrinkStyles takes out what no browser needs. It knows this project's style sheets, not all of CSS: a
// string must not hold a comment or two blanks in a row, and "a :hover" must not be written at all.
func shrinkStyles(b []byte) []byte {
	b = comment.ReplaceAll(b, nil)
	b = blanks.ReplaceAll(b, []byte(" "))
	b = aroundSign.ReplaceAll(b, []byte("$1"))
	b = afterColon.ReplaceAll(b, []byte("$1:"))
	b = lastSign.ReplaceAll(b, []byte("}"))
	return bytes.TrimSpace(b)
}

var (
	importLine  = regexp.MustCompile(`(?m)^import .*\n`)
	exportWord  = regexp.MustCompile(`(?m)^export `)
	lineComment = regexp.MustCompile(`(?m)^\s*//.*\n`)
	indent      = regexp.MustCompile(`(?m)^\s+`)
)

// shrinkScripts joins modules into one: it takes out imports, exports, comments that stand alone and
// indents. Template strings over several lines would lose theirs; there are none.
func shrinkScripts(b []byte) []byte {
	b = comment.ReplaceAll(b, nil)
	b = importLine.ReplaceAll(b, nil)
	b = exportWord.ReplaceAll(b, nil)
	b = lineComment.ReplaceAll(b, nil)
	return bytes.TrimSpace(indent.ReplaceAll(b, nil))
}
