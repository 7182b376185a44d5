package world

import (
	"maps"
	"slices"
	"time"

	"github.com/nephograph/nephograph/app"
)

// AlarmStory is an alarm as somebody configured it. What state it is in, and since when, nobody writes down: that
// follows from its metric, or for a composite alarm from its children.
type AlarmStory struct {
	In          string `yaml:"in"`
	Name        string `yaml:"name"`
	Description string `yaml:"description"`

	Metric    *MetricName `yaml:"metric"`
	Statistic string      `yaml:"statistic"`
	// Or, of an alarm on metric math, an expression over inputs by their ids, and what it is called.
	Expression string           `yaml:"expression"`
	Label      string           `yaml:"label"`
	Inputs     map[string]Input `yaml:"inputs"`

	Period     time.Duration `yaml:"period"`
	Comparison string        `yaml:"comparison"`
	Threshold  float64       `yaml:"threshold"`
	Points     int           `yaml:"points"`  // datapoints to alarm: the M of M out of N
	Periods    int           `yaml:"periods"` // evaluation periods: the N
	Missing    string        `yaml:"missing"` // how missing data is treated

	Rule string `yaml:"rule"` // of a composite alarm, whose children stand before it

	Log  *LogStory  `yaml:"log"`  // of a log alarm
	Each *EachStory `yaml:"each"` // of an alarm with contributors

	WallClock *string       `yaml:"wall_clock"` // the time zone to whose clock the periods are aligned; "": UTC
	WarmUp    time.Duration `yaml:"warm_up"`
	Problem   string        `yaml:"evaluation_state"`

	AlarmActions  []string      `yaml:"alarm_actions"`
	OKActions     []string      `yaml:"ok_actions"`
	NoDataActions []string      `yaml:"no_data_actions"`
	ActionsOff    bool          `yaml:"actions_off"`
	Configured    time.Duration `yaml:"configured"` // offset of the last change; within the day it has a history item
	Since         time.Duration `yaml:"since"`      // offset since when it is in the state in which the day finds it

	// Tags of the alarm; none, written {}, is one that had some once.
	Tags map[string]string `yaml:"tags"`
}

// MetricName names a metric in the scenario.
type MetricName struct {
	Namespace  string            `yaml:"namespace"`
	Name       string            `yaml:"name"`
	Dimensions map[string]string `yaml:"dimensions"`
}

// Input is a metric that an expression computes with, and how it is read; by the alarm's period, as all of them.
type Input struct {
	Metric    MetricName `yaml:"metric"`
	Statistic string     `yaml:"statistic"`
}

// identity returns the metric of that name.
func (n MetricName) identity() app.Metric {
	return app.NewMetric(n.Namespace, n.Name, dimensions(n.Dimensions)...)
}

// alarms configures the alarms, lets them live through the day and writes their history down.
func (m *maker) alarms() {
	for _, story := range m.scenario.Alarms {
		p := m.places[story.In]
		a := m.configure(p, story)
		d := newDice(m.world.Seed, "alarm", p.Scope.String(), a.Name)
		switch {
		case story.Log != nil:
			continue // once there are logs: see logAlarms
		case story.Each != nil:
			m.live(p, &a, story, d, m.each(p, &a, *story.Each, d))
		case story.Rule == "":
			m.live(p, &a, story, d, m.watch(a, m.compared(p, a), d))
		default:
			m.live(p, &a, story, d, m.composite(p, a, d))
		}
		p.Alarms = append(p.Alarms, a)
	}
}

