package related

import (
	"context"
	"slices"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/resource"
)

// LogGroupsBelow returns the names of the log groups of resources and of the services by which their requests are
// answered, in some places, all that the cache knows for none.
func LogGroupsBelow(
	ctx context.Context, r Reader, places []app.Scope, names []string, within app.Range,
) (found []string, err error) {
	if places, err = allPlaces(ctx, r, places); err != nil {
		return nil, err
	}
	graphs, err := graphsOf(ctx, r, places, within)
	if err != nil {
		return nil, err
	}
	groups, err := r.LogGroups(ctx, places)
	for _, name := range names {
		services := resource.Names(downstream(graphs, name)...)
		for _, g := range groups {
			own := slices.ContainsFunc(services, func(n resource.Name) bool { return n.Logs(g.Name) })
			if own && !slices.Contains(found, g.Name) {
				found = append(found, g.Name)
			}
		}
	}
	return found, err
}

// allPlaces returns the places, or for none all that the cache knows.
func allPlaces(ctx context.Context, r Reader, places []app.Scope) ([]app.Scope, error) {
	if len(places) > 0 {
		return places, nil
	}
	return r.Scopes(ctx)
}

// graphsOf reads the service graphs of places.
func graphsOf(ctx context.Context, r Reader, places []app.Scope, within app.Range) (graphs []app.ServiceGraph,
	err error) {
	for _, place := range places {
		g, err := r.ServiceGraph(ctx, place, within)
		if err != nil {
			return nil, err
		}
		graphs = append(graphs, g)
	}
	return graphs, nil
}

// downstream returns the names and those of all services by which their requests are answered, from one place to the
// next.
func downstream(graphs []app.ServiceGraph, names ...string) []string {
	services := slices.Clone(names)
	for _, g := range graphs {
		services = append(services, g.Downstream(services...)...)
	}
	return services
}

// ServicesBelow returns the names and those of all services by which their requests are answered, in some places, all
// that the cache knows for none.
func ServicesBelow(ctx context.Context, r Reader, places []app.Scope, names []string, within app.Range) ([]string,
	error) {
	places, err := allPlaces(ctx, r, places)
	if err != nil {
		return nil, err
	}
	graphs, err := graphsOf(ctx, r, places, within)
	return downstream(graphs, names...), err
}

// ErrorsBelow asks for the errors in the logs of resources and of the services by which their requests are answered:
// what fails shows where it is noticed, and says why further down.
func ErrorsBelow(ctx context.Context, r Reader, scopes []app.Scope, names []string, within app.Range) (app.LogQuery,
	error) {
	groups, err := LogGroupsBelow(ctx, r, scopes, names, within)
	q := app.LogQuery{Scopes: scopes, Range: within, Level: app.LevelError, Groups: groups}
	if len(groups) == 0 {
		q.Resource = names[0] // says it for all
	}
	return q, err
}
