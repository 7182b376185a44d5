package world

// everywhere stands in a scenario for every place: what is in it, each place has for itself.
const everywhere = "everywhere"

// spread gives each place its own copy of what is everywhere.
func (s *Scenario) spread() {
	var places []string
	for _, a := range s.Accounts {
		for _, region := range a.Regions {
			places = append(places, a.Name+"/"+region)
		}
	}
	s.Metrics = copies(s.Metrics, places, func(m *MetricSet) *string { return &m.In })
	s.Alarms = copies(s.Alarms, places, func(a *AlarmStory) *string { return &a.In })
	s.Groups = copies(s.Groups, places, func(g *Group) *string { return &g.In })
	s.Journeys = copies(s.Journeys, places, func(j *Journey) *string { return &j.In })
	s.Routines = copies(s.Routines, places, func(r *Routine) *string { return &r.In })
	s.Changes = copies(s.Changes, places, func(c *Change) *string { return &c.In })
}

// copies returns the items, with a copy for each place in the stead of those that are everywhere.
func copies[T any](items []T, places []string, in func(*T) *string) []T {
	var all []T
	for _, item := range items {
		if *in(&item) != everywhere {
			all = append(all, item)
			continue
		}
		for _, place := range places {
			own := item
			*in(&own) = place
			all = append(all, own)
		}
	}
	return all
}