// configure makes the alarm without its state.
func (m *maker) configure(p *Place, s AlarmStory) app.Alarm {
	a := app.Alarm{
		Scope: p.Scope, Name: s.Name, Kind: app.CompositeAlarm, Description: s.Description, Rule: s.Rule,
		ARN:            alarmARN(p.Scope, s.Name),
		ActionsEnabled: !s.ActionsOff, AlarmActions: s.AlarmActions, OKActions: s.OKActions,
		NoDataActions: s.NoDataActions,
		Tags:          s.Tags,
	}
	if s.Rule != "" {
		return a
	}
	a.Problem = app.EvaluationProblem(s.Problem)
	if s.WallClock != nil {
		a.WallClock = &app.WallClock{Zone: *s.WallClock}
	}
	if s.WarmUp > 0 {
		a.WarmUp = &app.WarmUp{Length: s.WarmUp}
	}
	a.Kind, a.Threshold, a.Comparison, a.Period = app.MetricAlarm, &s.Threshold, s.Comparison, s.Period
	a.EvaluationPeriods, a.DatapointsToAlarm, a.TreatMissing = s.Periods, s.Points, s.Missing
	switch {
	case s.Log != nil:
		return s.Log.configure(a, p.Scope)
	case s.Each != nil:
		return s.Each.configure(a)
	case s.Metric != nil:
		metric := s.Metric.identity()
		a.Metric, a.Statistic = &metric, s.Statistic
		return a
	}
	a.Expression = s.Expression
	a.Queries = []app.MetricQuery{{ID: resultID, Label: s.Label, Expression: s.Expression, Compared: true}}
	for _, id := range slices.Sorted(maps.Keys(s.Inputs)) {
		input := s.Inputs[id]
		reading := app.Reading{Metric: input.Metric.identity(), Statistic: input.Statistic, Period: s.Period}
		a.Queries = append(a.Queries, app.MetricQuery{ID: id, Reading: &reading})
	}
	return a
}

// resultID is the id of an alarm's expression among its metric queries, as the CloudWatch console calls the first.
const resultID = "e1"

func alarmARN(s app.Scope, name string) string {
	return "arn:aws:cloudwatch:" + s.Region + ":" + s.Account + ":alarm:" + name
}

// turn is an alarm's going into a state.
type turn struct {
	at     time.Time
	state  app.AlarmState
	reason reason
}

// live fills the alarm's state from the turns of its day, the first of which is the state in which the day finds it,
// and writes the history.
func (m *maker) live(p *Place, a *app.Alarm, s AlarmStory, d dice, life []turn) {
	first := &life[0]
	older := s.Since
	if older == 0 { // between two days and six weeks ago
		older = -48*time.Hour - time.Duration(d.Int64N(int64(40*24*time.Hour)))
	}
	since := m.anchor().Add(older).Truncate(time.Millisecond)
	first.reason = first.reason.moved(since.Sub(first.at))
	first.at = since
	a.Configured = m.anchor().Add(s.Configured).Truncate(time.Millisecond)
	if s.Configured == 0 {
		a.Configured = since.Add(-time.Duration(d.Int64N(int64(30 * 24 * time.Hour)))).Truncate(time.Millisecond)
	}
	if m.world.Range.Contains(a.Configured) {
		p.History = append(p.History, reconfigured(*a))
	}
	for i, t := range life[1:] {
		p.History = append(p.History, updated(*a, life[i], t))
		p.History = append(p.History, acted(*a, t)...)
	}
	last := life[len(life)-1]
	a.State, a.Since, a.Reason, a.ReasonData = last.state, last.at, last.reason.text(*a), last.reason.data(*a)
	p.History = slices.DeleteFunc(p.History, func(h app.AlarmHistoryItem) bool { return !h.At.Before(m.anchor()) })
}

// watch evaluates an alarm over what it compares, once a period, as soon as the period's datapoint can be had.
func (m *maker) watch(a app.Alarm, values map[time.Time]float64, d dice) []turn {
	lag := 15*time.Second + time.Duration(d.Int64N(40_000))*time.Millisecond // until the datapoint is in, and looked at
	window := time.Duration(a.EvaluationPeriods) * a.Period
	var life []turn
	for end := m.world.Range.From.Truncate(a.Period).Add(a.Period +
		window); end.Add(lag).Before(m.anchor()); end = end.Add(a.Period) {
		seen := look(a, values, end.Add(-window))
		state := app.InsufficientData
		if len(life) > 0 {
			state = life[len(life)-1].state
		}
		if next := judge(a, seen, state); len(life) == 0 || next != state {
			at := end.Add(lag)
			life = append(life, turn{at, next, reason{at: at, from: state, to: next, seen: seen}})
		}
	}
	if len(life) == 0 { // the alarm's window is longer than the day
		life = append(life, turn{m.world.Range.From, app.InsufficientData, reason{to: app.InsufficientData}})
	}
	return life
}

