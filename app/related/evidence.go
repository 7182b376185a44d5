package related

import (
	"cmp"
	"context"
	"errors"
	"iter"
	"slices"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/insight"
	"github.com/nephograph/nephograph/app/pattern"
	"github.com/nephograph/nephograph/app/resource"
)

// EvidenceReader is what is asked of the cache to explain a symptom; *cache.DB satisfies it.
type EvidenceReader interface {
	Reader
	seriesReader
	Traces(context.Context, app.TraceQuery) iter.Seq2[app.Trace, error]
	LogEvents(context.Context, app.LogQuery) iter.Seq2[app.LogEvent, error]
}

// SymptomQuestion asks what explains an alarm, or an instant.
type SymptomQuestion struct {
	Scopes  []app.Scope // in which to look; none: all
	Alarm   *app.Alarm  // nil: At is asked for
	At      time.Time   // of an alarm it may be zero: when it last went off
	Now     time.Time
	Presets app.Presets
}

const (
	// causeWindow is how long before a symptom its cause is looked for: an alarm of 5 periods of 5 minutes goes off
	// half an hour after what it tells began.
	causeWindow = time.Hour
	// symptomWindow is how long after it was seen a symptom is looked at.
	symptomWindow = 15 * time.Minute
	// usualWindow is how long before that is taken for usual: short enough that the hour of the day matters little, and
	// long enough for 48 buckets of calls.
	usualWindow = 4 * time.Hour
)

// Explain reads what the cache knows around a symptom and ranks what may have caused it. What could be read is ranked
// even where an error is returned.
func Explain(ctx context.Context, r EvidenceReader, q SymptomQuestion) (insight.Explanation, error) {
	e, err := ReadEvidence(ctx, r, q)
	return insight.Explain(e), err
}

// ReadEvidence reads what the cache knows around a symptom.
func ReadEvidence(ctx context.Context, r EvidenceReader, q SymptomQuestion) (insight.Evidence, error) {
	a := evidenceReading{r: r, q: q}
	var err error
	if a.q.Scopes, err = allPlaces(ctx, r, q.Scopes); err != nil {
		return a.Evidence, err
	}
	if err := a.symptom(ctx); err != nil {
		return a.Evidence, err
	}
	var problems []error
	for _, part := range []func(context.Context) error{a.calls, a.near, a.metrics, a.logs, a.trail} {
		problems = append(problems, part(ctx))
	}
	return a.Evidence, errors.Join(problems...)
}

// evidenceReading reads evidence part by part.
type evidenceReading struct {
	insight.Evidence
	r EvidenceReader
	q SymptomQuestion
}

// symptom says what was seen, on what, and when.
func (a *evidenceReading) symptom(ctx context.Context) error {
	s := insight.Symptom{At: a.q.At, Alarm: a.q.Alarm}
	var alarms []app.Alarm
	var err error
	if s.Alarm != nil {
		alarms, err = a.ofAlarm(ctx, &s)
	} else {
		alarms, err = a.ofInstant(ctx, &s)
	}
	a.Now = around(s.At, a.q.Now)
	a.Usual = app.Range{From: a.Now.From.Add(-usualWindow), To: a.Now.From}
	s.Kind = insight.KindOf(alarms...)
	s.Watched = WatchedBy(alarms).Names
	a.Symptom = s
	return err
}

// around is the time in which the cause of a symptom is looked for.
func around(at, now time.Time) app.Range {
	r := app.Range{From: at.Add(-causeWindow), To: at.Add(symptomWindow)}
	if now.Before(r.To) && now.After(r.From) {
		r.To = now
	}
	return r
}

// ofAlarm says when an alarm last went off, at the time that is asked for or before, and returns the alarms by which.
func (a *evidenceReading) ofAlarm(ctx context.Context, s *insight.Symptom) ([]app.Alarm, error) {
	alarm := *s.Alarm
	here := []app.Scope{alarm.Scope}
	history, err := a.r.AlarmHistory(ctx, app.AlarmQuery{Scopes: here, Name: alarm.Name})
	slices.SortFunc(history, app.CompareHistory)
	for _, h := range history {
		went := h.Kind == app.StateUpdate && h.To == app.InAlarm && (a.q.At.IsZero() || !h.At.After(a.q.At))
		if went {
			s.At, s.Fired = h.At, true
		}
	}
	switch {
	case s.Fired:
	case alarm.Alarming() && (a.q.At.IsZero() || !alarm.Since.After(a.q.At)):
		s.At, s.Fired = alarm.Since, true
	case s.At.IsZero():
		s.At = a.q.Now
	}
	all, problem := a.r.Alarms(ctx, app.AlarmQuery{Scopes: here})
	return alarm.Causes(all), errors.Join(err, problem)
}

