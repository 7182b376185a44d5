package settings

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/query"
)

// incidentText is a file of an incident as it is written; times are RFC 3339 in UTC.
type incidentText struct {
	ID           string         `yaml:"id"`
	Title        string         `yaml:"title"`
	From         string         `yaml:"from"`
	To           string         `yaml:"to"`
	State        string         `yaml:"state"`              // Observe, Inspect, Respond, Validate
	Severity     int            `yaml:"severity,omitempty"` // 1 to 5
	Acknowledged string         `yaml:"acknowledged,omitempty"`
	Created      string         `yaml:"created,omitempty"`
	Changed      string         `yaml:"changed,omitempty"`
	Notes        string         `yaml:"notes,omitempty"` // Markdown
	Evidence     []evidenceText `yaml:"evidence"`
}

// evidenceText is one piece of evidence: which fields it has follows from its kind.
type evidenceText struct {
	ID      string `yaml:"id"`
	Kind    string `yaml:"kind"`
	Title   string `yaml:"title,omitempty"`
	Caption string `yaml:"caption,omitempty"`
	Pinned  string `yaml:"pinned,omitempty"`
	From    string `yaml:"from,omitempty"`
	To      string `yaml:"to,omitempty"`
	Account string `yaml:"account,omitempty"`
	Region  string `yaml:"region,omitempty"`

	Alarm string      `yaml:"alarm,omitempty"`
	Read  *seriesText `yaml:"metric,omitempty"`
	Group string      `yaml:"log_group,omitempty"`
	Event string      `yaml:"event,omitempty"`
	Trace string      `yaml:"trace,omitempty"`
	Like  string      `yaml:"pattern,omitempty"`
	Query *queryText  `yaml:"query,omitempty"`
}

// queryText is a question to the logs.
type queryText struct {
	Search   string      `yaml:"search,omitempty"` // as in the query bar
	Level    string      `yaml:"level,omitempty"`  // at least
	Groups   []string    `yaml:"log_groups,omitempty"`
	Resource string      `yaml:"resource,omitempty"`
	Trace    string      `yaml:"trace,omitempty"`
	Request  string      `yaml:"request,omitempty"`
	Places   []placeText `yaml:"places,omitempty"`
}

type placeText struct {
	Account string `yaml:"account"`
	Region  string `yaml:"region"`
}

func textOfIncident(i app.Incident) incidentText {
	t := incidentText{ID: i.ID, Title: i.Title, From: timeText(i.Range.From), To: timeText(i.Range.To),
		State: string(i.State), Severity: int(i.Severity), Acknowledged: timeText(i.Acknowledged),
		Created: timeText(i.Created), Changed: timeText(i.Changed), Notes: i.Notes, Evidence: []evidenceText{}}
	for _, e := range i.Evidence {
		t.Evidence = append(t.Evidence, textOfEvidence(e))
	}
	return t
}

func textOfEvidence(e app.Evidence) evidenceText {
	t := evidenceText{ID: e.ID, Kind: string(e.Kind), Title: e.Title, Caption: e.Caption, Pinned: timeText(e.Pinned),
		From: timeText(e.Range.From), To: timeText(e.Range.To), Account: e.Scope.Account, Region: e.Scope.Region,
		Alarm: e.Alarm, Group: e.Group, Event: e.Event, Trace: string(e.Trace), Like: e.Pattern}
	switch e.Kind {
	case app.MetricEvidence:
		r := e.Reading
		t.Read = &seriesText{Account: r.OwningAccount, Namespace: r.Namespace, Metric: r.Name,
			Dimensions: dimensionsText(r.Dimensions), Statistic: r.Statistic, Period: r.Period.String()}
	case app.QueryEvidence, app.PatternEvidence:
		t.Query = textOfQuery(e.Query)
	}
	return t
}

func textOfQuery(q app.LogQuery) *queryText {
	t := &queryText{Search: query.FormatExpr(q.Match), Groups: q.Groups, Resource: q.Resource, Trace: string(q.Trace),
		Request: q.Request}
	if q.Level != 0 {
		t.Level = q.Level.String()
	}
	for _, s := range q.Scopes {
		t.Places = append(t.Places, placeText{s.Account, s.Region})
	}
	return t
}

// timeText writes a time, and nothing for none.
func timeText(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339Nano)
}

// incidentTimes reads the times of a text one after the other and remembers the first that is none.
type incidentTimes struct{ wrong error }

func (r *incidentTimes) read(name, text string) time.Time {
	if text == "" {
		return time.Time{}
	}
	t, err := time.Parse(time.RFC3339, text)
	switch {
	case r.wrong != nil:
	case err != nil:
		r.wrong = fmt.Errorf("%s: %q is no time; write it such as 2026-03-14T09:12:00Z", name, text)
	case t.Year() < 1970 || t.Year() > 2200: // beyond what the cache can hold
		r.wrong = fmt.Errorf("%s: no incident was in the year %d", name, t.Year())
	}
	return t.UTC()
}

