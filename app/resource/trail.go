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

// Concerned returns what an event concerns.
func Concerned(e app.TrailEvent) []Name {
	if writesLogs(e) {
		return nil
	}
	all := make([]Name, len(e.Resources))
	for i, r := range e.Resources {
		all[i] = OfTrail(r)
	}
	return all
}

// Question returns the name by which other signals are asked for a resource of a trail event: its ARN, which tells the
// table orders from the function orders, or else its short name.
func Question(r app.TrailResource) string {
	if Read(r.Name).Service != "" {
		return r.Name
	}
	return OfTrail(r).Short
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
