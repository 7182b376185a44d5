package query

import (
	"regexp"
	"strings"
	"testing"
)

// Each example of the manual is a query, which is written as it reads.
func TestManualExamples(t *testing.T) {
	example := regexp.MustCompile(`(?m)^  (\S.*?)(?:  |$)`)
	found := example.FindAllStringSubmatch(Manual, -1)
	for _, m := range found {
		s, err := Parse(m[1])
		if err != nil {
			t.Errorf("%s: %v", m[1], err)
			continue
		}
		again, err := Parse(s.String())
		if err != nil || again.String() != s.String() {
			t.Errorf("%s is written as %s and that as %s, %v", m[1], s, again, err)
		}
	}
	if len(found) < 25 {
		t.Errorf("the manual has %d examples", len(found))
	}
	for i, line := range strings.Split(Manual, "\n") {
		if len([]rune(line)) > 104 {
			t.Errorf("line %d is too wide for a terminal", i+1)
		}
	}
}
