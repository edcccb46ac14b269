package intake

import "strings"

// gtin checks a trade item number (GTIN-8, -12, -13 or -14) by its last digit and returns it; a list
// that has been through a spreadsheet has lost leading zeros, so eleven digits are read as twelve.
// Source of the check digit: GS1 General Specifications, section 7.9.
func gtin(s string) (string, bool) {
	s = strings.TrimSpace(s)
	switch len(s) {
	case 7, 11:
		s = "0" + s
	case 8, 12, 13, 14:
	default:
		return "", false
	}
	sum, weight := 0, 1
	for i := len(s) - 1; i >= 0; i-- {
		if s[i] < '0' || s[i] > '9' {
			return "", false
		}
		sum += int(s[i]-'0') * weight
		weight = 4 - weight
	}
	return s, sum%10 == 0 && strings.Trim(s, "0") != ""
}
