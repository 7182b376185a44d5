package app

import "cmp"

// AlarmOwner says who answers for an alarm.
type AlarmOwner struct {
	Kind string // Auto Scaling, Stack, Team
	Name string
}

// ownerTags are the keys of tags that name who owns something, as people write them; the first that is there counts.
var ownerTags = []string{"team", "Team", "owner", "Owner"}

// stackTag is what CloudFormation puts on everything that a stack made (user guide, "Resource tags").
const stackTag = "aws:cloudformation:stack-name"

// Owner returns what owns the alarm; the zero value where nothing says so. A scaling policy goes first, because it
// changes and deletes its alarms by itself; then the team that a tag names, then the stack.
func (a Alarm) Owner() AlarmOwner {
	if policy, ok := a.ScalingPolicy(); ok {
		return AlarmOwner{"Auto Scaling", policy}
	}
	var team string
	for _, key := range ownerTags {
		team = cmp.Or(team, a.Tags[key])
	}
	switch stack := a.Tags[stackTag]; {
	case team != "":
		return AlarmOwner{"Team", team}
	case stack != "":
		return AlarmOwner{"Stack", stack}
	}
	return AlarmOwner{}
}
