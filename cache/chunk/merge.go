package chunk

import "math"

// Merge appends to into what old and new hold together, both oldest first. Where both have a datapoint at the same time
// the one of new is taken, and of several in new the last. changed is the number of datapoints that are new or have
// another value.
func Merge(into, old, new []Point) (all []Point, changed int) {
	for i, n := range new {
		if i+1 < len(new) && new[i+1].At == n.At {
			continue
		}
		for len(old) > 0 && old[0].At < n.At {
			into, old = append(into, old[0]), old[1:]
		}
		switch {
		case len(old) == 0 || old[0].At > n.At:
			changed++
		default:
			if math.Float64bits(old[0].Value) != math.Float64bits(n.Value) {
				changed++
			}
			old = old[1:]
		}
		into = append(into, n)
	}
	return append(into, old...), changed
}