// ofInstant returns the alarms that went off around an instant, without those that go off again and again.
func (a *evidenceReading) ofInstant(ctx context.Context, s *insight.Symptom) ([]app.Alarm, error) {
	within := around(s.At, a.q.Now)
	went, err := WentOff(ctx, a.r, a.q.Scopes, within)
	if err != nil {
		return nil, err
	}
	day := app.Range{From: within.To.Add(-24 * time.Hour), To: within.To}
	history, err := a.r.AlarmHistory(ctx, app.AlarmQuery{Scopes: a.q.Scopes, Range: day})
	var of []app.Alarm
	for _, w := range went {
		own := slices.DeleteFunc(slices.Clone(history), func(h app.AlarmHistoryItem) bool {
			return h.Alarm != w.Name || h.Place() != w.Place()
		})
		if w.Kind != app.CompositeAlarm && !app.Flapping(day, own) {
			of = append(of, w)
		}
	}
	s.Fired = len(of) > 0
	return of, err
}

// calls reads the traces of both times.
func (a *evidenceReading) calls(ctx context.Context) error {
	b := newCallBuilder(a.Usual, a.Now)
	q := app.TraceQuery{Scopes: a.q.Scopes, Range: app.Range{From: a.Usual.From, To: a.Now.To}, Spans: true,
		Newest: true,
		Limit:  mostTraces + 1}
	for t, err := range a.r.Traces(ctx, q) {
		if err != nil {
			return err
		}
		if b.traces == mostTraces {
			a.Gaps = append(a.Gaps, insight.Gap{Signal: app.Traces, Kind: insight.LeftOut,
				Range: app.Range{From: a.Usual.From, To: t.Start}})
			break
		}
		b.add(t)
	}
	a.Calls, a.Traces = b.built(), b.traces
	if b.dropped > 0 {
		a.Gaps = append(a.Gaps, insight.Gap{Signal: app.Traces, Kind: insight.LeftOut, N: b.dropped})
	}
	if a.Traces > 0 {
		a.Gaps = append(a.Gaps, insight.Gap{Signal: app.Traces, Kind: insight.Sampled, N: a.Traces})
	}
	return a.gap(ctx, app.Traces, nil)
}

// near finds what answers the requests of what the symptom was seen on.
func (a *evidenceReading) near(ctx context.Context) error {
	if len(a.Symptom.Watched) == 0 {
		return nil
	}
	names, err := ServicesBelow(ctx, a.r, a.q.Scopes, a.Symptom.Watched, a.Now)
	a.Symptom.Near = names
	for _, s := range a.Calls.Below(a.Symptom.Watched) {
		if !slices.Contains(a.Symptom.Near, s) {
			a.Symptom.Near = append(a.Symptom.Near, s)
		}
	}
	return err
}

// metrics reads all series of both times, with the limits that presets know of.
func (a *evidenceReading) metrics(ctx context.Context) error {
	within := app.Range{From: a.Usual.From, To: a.Now.To}
	all, err := a.r.Series(ctx, app.SeriesQuery{Scopes: a.q.Scopes, Range: within})
	if err != nil {
		return err
	}
	covers, err := a.r.Coverage(ctx, app.CoverQuery{Scopes: a.q.Scopes, Signal: app.Metrics, Range: within})
	known := knownReadings(covers)
	for _, s := range all {
		preset, _ := a.q.Presets.Of(s.Metric)
		s.Unit = cmp.Or(s.Unit, preset.Unit)
		h := insight.MetricHistory{Series: s, Known: known[placedReading{s.Place(), s.Reading.Key()}].holds(a.Usual)}
		if limit := preset.Limit; limit.Metric != "" {
			if at, ok := limitOf(all, s, limit.Metric); ok {
				h.Limit = app.LimitSteps(at.Points, known[placedReading{at.Place(), at.Reading.Key()}])
			}
			if limit.PerSecond && s.Statistic == "Sum" {
				h.Series = s.PerSecond()
			}
		}
		a.Metrics = append(a.Metrics, h)
	}
	return errors.Join(err, a.gap(ctx, app.Metrics, nil))
}

// placedReading is a reading of a place.
type placedReading struct {
	place app.Scope
	key   string
}

// ranges are stretches in order of time.
type ranges []app.Range

// holds reports whether most of a range is among the stretches.
func (all ranges) holds(r app.Range) bool {
	var known time.Duration
	for _, k := range all {
		known += k.Intersect(r).Length()
	}
	return 2*known > r.Length()
}

// knownReadings returns over which stretches each reading is known.
func knownReadings(covers []app.Cover) map[placedReading]ranges {
	all := map[placedReading]ranges{}
	for _, c := range covers {
		if c.Answered() {
			key := placedReading{c.Scope.Place(), c.Resource}
			all[key] = append(all[key], c.Range)
		}
	}
	for key, of := range all {
		all[key] = app.Union(of)
	}
	return all
}

// limitOf returns the series that says the limit of another one.
func limitOf(all []app.Series, of app.Series, metric string) (app.Series, bool) {
	want := of.Metric
	want.Name = metric
	for _, s := range all {
		if s.Place() == of.Place() && s.Metric.Key() == want.Key() {
			return s, true
		}
	}
	return app.Series{}, false
}

// mostEvents bounds the log events that are looked at; 200,000 take about a second.
const mostEvents = 200_000

