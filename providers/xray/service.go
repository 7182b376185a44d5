package xray

import "github.com/nephograph/nephograph/app"

// nameServices gives subsegments that came by themselves the service of the nearest span above them that has one, and
// their own name where none has. It looks at each span once: a trace may be one chain of any length, and parents may
// form a ring.
func nameServices(spans []app.Span) {
	byID := make(map[string]int, len(spans))
	for i, s := range spans {
		byID[s.ID] = i
	}
	walked := make([]bool, len(spans)) // and so named, or known to have no service above
	var path []int                     // from a span upwards, all without a service
	for i := range spans {
		path = path[:0]
		above, ok := i, true
		for ok && spans[above].Service == "" && !walked[above] {
			walked[above] = true
			path = append(path, above)
			above, ok = byID[spans[above].Parent]
		}
		if !ok {
			continue
		}
		for _, n := range path {
			spans[n].Service = spans[above].Service
		}
	}
	for i := range spans {
		if spans[i].Service == "" {
			spans[i].Service = spans[i].Name
		}
	}
}
