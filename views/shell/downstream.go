package shell

import (
	"context"
	"slices"
	"strings"

	"github.com/nephograph/nephograph/app"
)

// groupsBelow returns the names of the log groups of a resource and of the services by which its requests are answered,
// in some places, all that the cache knows for none.
func groupsBelow(ctx context.Context, r Reader, places []app.Scope, name string, within app.Range) (names []string, err error) {
	if places, err = allPlaces(ctx, r, places); err != nil {
		return nil, err
	}
	services, err := servicesBelow(ctx, r, places, []string{name}, within)
	if err != nil {
		return nil, err
	}
	groups, err := r.LogGroups(ctx, places)
	for _, g := range groups {
		of := func(service string) bool { return shortGroup(g.Name) == strings.ReplaceAll(service, "/", "-") }
		if slices.ContainsFunc(services, of) && !slices.Contains(names, g.Name) {
			names = append(names, g.Name)
		}
	}
	return names, err
}

// allPlaces returns the places, or for none all that the cache knows.
func allPlaces(ctx context.Context, r Reader, places []app.Scope) ([]app.Scope, error) {
	if len(places) > 0 {
		return places, nil
	}
	return r.Scopes(ctx)
}

// servicesBelow returns the names and those of all services by which their requests are answered, in some places.
func servicesBelow(ctx context.Context, r Reader, places []app.Scope, names []string, within app.Range) ([]string, error) {
	places, err := allPlaces(ctx, r, places)
	if err != nil {
		return nil, err
	}
	services := slices.Clone(names)
	for _, place := range places {
		graph, err := r.ServiceGraph(ctx, place, within)
		if err != nil {
			return nil, err
		}
		services = append(services, graph.Downstream(services...)...)
	}
	return services, nil
}

// errorsBelow asks for the errors in the logs of a resource and of the services by which its requests are answered: what
// fails shows where it is noticed, and says why further down. Where no group is one of theirs, its name finds the logs.
func errorsBelow(ctx context.Context, r Reader, scopes []app.Scope, name string, within app.Range) (q app.LogQuery, err error) {
	q = app.LogQuery{Scopes: scopes, Range: within, Level: app.LevelError}
	if q.Groups, err = groupsBelow(ctx, r, scopes, name, within); len(q.Groups) == 0 {
		q.Resource = name
	}
	return q, err
}
