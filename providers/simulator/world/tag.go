package world

import "github.com/nephograph/nephograph/app"

// Tagged returns the resources of the place that are tagged or were so once, by name. Of those that never were, AWS
// does not tell.
func (p *Place) Tagged() []app.Tagged {
	var all []app.Tagged
	for _, a := range p.Alarms {
		if a.Tags != nil {
			all = append(all, app.Tagged{ARN: a.ARN, Tags: a.Tags})
		}
	}
	return all
}
