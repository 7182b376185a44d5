package incident_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/incident"
	"github.com/nephograph/nephograph/views/cachetest"
)

// pinned is an incident with evidence of every kind, read from the made-up incident.
func pinned(t *testing.T, c *cachetest.Cache) app.Incident {
	t.Helper()
	ctx, now := t.Context(), cachetest.Now()
	alarms, err := c.Alarms(ctx, app.AlarmQuery{State: app.InAlarm})
	if err != nil || len(alarms) == 0 {
		t.Fatal(len(alarms), err)
	}
	i := app.OpenedFrom(alarms[0], now, now, nil)
	add := func(item app.Item) {
		e, ok := app.EvidenceOf(item, i.Range, now)
		if !ok {
			t.Fatalf("%T cannot be pinned", item)
		}
		i = i.Pin(e, now)
	}
	for e, err := range c.LogEvents(ctx, app.LogQuery{Range: i.Range, Level: app.LevelError, Limit: 1}) {
		if err != nil {
			t.Fatal(err)
		}
		add(e)
		add(app.LogPattern{Template: "ProvisionedThroughputExceededException <*>",
			Query: app.LogQuery{Match: app.LogTerm{Text: "ProvisionedThroughput"}.Expr()}})
		add(app.LogList{Title: "errors", Query: app.LogQuery{Level: app.LevelError, Groups: []string{e.Group}}})
	}
	for e, err := range c.Traces(ctx, app.TraceQuery{Range: i.Range, Limit: 1}) {
		if err != nil {
			t.Fatal(err)
		}
		add(e)
	}
	for e, err := range c.TrailEvents(ctx, app.TrailQuery{Range: i.Range, Changes: true, Limit: 1}) {
		if err != nil {
			t.Fatal(err)
		}
		add(e)
	}
	return i.Pin(app.Note("why", now), now)
}

func TestReadShowsWhatIsCached(t *testing.T) {
	c := cachetest.New(t, cachetest.Incident())
	i := pinned(t, c)
	f, err := incident.Read(t.Context(), c, i, cachetest.Now())
	if err != nil || len(f.Exhibits) != len(i.Evidence) {
		t.Fatalf("%d exhibits, %v", len(f.Exhibits), err)
	}
	kinds := map[app.EvidenceKind]bool{}
	for _, x := range f.Exhibits {
		kinds[x.Kind] = true
		if x.Problem != nil || !x.Found {
			t.Errorf("%s %q: found %v, %v", x.Kind, x.Title, x.Found, x.Problem)
		}
		if x.Kind != app.NoteEvidence && x.Item() == nil {
			t.Errorf("%s %q cannot be opened", x.Kind, x.Title)
		}
		switch x.Kind {
		case app.AlarmEvidence:
			if len(x.States) == 0 || len(x.Turns) == 0 {
				t.Errorf("the alarm has %d states and %d turns", len(x.States), len(x.Turns))
			}
		case app.MetricEvidence:
			if len(x.Series.Points) == 0 || x.Of == nil {
				t.Errorf("the metric has %d datapoints, its alarm is %v", len(x.Series.Points), x.Of)
			}
		case app.QueryEvidence, app.PatternEvidence:
			if x.Counted < len(x.Events) || len(x.Events) == 0 || len(x.Volume) == 0 {
				t.Errorf("%s: %d of %d events, %d bars", x.Kind, len(x.Events), x.Counted, len(x.Volume))
			}
		}
	}
	for _, k := range app.EvidenceKinds {
		if !kinds[k] {
			t.Errorf("no %s was pinned", k)
		}
	}
	if f.Times.Detected.IsZero() {
		t.Error("nobody knows when it was detected")
	}
}

func TestEvidenceThatIsGone(t *testing.T) {
	i := pinned(t, cachetest.New(t, cachetest.Incident()))
	f, err := incident.Read(t.Context(), cachetest.New(t), i, cachetest.Now())
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range f.Exhibits {
		want := x.Kind == app.NoteEvidence || x.Kind == app.QueryEvidence || x.Kind == app.PatternEvidence
		if x.Found != want || x.Problem != nil {
			t.Errorf("%s: found %v, %v", x.Kind, x.Found, x.Problem)
		}
	}
}

func TestOneFailureHidesNoOtherEvidence(t *testing.T) {
	c := cachetest.New(t, cachetest.Incident())
	i := pinned(t, c)
	c.FailOn("TrailEvents", errors.New("no"))
	f, err := incident.Read(t.Context(), c, i, cachetest.Now())
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range f.Exhibits {
		if failed := x.Kind == app.TrailEvidence; (x.Problem != nil) != failed || x.Found == failed {
			t.Errorf("%s: found %v, %v", x.Kind, x.Found, x.Problem)
		}
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if _, err := incident.Read(ctx, c, i, cachetest.Now()); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled it gives %v", err)
	}
}

// memory keeps files of incidents in memory.
type memory map[string]app.Incident

func (m memory) Load(context.Context) (all []app.Incident, err error) {
	for _, i := range m {
		all = append(all, i)
	}
	return all, nil
}
func (m memory) Save(_ context.Context, i app.Incident) error { m[i.ID] = i; return nil }
func (m memory) Remove(_ context.Context, id string) error    { delete(m, id); return nil }

func pinNames(t *testing.T, c *cachetest.Cache) (names []string) {
	pins, err := c.Pins(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range pins {
		names = append(names, p.Name)
	}
	slices.Sort(names)
	return names
}

func TestStorePinsWhatEvidenceShows(t *testing.T) {
	c := cachetest.New(t, cachetest.Incident())
	s := incident.Store{Files: memory{}, Pins: c}
	i := app.NewIncident("a", app.Since(cachetest.Now(), app.BeforeAlarm), cachetest.Now(), nil)
	other := app.Pin{Name: "incident of mine", Range: i.Range, Created: cachetest.Now()}
	if err := c.Pin(t.Context(), other); err != nil {
		t.Fatal(err)
	}
	early, _ := app.EvidenceOf(app.TrailEvent{Scope: cachetest.Shop(), ID: "x", At: cachetest.Ago(5000)}, i.Range,
		cachetest.Now())
	for _, step := range []struct {
		do   func() error
		want string
	}{
		{func() error { return s.Save(t.Context(), i) }, "incident " + i.ID},
		{func() error { i = i.Pin(early, cachetest.Now()); return s.Save(t.Context(), i) },
			"incident " + i.ID + ",incident " + i.ID + "/e1"},
		{func() error { i = i.Remove(0, cachetest.Now()); return s.Save(t.Context(), i) }, "incident " + i.ID},
		{func() error { return s.Remove(t.Context(), i) }, ""},
	} {
		if err := step.do(); err != nil {
			t.Fatal(err)
		}
		want := strings.TrimPrefix(step.want+",incident of mine", ",")
		if got := strings.Join(pinNames(t, c), ","); got != want {
			t.Errorf("the pins are %q; want %q", got, want)
		}
	}
}

func TestIncidentOfABundleIsNotChanged(t *testing.T) {
	o := incident.Opened{Incident: &app.Incident{ID: "a"}}
	all, err := o.Load(t.Context())
	if len(all) != 1 || err != nil {
		t.Errorf("it loads %v, %v", all, err)
	}
	for _, err := range []error{o.Save(t.Context(), app.Incident{}), o.Remove(t.Context(), "a")} {
		if app.KindOf(err) != app.ReadOnly || !errors.Is(err, incident.ErrOpened) {
			t.Errorf("a change gives %v", err)
		}
	}
}
