package world

import (
	"strconv"
	"strings"
	"time"

	"github.com/nephograph/nephograph/app"
)

// LogStory is what a log alarm counts: the events of log groups whose message has a text, over each period of the
// alarm.
type LogStory struct {
	Groups []string `yaml:"groups"`
	Has    string   `yaml:"has"`
}

// configure gives an alarm its query. It runs as often as the alarm has a period, and looks that far back.
func (s LogStory) configure(a app.Alarm, scope app.Scope) app.Alarm {
	a.Kind, a.Log = app.LogAlarm, &app.LogAlarmQuery{
		Text:        "fields @timestamp, @message | filter @message like /" + s.Has + "/",
		Aggregation: "count(*)",
		Schedule:    rate(a.Period),
		Begin:       a.Period,
	}
	for _, g := range s.Groups {
		a.Log.Groups = append(a.Log.Groups, "arn:aws:logs:"+scope.Region+":"+scope.Account+":log-group:"+g)
	}
	return a
}

// rate writes a schedule in whole minutes.
func rate(every time.Duration) string {
	if every == time.Minute {
		return "rate(1 minute)"
	}
	return "rate(" + strconv.Itoa(int(every/time.Minute)) + " minutes)"
}

// logAlarms lets the log alarms live, by what is in the logs by now. AWS tells of them no period.
func (m *maker) logAlarms() {
	for _, story := range m.scenario.Alarms {
		if story.Log == nil {
			continue
		}
		p := m.places[story.In]
		a := m.configure(p, story)
		d := newDice(m.world.Seed, "alarm", p.Scope.String(), a.Name)
		m.live(p, &a, story, d, m.watch(a, m.counted(p, *story.Log, a.Period), d))
		a.Period = 0
		p.Alarms = append(p.Alarms, a)
	}
}

// counted returns how many events there are in each period of the day.
func (m *maker) counted(p *Place, s LogStory, period time.Duration) map[time.Time]float64 {
	counts := map[time.Time]float64{}
	for at := m.world.Range.From.Truncate(period); at.Before(m.anchor()); at = at.Add(period) {
		counts[at] = 0
	}
	for _, g := range s.Groups {
		for _, e := range p.Events[g] {
			if strings.Contains(e.Message, s.Has) {
				counts[e.At.Truncate(period)]++
			}
		}
	}
	return counts
}
