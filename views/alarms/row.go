package alarms

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/resource"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// Row is an alarm as the board shows it.
type Row struct {
	Alarm    app.Alarm
	Flaps    int  // how often it went off in the day before the window's end
	Flapping bool // it went off too often for that to mean anything
	Muted    bool // a mute rule holds its actions back now

	key       string
	name      string // in lower case, for sorting
	text      string // all that the row says, in lower case, for the filter
	condition string // what it watches and when it goes off
	owner     string
	// the newest in the reason that AWS gave for the state; without a value if it gave none
	noted app.EvaluatedPeriod
}

// day is the time over which flaps are counted.
const day = 24 * time.Hour

// keyOf returns the identity of an alarm.
func keyOf(a app.Alarm) string { return a.Scope.String() + "/" + a.Name }

// rowsOf joins the alarms that name a resource, all for "", with their history of a day, in the order of rank.
func rowsOf(
	found []app.Alarm, history []app.AlarmHistoryItem, within app.Range, name string, presets app.Presets,
	now time.Time,
) []*Row {
	byAlarm := map[string][]app.AlarmHistoryItem{}
	for _, h := range history {
		key := keyOf(app.Alarm{Scope: h.Scope, Name: h.Alarm})
		byAlarm[key] = append(byAlarm[key], h)
	}
	rows, of := make([]*Row, 0, len(found)), resource.Read(name)
	for _, a := range found {
		if name != "" && !of.NamedBy(a) {
			continue
		}
		r := newRow(a, presets, now)
		own := byAlarm[r.key]
		r.Flaps, r.Flapping = app.Flaps(within, own), app.Flapping(within, own)
		rows = append(rows, r)
	}
	slices.SortStableFunc(rows, byRank)
	return rows
}

func newRow(a app.Alarm, presets app.Presets, now time.Time) *Row {
	r := &Row{Alarm: a, key: keyOf(a), name: strings.ToLower(a.Name), owner: ownerName(a),
		condition: phrase.AlarmConditionNow(a, presets, now)}
	_, _, r.Muted = a.MutedAt(now)
	texts := []string{stateWord(a), a.Name, kindWord(a), phrase.AlarmMetric(a), r.condition, r.owner, a.Account,
		a.Region,
		a.Description}
	for key, value := range a.Tags {
		texts = append(texts, key+"="+value)
	}
	if reason, ok := app.ParseAlarmReason(a.ReasonData); ok && a.Metric == nil {
		periods := reason.Verdict(a, a.State).Periods
		r.noted = periods[len(periods)-1]
	}
	r.text = strings.ToLower(strings.Join(texts, "\n"))
	return r
}

// kindWord is the word for the kind of an alarm that the filter finds.
func kindWord(a app.Alarm) string {
	switch {
	case a.Kind == app.CompositeAlarm:
		return "composite"
	case a.Kind != app.MetricAlarm, a.PromQL != nil, a.HasContributors():
		return phrase.AlarmKind(a)
	case a.Metric == nil:
		return "metric math"
	}
	return "metric"
}

// stateWord returns the state of an alarm, Deleted if it is deleted.
func stateWord(a app.Alarm) string {
	if !a.Gone.IsZero() {
		return "Deleted"
	}
	_, _, word := ui.OfState(a.State)
	return word
}

func ownerName(a app.Alarm) string {
	switch o := a.Owner(); o.Kind {
	case "":
		return ""
	case "Team":
		return o.Name
	default:
		return o.Kind + " " + o.Name
	}
}

// ranks order the states: first what needs a person. Deleted alarms come after all of them.
var ranks = map[app.AlarmState]int{app.InAlarm: 0, app.InsufficientData: 1, app.OK: 2, app.NotKnown: 3}

func rank(a app.Alarm) int {
	if !a.Gone.IsZero() {
		return len(ranks)
	}
	return ranks[a.State]
}

// byRank orders by state, and within a state the newest change first.
func byRank(a, b *Row) int {
	return cmp.Or(cmp.Compare(rank(a.Alarm), rank(b.Alarm)), b.Alarm.Since.Compare(a.Alarm.Since),
		app.CompareAlarms(a.Alarm, b.Alarm))
}
