package phrase

import (
	"slices"
	"strings"
)

// SomeOf names the first of some, and how many more there are: "checkout", "checkout and orders", "checkout, orders
// and 3 more".
func SomeOf(names []string, first int) string {
	if len(names) > first {
		names = append(slices.Clone(names[:first]), Count(int64(len(names)-first))+" more")
	}
	last := len(names) - 1
	if last < 1 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:last], ", ") + " and " + names[last]
}
