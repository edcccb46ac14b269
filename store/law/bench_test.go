package law

import "testing"

// BenchmarkDoor is asked for every SKU of a page that has a destination.
func BenchmarkDoor(b *testing.B) {
	r := rules(b)
	fr := shop(b, r, "fr")
	o := order(fr, bottle(fr), to("DE"))
	o.Consignment = Consignment
	b.ReportAllocs()
	for b.Loop() {
		if _, err := r.Door(o); err != nil {
			b.Fatal(err)
		}
	}
}