// compared returns what an alarm compares with its threshold, by the beginning of each period that has a datapoint.
func (m *maker) compared(p *Place, a app.Alarm) map[time.Time]float64 {
	if r, ok := a.Reading(); ok {
		return m.recordedOf(p, r)
	}
	f, _, err := parseFormula(a.Expression)
	if err != nil { // which ParseScenario has refused
		return nil
	}
	inputs, values := map[string]map[time.Time]float64{}, map[time.Time]float64{}
	for _, q := range a.Queries {
		if q.Reading != nil {
			inputs[q.ID] = m.recordedOf(p, *q.Reading)
		}
	}
	for at := m.world.Range.From.Truncate(a.Period); at.Before(m.anchor()); at = at.Add(a.Period) {
		value, ok := f(func(id string) (float64, bool) { v, ok := inputs[id][at]; return v, ok })
		if ok {
			values[at] = value
		}
	}
	return values
}

// recordedOf returns the datapoints of a reading of the whole day.
func (m *maker) recordedOf(p *Place, r app.Reading) map[time.Time]float64 {
	values := map[time.Time]float64{}
	if recorded, ok := p.recorded(r.Metric); ok {
		for _, point := range recorded.Points(r.Statistic, r.Period, m.world.Range) {
			values[point.At] = point.Value
		}
	}
	return values
}

// datapoint is one period as an alarm sees it.
type datapoint struct {
	at      time.Time
	value   float64
	missing bool
}

// look returns the periods of an alarm's window, oldest first.
func look(a app.Alarm, values map[time.Time]float64, from time.Time) []datapoint {
	seen := make([]datapoint, a.EvaluationPeriods)
	for i := range seen {
		at := from.Add(time.Duration(i) * a.Period)
		v, ok := values[at]
		seen[i] = datapoint{at, v, !ok}
	}
	return seen
}

// judge returns the state that follows from what an alarm sees, given the state it is in (CloudWatch user guide, "Alarm
// evaluation" and "Configuring how alarms treat missing data"). What it leaves out: CloudWatch looks some periods
// further back if data is missing.
func judge(a app.Alarm, seen []datapoint, state app.AlarmState) app.AlarmState {
	breaching, missing := 0, 0
	for _, d := range seen {
		switch {
		case d.missing:
			missing++
		case a.Breaches(d.value):
			breaching++
		}
	}
	switch {
	case a.TreatMissing == "breaching":
		breaching += missing
	case a.TreatMissing == "notBreaching":
	case missing == len(seen) && a.TreatMissing == "ignore":
		return state
	case missing == len(seen):
		return app.InsufficientData
	}
	if breaching >= a.DatapointsToAlarm {
		return app.InAlarm
	}
	return app.OK
}

// composite evaluates a composite alarm each time one of its children turns.
func (m *maker) composite(p *Place, a app.Alarm, d dice) []turn {
	rule, _ := app.ParseAlarmRule(a.Rule) // ParseScenario has refused what is none
	lag := 200*time.Millisecond + time.Duration(d.Int64N(1800))*time.Millisecond
	states := map[string]app.AlarmState{}
	var turns []app.AlarmHistoryItem
	for _, name := range a.Children() {
		states[name] = p.stateAtStart(name)
		for _, h := range p.History {
			if h.Alarm == name && h.Kind == app.StateUpdate {
				turns = append(turns, h)
			}
		}
	}
	slices.SortFunc(turns, app.CompareHistory)
	next := func() app.AlarmState {
		if rule.Holds(func(name string) app.AlarmState { return states[name] }) {
			return app.InAlarm
		}
		return app.OK
	}
	from, child := m.world.Range.From, a.Children()[0]
	life := []turn{{from, next(), reason{at: from, to: next(), child: child, childState: states[child]}}}
	for _, t := range turns {
		states[t.Alarm] = t.To
		before, at := life[len(life)-1].state, t.At.Add(lag)
		if state := next(); state != before && at.Before(m.anchor()) {
			life = append(life, turn{at, state,
				reason{at: at, from: before, to: state, child: t.Alarm, childState: t.To, childAt: t.At}})
		}
	}
	return life
}

// stateAtStart returns the state in which the day found an alarm of the place.
func (p *Place) stateAtStart(name string) app.AlarmState {
	var first *app.AlarmHistoryItem
	for i, h := range p.History {
		if h.Alarm == name && h.Kind == app.StateUpdate && (first == nil || h.At.Before(first.At)) {
			first = &p.History[i]
		}
	}
	if first != nil {
		return first.From
	}
	for _, a := range p.Alarms {
		if a.Name == name {
			return a.State
		}
	}
	return app.InsufficientData
}
