package alarms

import (
	"maps"
	"slices"
	"strings"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/drawer"
	"github.com/nephograph/nephograph/views/phrase"
)

// configuration tells the rest of what is known of an alarm: whose it is, and how it was set up.
func (d alarmDetail) configuration(p *drawer.Page, k drawer.PageContext) {
	a := d.alarm
	facts := [][2]string{{"Owner", ownerText(a.Owner())}, {"Kind", kindText(a)}}
	switch {
	case a.Period <= 0:
	case a.Statistic != "":
		facts = append(facts, [2]string{"Statistic", a.Statistic + " over " + phrase.Duration(a.Period)})
	default:
		facts = append(facts, [2]string{"Period", phrase.Duration(a.Period)})
	}
	facts = append(facts, evaluationFacts(a, k)...)
	if a.Kind != app.CompositeAlarm && a.PromQL == nil && a.Unjudged() != app.UnjudgedKind {
		facts = append(facts, [2]string{"Missing data", phrase.MissingWords(a)})
	}
	if !a.Configured.IsZero() {
		facts = append(facts, [2]string{"Changed", k.Moment(a.Configured)})
	}
	facts = append(facts, [2]string{"Tags", tagsText(a.Tags)})
	told := func(fact [2]string) bool { return fact[1] != "" }
	if !slices.ContainsFunc(facts, told) {
		return
	}
	p.Section("Configuration")
	for _, fact := range facts {
		p.Fact(fact[0], fact[1])
	}
}

func ownerText(o app.AlarmOwner) string {
	switch o.Kind {
	case "":
		return ""
	case "Auto Scaling":
		return "Auto Scaling policy " + o.Name + ", which changes and deletes it by itself"
	}
	return o.Kind + " " + o.Name
}

func tagsText(tags map[string]string) string {
	var lines []string
	for _, key := range slices.Sorted(maps.Keys(tags)) {
		lines = append(lines, key+" = "+tags[key])
	}
	return strings.Join(lines, "\n")
}
