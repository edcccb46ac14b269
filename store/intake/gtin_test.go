package intake

import "testing"

func TestGTIN(t *testing.T) {
	cases := []struct {
		in, want string
		ok       bool
	}{
		{"4006381333931", "4006381333931", true},   // 13 digits
		{"4006381333932", "4006381333932", false},  // wrong check digit
		{"036000291452", "036000291452", true},     // 12 digits
		{"36000291452", "036000291452", true},      // lost its zero
		{"96385074", "96385074", true},             // 8 digits
		{"00012345600012", "00012345600012", true}, // 14 digits
		{"000000000000", "000000000000", false},
		{"12345", "", false},
		{"40063813339x1", "", false},
		{"", "", false},
	}
	for _, c := range cases {
		got, ok := gtin(c.in)
		if ok != c.ok || ok && got != c.want {
			t.Errorf("gtin(%q) = %q, %v; want %q, %v", c.in, got, ok, c.want, c.ok)
		}
	}
}