func (r *incidentTimes) span(from, to string) app.Range {
	return app.Range{From: r.read("from", from), To: r.read("to", to)}
}

func (t incidentText) incident() (app.Incident, error) {
	var times incidentTimes
	i := app.Incident{ID: t.ID, Title: strings.TrimSpace(t.Title), Range: times.span(t.From, t.To),
		State: app.IncidentState(t.State), Severity: app.Severity(t.Severity),
		Acknowledged: times.read("acknowledged", t.Acknowledged), Created: times.read("created", t.Created),
		Changed: times.read("changed", t.Changed), Notes: t.Notes}
	switch {
	case times.wrong != nil:
		return i, times.wrong
	case !app.ValidIncidentID(i.ID):
		return i, fmt.Errorf("the id %q is not of small letters, figures and dashes", i.ID)
	case i.Title == "":
		return i, errors.New("it has no title")
	case i.Range.Empty():
		return i, fmt.Errorf("from %q to %q is no time range; write both such as 2026-03-14T09:12:00Z", t.From, t.To)
	case !slices.Contains(app.IncidentStates, i.State):
		return i, fmt.Errorf("%q is no state; there are %v", t.State, app.IncidentStates)
	case i.Severity < 0 || i.Severity > app.LeastSeverity:
		return i, fmt.Errorf("a severity of %d is not between 1 and %d", t.Severity, app.LeastSeverity)
	}
	for n, text := range t.Evidence {
		e, err := text.evidence()
		if err == nil && i.Find(e.ID) >= 0 {
			err = fmt.Errorf("another one has the id %q too", e.ID)
		}
		if err != nil {
			return i, fmt.Errorf("evidence %d: %w", n+1, err)
		}
		i.Evidence = append(i.Evidence, e)
	}
	return i, nil
}

func (t evidenceText) evidence() (app.Evidence, error) {
	var times incidentTimes
	e := app.Evidence{ID: t.ID, Kind: app.EvidenceKind(t.Kind), Title: t.Title, Caption: t.Caption,
		Pinned: times.read("pinned", t.Pinned), Range: times.span(t.From, t.To),
		Scope: app.Scope{Account: t.Account, Region: t.Region}, Alarm: t.Alarm, Group: t.Group, Event: t.Event,
		Trace: app.TraceID(t.Trace), Pattern: t.Like}
	switch {
	case times.wrong != nil:
		return e, times.wrong
	case e.ID == "":
		return e, errors.New("it has no id")
	case !slices.Contains(app.EvidenceKinds, e.Kind):
		return e, fmt.Errorf("%q is no kind; there are %v", t.Kind, app.EvidenceKinds)
	case e.Kind != app.NoteEvidence && e.Range.Empty():
		return e, fmt.Errorf("from %q to %q is no time range", t.From, t.To)
	}
	return e, t.subject(&e)
}

// subject reads what evidence of its kind is of.
func (t evidenceText) subject(e *app.Evidence) (err error) {
	switch e.Kind {
	case app.AlarmEvidence:
		return needed("alarm", t.Alarm)
	case app.LogEventEvidence:
		return errors.Join(needed("log_group", t.Group), needed("event", t.Event))
	case app.TrailEvidence:
		return needed("event", t.Event)
	case app.TraceEvidence:
		if _, ok := app.ParseTraceID(t.Trace); !ok {
			return fmt.Errorf("%q is not a trace id", t.Trace)
		}
	case app.MetricEvidence:
		if t.Read == nil || t.Read.Namespace == "" || t.Read.Metric == "" {
			return errors.New("it needs the namespace and the name of its metric")
		}
		m := t.Read
		e.Reading, err = readingText{m.Statistic, m.Period}.reading(m.Namespace, m.Metric, m.Dimensions)
		e.Reading.OwningAccount = m.Account
	case app.PatternEvidence, app.QueryEvidence:
		if t.Query == nil {
			return errors.New("it needs its query")
		}
		e.Query, err = t.Query.query()
	}
	return err
}

func needed(name, value string) error {
	if value == "" {
		return fmt.Errorf("it needs %s", name)
	}
	return nil
}

func (t queryText) query() (app.LogQuery, error) {
	search, err := query.Parse(t.Search)
	if err != nil {
		return app.LogQuery{}, fmt.Errorf("search: %w", err)
	}
	q := app.LogQuery{Groups: t.Groups, Resource: t.Resource, Trace: app.TraceID(t.Trace), Request: t.Request}
	if t.Level != "" {
		if q.Level = app.ParseLevel(t.Level); q.Level == 0 {
			return q, fmt.Errorf("%q is no level", t.Level)
		}
	}
	for _, p := range t.Places {
		q.Scopes = append(q.Scopes, app.Scope{Account: p.Account, Region: p.Region})
	}
	return search.Narrow(q), nil
}
