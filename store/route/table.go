package route

import (
	"cmp"
	"slices"
)

// Node is one page of the table.
type Node struct {
	ID    uint32 // the row of table page: the same on every instance and in every snapshot
	Page  Page
	Gone  bool      // answers 410
	paths [8]string // live path by language, in the order of Languages; empty: no such page in it
}

// Row is one row of table url.
type Row struct {
	PageID   uint32
	Language string
	Path     string
	Moved    bool // an old path of the page
}

// Table is the resolved URL table. It is immutable.
type Table struct {
	nodes  []*Node
	byPage map[Page]*Node
	byPath [8]map[string]target
}

type target struct {
	node  *Node
	moved bool
}

// FirstTable gives each page the path that it gets when it is first made, in all languages. Pages are numbered from 1.
func FirstTable(pages []Page) *Table {
	var nodes []*Node
	var rows []Row
	for i, p := range pages {
		id := uint32(i + 1)
		nodes = append(nodes, &Node{ID: id, Page: p})
		for _, language := range Languages {
			rows = append(rows, Row{PageID: id, Language: language, Path: NewPath(p, language)})
		}
	}
	return NewTable(nodes, rows)
}

// NewTable links pages and paths; rows of unknown pages or languages are left out.
func NewTable(nodes []*Node, rows []Row) *Table {
	t := &Table{nodes: nodes, byPage: make(map[Page]*Node, len(nodes))}
	byID := make(map[uint32]*Node, len(nodes))
	for _, n := range nodes {
		t.byPage[n.Page] = n
		byID[n.ID] = n
	}
	for i := range t.byPath {
		t.byPath[i] = make(map[string]target, len(rows)/len(Languages)+1)
	}
	for _, r := range rows {
		node, i := byID[r.PageID], slices.Index(Languages, r.Language)
		if node == nil || i < 0 {
			continue
		}
		t.byPath[i][r.Path] = target{node: node, moved: r.Moved}
		if !r.Moved {
			node.paths[i] = r.Path
		}
	}
	return t
}

// Nodes are all pages, in the order of their ids.
func (t *Table) Nodes() []*Node { return t.nodes }

// Find says where a path leads in a language. moved: the visitor is to be sent to the node's own path.
func (t *Table) Find(language, path string) (node *Node, moved, ok bool) {
	i := slices.Index(Languages, language)
	if i < 0 {
		return nil, false, false
	}
	to, ok := t.byPath[i][path]
	return to.node, to.moved, ok
}

// ByID finds a page by its number, gone or not.
func (t *Table) ByID(id uint32) (*Node, bool) {
	i, ok := slices.BinarySearchFunc(t.nodes, id, func(n *Node, id uint32) int { return cmp.Compare(n.ID, id) })
	if !ok {
		return nil, false
	}
	return t.nodes[i], true
}

// Node of a page.
func (t *Table) Node(p Page) (*Node, bool) {
	n, ok := t.byPage[p]
	return n, ok
}

// Path of a page in a language; false where it has none.
func (t *Table) Path(p Page, language string) (string, bool) {
	n, ok := t.byPage[p]
	if !ok || n.Gone {
		return "", false
	}
	path := n.Path(language)
	return path, path != ""
}

// Path of the node in a language; empty where it has none.
func (n *Node) Path(language string) string {
	i := slices.Index(Languages, language)
	if i < 0 {
		return ""
	}
	return n.paths[i]
}

// Near lists paths of a language whose last words are most like those of a path that leads nowhere.
func (t *Table) Near(language, path string, most int) []*Node {
	i := slices.Index(Languages, language)
	if i < 0 {
		return nil
	}
	return nearest(t.byPath[i], path, most)
}
