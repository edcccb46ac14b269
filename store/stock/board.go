package stock

import (
	"slices"
	"sync"
	"sync/atomic"
)

// Level is what is free to sell of a SKU in a warehouse, in SKU units.
type Level struct {
	SKU       string
	Warehouse string
	Available int
}

// Event is one line of the log: a level, and its id.
type Event struct {
	ID uint64
	Level
}

// Board holds the last known level of every SKU in every warehouse. Reading is lock-free.
type Board struct {
	warehouses map[string]int

	mu    sync.Mutex // guards slots, last and the growth of cells
	slots map[string]uint32
	last  []uint64 // id of the event that set the cell
	cells atomic.Pointer[[]atomic.Int32]
	turns []atomic.Uint64 // by warehouse: how often a SKU ran out there, or came back
}

// NewBoard makes an empty board for some warehouses.
func NewBoard(warehouses []string) *Board {
	b := &Board{warehouses: map[string]int{}, slots: map[string]uint32{}, turns: make([]atomic.Uint64, len(warehouses))}
	for i, w := range warehouses {
		b.warehouses[w] = i
	}
	b.cells.Store(new([]atomic.Int32))
	return b
}

// Warehouse is the number of a warehouse, for Available; -1 for one that the board does not have.
func (b *Board) Warehouse(code string) int {
	if i, ok := b.warehouses[code]; ok {
		return i
	}
	return -1
}

// Slot is the place of a SKU on the board. It is given at the first call and stays.
func (b *Board) Slot(sku string) uint32 {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.slot(sku)
}

func (b *Board) slot(sku string) uint32 {
	slot, ok := b.slots[sku]
	if !ok {
		slot = uint32(len(b.slots))
		b.slots[sku] = slot
		b.grow(int(slot) + 1)
	}
	return slot
}

// grow copies the cells into twice the room. A reader of the old ones sees levels that are a moment old.
func (b *Board) grow(slots int) {
	old := *b.cells.Load()
	need := slots * len(b.warehouses)
	if need <= len(old) {
		return
	}
	cells := make([]atomic.Int32, max(need, 2*len(old), 1024*len(b.warehouses)))
	for i := range old {
		cells[i].Store(old[i].Load())
	}
	b.cells.Store(&cells)
	b.last = append(b.last, make([]uint64, len(cells)-len(b.last))...)
}

// Available is what is left of the SKUs in some slots, summed, in one warehouse.
func (b *Board) Available(slots []uint32, warehouse int) int {
	cells := *b.cells.Load()
	n := 0
	for _, slot := range slots {
		if i := int(slot)*len(b.warehouses) + warehouse; i < len(cells) {
			n += int(cells[i].Load())
		}
	}
	return n
}

// Left says of each of some slots whether anything is left in a warehouse.
func (b *Board) Left(slots []uint32, warehouse int, left []bool) {
	cells := *b.cells.Load()
	for n, slot := range slots {
		i := int(slot)*len(b.warehouses) + warehouse
		left[n] = warehouse >= 0 && i < len(cells) && cells[i].Load() > 0
	}
}

// Apply sets the levels of events that are newer than what the board has. A SKU that no page knows yet
// gets a slot: its page may come with the next snapshot. Events of foreign warehouses are left out.
func (b *Board) Apply(events []Event) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, e := range events {
		w, ok := b.warehouses[e.Warehouse]
		if !ok {
			continue
		}
		i := int(b.slot(e.SKU))*len(b.warehouses) + w
		if e.ID < b.last[i] {
			continue
		}
		b.last[i] = e.ID
		b.set(i, int32(e.Available))
	}
}

// set a cell, and count where that is a turn. The caller holds the lock.
func (b *Board) set(cell int, available int32) {
	at := &(*b.cells.Load())[cell]
	turned := at.Load() > 0 != (available > 0)
	at.Store(available)
	if turned {
		b.turns[cell%len(b.warehouses)].Add(1)
	}
}

// Turns counts how often a SKU ran out in a warehouse or came back: while it stands, Left says the same.
func (b *Board) Turns(warehouse int) uint64 {
	if warehouse < 0 {
		return 0
	}
	return b.turns[warehouse].Load()
}

// difference is a cell in which the board and the table do not agree.
type difference struct {
	cell         int
	board, table int32
}

// compare lists the cells that differ from the whole table; a cell without a row should be 0.
func (b *Board) compare(levels []Level) map[int]difference {
	b.mu.Lock()
	defer b.mu.Unlock()
	cells := *b.cells.Load()
	table := make([]int32, len(cells))
	for _, l := range levels {
		if w, ok := b.warehouses[l.Warehouse]; ok {
			i := int(b.slot(l.SKU))*len(b.warehouses) + w
			if i >= len(table) {
				cells = *b.cells.Load()
				table = slices.Concat(table, make([]int32, len(cells)-len(table)))
			}
			table[i] = int32(l.Available)
		}
	}
	out := map[int]difference{}
	for i := range table {
		if have := cells[i].Load(); have != table[i] {
			out[i] = difference{i, have, table[i]}
		}
	}
	return out
}

// correct sets cells to what the table says.
func (b *Board) correct(cells []difference) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, d := range cells {
		b.set(d.cell, d.table)
	}
}
