package gazetteer

import (
	"fmt"
	"strings"
)

// Fault is one thing that is wrong in the data.
type Fault struct {
	File string // "fr/wines.csv"
	Line int    // counted from 1, the header included; 0 where the whole file is meant
	Text string
}

// Error is "fr/wines.csv:12: unknown producer "petrus"".
func (f Fault) Error() string { return f.place() + ": " + f.Text }

func (f Fault) place() string {
	if f.Line == 0 {
		return f.File
	}
	return fmt.Sprintf("%s:%d", f.File, f.Line)
}

// Faults is everything that is wrong, in the order in which it was met.
type Faults []Fault

func (f Faults) Error() string {
	lines := make([]string, 0, len(f)+1)
	lines = append(lines, fmt.Sprintf("the gazetteer has %d faults:", len(f)))
	for _, fault := range f {
		lines = append(lines, fault.Error())
	}
	return strings.Join(lines, "\n")
}
