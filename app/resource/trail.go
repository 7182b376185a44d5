package resource

import (
	"slices"

	"github.com/nephograph/nephograph/app"
)

// Concerns reports whether a trail event concerns one of some resources.
func Concerns(e app.TrailEvent, names []Name) bool {
	return slices.ContainsFunc(e.Resources, func(r app.TrailResource) bool {
		of := OfTrail(r)
		return slices.ContainsFunc(names, func(n Name) bool {
			return n.Concerns(of) && (!writesLogs(e) || n.Kind == logGroup)
		})
	})
}

// Concerned returns every single name by which what an event concerns may be found.
func Concerned(e app.TrailEvent) []string {
	if writesLogs(e) {
		return nil
	}
	var all []string
	for _, r := range e.Resources {
		all = append(all, OfTrail(r).All()...)
	}
	return all
}

// writesLogs reports whether an event says no more than that something began to write logs. Each new environment of a
// Lambda function and each new ECS task does, so that the event concerns the log group alone.
func writesLogs(e app.TrailEvent) bool { return e.Name == "CreateLogStream" }

// Title says what an event did to what, as a person would: UpdateTable orders.
func Title(e app.TrailEvent) string {
	if len(e.Resources) == 0 {
		return e.Name
	}
	return e.Name + " " + OfTrail(e.Resources[0]).Short
}
