package piece

import "encoding/binary"

// ring is room in which pages lie in the order in which they came. A new one takes the place of the oldest.
//
//	record: size 4 │ node 4 │ edition 1 │ number 2 │ script
//
// A record is never cut in two: where it does not fit before the end, the rest is left out (a size of skip,
// or too little room for a size) and it begins at the front.
type ring struct {
	owner   owner
	room    []byte
	spare   []byte // a record on its way from the tail to the head
	head    int    // where the next record goes
	tail    int    // the oldest record
	records int
}

// owner of a ring knows the pages.
type owner interface {
	// worth says that the oldest page is to stay; else it is gone.
	worth(key Key, at uint32) bool
	// moved says where it is then.
	moved(key Key, at uint32)
}

const (
	recordHead = 11
	skip       = 1<<32 - 1
)

// wrapped says that the newest record lies before the oldest.
func (r *ring) wrapped() bool { return r.records > 0 && r.head <= r.tail }

// used bytes.
func (r *ring) used() int {
	switch {
	case r.records == 0:
		return 0
	case r.wrapped():
		return len(r.room) - r.tail + r.head
	default:
		return r.head - r.tail
	}
}

func (r *ring) clear() { r.head, r.tail, r.records = 0, 0, 0 }

// at is the script of a place.
func (r *ring) at(p place) []byte {
	start := int(p.at) + recordHead
	return r.room[start : start+int(p.size)]
}

// put a record at the head; the oldest ones give way. False where it is larger than the whole ring.
func (r *ring) put(key Key, script []byte) (at uint32, ok bool) {
	size := recordHead + len(script)
	if size > len(r.room) {
		return 0, false
	}
	for !r.fits(size) {
		if !r.wrapped() {
			r.toFront()
		} else {
			r.drop()
		}
	}
	b := r.room[r.head:]
	binary.LittleEndian.PutUint32(b, uint32(len(script)))
	binary.LittleEndian.PutUint32(b[4:], key.Node)
	b[8] = key.Edition
	binary.LittleEndian.PutUint16(b[9:], key.Number)
	copy(b[recordHead:], script)
	return r.advance(size), true
}

// advance the head over a record that was written there.
func (r *ring) advance(size int) (at uint32) {
	at = uint32(r.head)
	r.head += size
	r.records++
	return at
}

// fits says that there is room for a record at the head.
func (r *ring) fits(size int) bool {
	if r.records == 0 {
		r.clear()
	}
	if r.wrapped() {
		return r.tail-r.head >= size
	}
	return len(r.room)-r.head >= size
}

// toFront leaves out what is left behind the head.
func (r *ring) toFront() {
	if len(r.room)-r.head >= 4 {
		binary.LittleEndian.PutUint32(r.room[r.head:], skip)
	}
	r.head = 0
}

// drop the oldest record, or what was left out behind it. One that is worth it goes on at the head: the gap
// before it and its own room are enough for that.
func (r *ring) drop() {
	b := r.room[r.tail:]
	if len(b) < 4 || binary.LittleEndian.Uint32(b) == skip {
		r.tail = 0
		return
	}
	at, size := uint32(r.tail), recordHead+int(binary.LittleEndian.Uint32(b))
	key := Key{Node: binary.LittleEndian.Uint32(b[4:]), Edition: b[8], Number: binary.LittleEndian.Uint16(b[9:])}
	r.tail += size
	r.records--
	if !r.owner.worth(key, at) {
		return
	}
	r.spare = append(r.spare[:0], b[:size]...)
	if r.records == 0 {
		r.clear()
	}
	copy(r.room[r.head:], r.spare)
	r.owner.moved(key, r.advance(size))
}
