package related

import (
	"context"
	"slices"
	"strings"

	"github.com/nephograph/nephograph/app"
)

// ShortGroup takes what a person calls a log group out of its name.
func ShortGroup(group string) string { return group[strings.LastIndexByte(group, '/')+1:] }

// LogGroupsBelow returns the names of the log groups of resources and of the services by which their requests are answered, in
// some places, all that the cache knows for none. Of a resource for which there is none, those whose names hold its own.
func LogGroupsBelow(ctx context.Context, r Reader, places []app.Scope, names []string, within app.Range) (found []string, err error) {
	if places, err = allPlaces(ctx, r, places); err != nil {
		return nil, err
	}
	graphs, err := graphsOf(ctx, r, places, within)
	if err != nil {
		return nil, err
	}
	groups, err := r.LogGroups(ctx, places)
	for _, name := range names {
		services := downstream(graphs, name)
		own := groupsWhere(groups, func(group string) bool {
			return slices.ContainsFunc(services, func(s string) bool { return ShortGroup(group) == strings.ReplaceAll(s, "/", "-") })
		})
		if len(own) == 0 {
			own = groupsWhere(groups, func(group string) bool { return strings.Contains(strings.ToLower(group), strings.ToLower(name)) })
		}
		for _, group := range own {
			if !slices.Contains(found, group) {
				found = append(found, group)
			}
		}
	}
	return found, err
}

func groupsWhere(groups []app.LogGroup, is func(name string) bool) (names []string) {
	for _, g := range groups {
		if is(g.Name) {
			names = append(names, g.Name)
		}
	}
	return names
}

// allPlaces returns the places, or for none all that the cache knows.
func allPlaces(ctx context.Context, r Reader, places []app.Scope) ([]app.Scope, error) {
	if len(places) > 0 {
		return places, nil
	}
	return r.Scopes(ctx)
}

// graphsOf reads the service graphs of places.
func graphsOf(ctx context.Context, r Reader, places []app.Scope, within app.Range) (graphs []app.ServiceGraph, err error) {
	for _, place := range places {
		g, err := r.ServiceGraph(ctx, place, within)
		if err != nil {
			return nil, err
		}
		graphs = append(graphs, g)
	}
	return graphs, nil
}

// downstream returns the names and those of all services by which their requests are answered, from one place to the next.
func downstream(graphs []app.ServiceGraph, names ...string) []string {
	services := slices.Clone(names)
	for _, g := range graphs {
		services = append(services, g.Downstream(services...)...)
	}
	return services
}

// ServicesBelow returns the names and those of all services by which their requests are answered, in some places, all that
// the cache knows for none.
func ServicesBelow(ctx context.Context, r Reader, places []app.Scope, names []string, within app.Range) ([]string, error) {
	places, err := allPlaces(ctx, r, places)
	if err != nil {
		return nil, err
	}
	graphs, err := graphsOf(ctx, r, places, within)
	return downstream(graphs, names...), err
}

// ErrorsBelow asks for the errors in the logs of resources and of the services by which their requests are answered: what
// fails shows where it is noticed, and says why further down.
func ErrorsBelow(ctx context.Context, r Reader, scopes []app.Scope, names []string, within app.Range) (app.LogQuery, error) {
	groups, err := LogGroupsBelow(ctx, r, scopes, names, within)
	q := app.LogQuery{Scopes: scopes, Range: within, Level: app.LevelError, Groups: groups}
	if len(groups) == 0 {
		q.Resource = names[0] // says it for all
	}
	return q, err
}
