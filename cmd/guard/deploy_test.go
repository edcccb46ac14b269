package guard

import (
	"regexp"
	"slices"
	"testing"
)

// The example that operators copy names what the program reads: all of it, and nothing else.
func TestDeployNamesEveryVariable(t *testing.T) {
	read := names(text(t, "cmd/app/config.go")+text(t, "cmd/app/config_mail.go")+text(t, "cmd/app/payment.go"), `env:"(CAVEAU_\w+)"`)
	example := names(text(t, "deploy/caveau.env.example"), `(?m)^(CAVEAU_\w+)=`)
	if !slices.Equal(read, example) || len(read) == 0 {
		t.Errorf("the program reads\n%q\nand deploy/caveau.env.example names\n%q", read, example)
	}
}

func names(text, pattern string) (found []string) {
	for _, m := range regexp.MustCompile(pattern).FindAllStringSubmatch(text, -1) {
		found = append(found, m[1])
	}
	slices.Sort(found)
	return found
}
