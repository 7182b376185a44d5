package resource

import (
	"slices"

	"github.com/nephograph/nephograph/app"
)

// Concerns reports whether a trail event concerns one of some resources.
func Concerns(e app.TrailEvent, names []Name) bool {
	return slices.ContainsFunc(e.Resources, func(r app.TrailResource) bool {
		of := OfTrail(r)
		return slices.ContainsFunc(names, func(n Name) bool { return n.Concerns(of) })
	})
}

// Title says what an event did to what, as a person would: UpdateTable orders.
func Title(e app.TrailEvent) string {
	if len(e.Resources) == 0 {
		return e.Name
	}
	return e.Name + " " + OfTrail(e.Resources[0]).Short
}