// logs mines the patterns of the log groups of what is near, or of all where that is not known.
func (a *evidenceReading) logs(ctx context.Context) error {
	groups, err := a.r.LogGroups(ctx, a.q.Scopes)
	if err != nil {
		return err
	}
	near := resource.Names(a.Symptom.Near...)
	var asked []string
	for _, g := range groups {
		own := slices.ContainsFunc(near, func(n resource.Name) bool { return n.Logs(g.Name) })
		if (own || len(near) == 0) && !slices.Contains(asked, g.Name) {
			asked = append(asked, g.Name)
		}
	}
	if len(asked) == 0 {
		return a.gap(ctx, app.Logs, nil)
	}
	covers, err := a.r.Coverage(ctx, app.CoverQuery{Scopes: a.q.Scopes, Signal: app.Logs, Range: a.Usual})
	if err != nil {
		return err
	}
	miners := groupMiners{within: a.Now, of: map[placedGroup]*pattern.Miner{}}
	err = a.mine(ctx, asked, miners)
	a.Patterns = append(a.Patterns, miners.patterns(a.Usual, covers)...)
	return errors.Join(err, a.gap(ctx, app.Logs, asked))
}

// mine gives the newest events of log groups to their miners.
func (a *evidenceReading) mine(ctx context.Context, groups []string, miners groupMiners) error {
	q := app.LogQuery{Scopes: a.q.Scopes, Range: app.Range{From: a.Usual.From, To: a.Now.To}, Groups: groups,
		Newest: true, Limit: mostEvents + 1}
	looked := 0
	for e, err := range a.r.LogEvents(ctx, q) {
		if err != nil {
			return err
		}
		if looked == mostEvents {
			a.Gaps = append(a.Gaps, insight.Gap{Signal: app.Logs, Kind: insight.LeftOut,
				Range: app.Range{From: a.Usual.From, To: e.At}})
			break
		}
		looked++
		if a.Now.Contains(e.At) {
			a.Events++
		}
		miners.add(e)
	}
	return nil
}

// placedGroup is a log group of a place.
type placedGroup struct {
	place app.Scope
	name  string
}

// groupMiners find the patterns of each log group by itself: what is new in one need not be in another.
type groupMiners struct {
	within app.Range
	of     map[placedGroup]*pattern.Miner
}

func (m groupMiners) add(e app.LogEvent) {
	key := placedGroup{e.Place(), e.Group}
	if m.of[key] == nil {
		m.of[key] = pattern.NewMiner(m.within, m.within.Length())
	}
	m.of[key].Add(e)
}

// phrasesAsked is how many phrases of a template are looked for: see the patterns of the Logs screen.
const phrasesAsked = 3

// patterns returns the patterns that are new or surge, of groups of which enough of the time before is known.
func (m groupMiners) patterns(before app.Range, covers []app.Cover) (found []insight.LogPattern) {
	for key, miner := range m.of {
		own := slices.DeleteFunc(slices.Clone(covers), func(c app.Cover) bool {
			return c.Scope.Place() != key.place || c.Resource != key.name
		})
		for _, p := range miner.Mine(pattern.Known(before, own)).Patterns {
			if p.Change == pattern.Steady {
				continue
			}
			q := app.LogQuery{Scopes: []app.Scope{key.place}, Groups: []string{key.name}, Range: m.within, Newest: true}
			for _, phrase := range p.Phrases(phrasesAsked) {
				q.Match = app.AllOf(q.Match, app.LogTerm{Text: phrase}.Expr())
			}
			found = append(found, insight.LogPattern{Scope: key.place, Group: key.name, Text: p.String(),
				Level: p.Level(), New: p.Change == pattern.New, Surging: p.Change == pattern.Surging, Count: p.Count,
				Before: p.Before, First: p.First, Question: q})
		}
	}
	return found
}

// trail reads the changes of the hours before the symptom.
func (a *evidenceReading) trail(ctx context.Context) error {
	within := app.Range{From: a.Symptom.At.Add(-ChangesWindow), To: a.Now.To}
	for e, err := range a.r.TrailEvents(ctx, app.TrailQuery{Scopes: a.q.Scopes, Range: within, Changes: true}) {
		if err != nil {
			return err
		}
		a.Changes = append(a.Changes, e)
	}
	slices.SortFunc(a.Changes, app.CompareTrail)
	return a.gapOver(ctx, app.Trail, nil, within)
}

// gap notes what the cache lacks of a signal.
func (a *evidenceReading) gap(ctx context.Context, signal app.Signal, names []string) error {
	return a.gapOver(ctx, signal, names, app.Range{From: a.Usual.From, To: a.Now.To})
}

func (a *evidenceReading) gapOver(ctx context.Context, signal app.Signal, names []string, within app.Range) error {
	m, err := ReadMissing(ctx, a.r, signal, a.q.Scopes, names, within)
	if err != nil || !m.Any() {
		return err
	}
	g := insight.Gap{Signal: signal, Kind: insight.InPart, Range: within, N: m.Parts}
	if m.Known == 0 {
		g.Kind = insight.NotPulled
	}
	if m.Name != "" {
		g.Names = []string{m.Name}
	}
	a.Gaps = append(a.Gaps, g)
	return nil
}
