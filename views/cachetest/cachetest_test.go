package cachetest

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/apptest"
)

// hour is the window that most tests look at.
func hour() app.Range { return app.Since(Now(), time.Hour) }

// readAll reads of a cache what a test can compare with what was kept.
func readAll(t *testing.T, c *Cache) Contents {
	t.Helper()
	var got Contents
	var errs [6]error
	got.Alarms, errs[0] = c.Alarms(t.Context(), app.AlarmQuery{Gone: true})
	got.History, errs[1] = c.AlarmHistory(t.Context(), app.AlarmQuery{})
	got.LogGroups, errs[2] = c.LogGroups(t.Context(), nil)
	got.Covers, errs[3] = c.Coverage(t.Context(), app.CoverQuery{})
	got.Attempts, errs[4] = c.Attempts(t.Context())
	got.Series, errs[5] = c.Series(t.Context(), app.SeriesQuery{})
	if err := errors.Join(errs[:]...); err != nil {
		t.Fatal(err)
	}
	got.LogEvents = all(t, c.LogEvents(t.Context(), app.LogQuery{}))
	got.Traces = all(t, c.Traces(t.Context(), app.TraceQuery{Spans: true}))
	got.Trail = all(t, c.TrailEvents(t.Context(), app.TrailQuery{}))
	return got
}

func all[T any](t *testing.T, items iter.Seq2[T, error]) []T {
	t.Helper()
	var found []T
	for item, err := range items {
		if err != nil {
			t.Fatal(err)
		}
		found = append(found, item)
	}
	return found
}

// TestWhatIsKeptIsRead keeps the incident twice: the second cache is a copy of the first one's file.
func TestWhatIsKeptIsRead(t *testing.T) {
	for range 2 {
		want := Incident()
		got := readAll(t, New(t, Incident()))
		if diff := cmp.Diff(want.LogEvents, got.LogEvents); diff != "" {
			t.Errorf("log events: %s", diff)
		}
		if diff := cmp.Diff(want.Traces, got.Traces); diff != "" {
			t.Errorf("traces: %s", diff)
		}
		if diff := cmp.Diff(want.History, got.History); diff != "" {
			t.Errorf("history: %s", diff)
		}
		if diff := cmp.Diff(app.Merge(want.Covers), app.Merge(got.Covers), cmpopts.SortSlices(lessCover)); diff != "" {
			t.Errorf("covers: %s", diff)
		}
		if len(got.Alarms) != len(want.Alarms) || len(got.Series) != len(want.Series) ||
			len(got.LogGroups) != len(want.LogGroups) || len(got.Trail) != len(want.Trail) {
			t.Errorf("read %d alarms, %d series, %d groups, %d trail events", len(got.Alarms), len(got.Series),
				len(got.LogGroups), len(got.Trail))
		}
	}
}

func lessCover(a, b app.Cover) bool { return fmt.Sprint(a) < fmt.Sprint(b) }

// The numbers that a screen counts are those of the items.
func TestIncidentIsWhatItsCommentSays(t *testing.T) {
	c := New(t, Incident())
	if n := len(Incident().LogEvents); n < 2000 || n > 3000 {
		t.Errorf("%d log events", n)
	}
	totals, err := c.LogTotals(t.Context(), app.LogQuery{Range: hour(), Level: app.LevelError})
	if err != nil || len(totals) != 1 || totals[0].Group != "/aws/lambda/checkout" || totals[0].Events() < 100 {
		t.Errorf("errors are %v, %v", totals, err)
	}
	for _, e := range Incident().LogEvents {
		if facts := app.ReadFacts(e.Message); e.LogFacts != facts {
			t.Fatalf("the facts of %s are %v, want %v", e.Message, e.LogFacts, facts)
		}
	}
	for _, e := range all(t, c.LogEvents(t.Context(), app.LogQuery{Range: hour(), Level: app.LevelError})) {
		if len(all(t, c.Traces(t.Context(), app.TraceQuery{ID: e.TraceID}))) != 1 {
			t.Fatalf("there is no trace of %q", e.Message)
		}
	}
	faults := all(t, c.Traces(t.Context(), app.TraceQuery{Range: hour(), Faults: true}))
	if len(faults) < 20 || faults[0].Start.Before(Ago(26)) {
		t.Errorf("%d faults from %v on", len(faults), faults[0].Start)
	}
	alarms, err := c.Alarms(t.Context(), app.AlarmQuery{State: app.InAlarm})
	if err != nil || len(alarms) != 5 {
		t.Errorf("%d alarms are in alarm, %v", len(alarms), err)
	}
	metrics, err := c.Metrics(t.Context(), Shop())
	if err != nil || len(metrics) != 7 {
		t.Errorf("%d metrics are listed, %v", len(metrics), err)
	}
	fresh, err := c.Freshness(t.Context())
	if err != nil || !fresh[0].AskedAt.Equal(Ago(0.3)) || !fresh[4].KnownTo.Equal(Ago(7)) {
		t.Errorf("freshness is %v, %v", fresh, err)
	}
}

func TestAlarmsThatAreGone(t *testing.T) {
	in := Contents{Alarms: Incident().Alarms[:4]}
	in.Alarms[1].Gone, in.Alarms[2].Gone = Ago(70), Ago(20)
	c := New(t, in)
	listed, err := c.Alarms(t.Context(), app.AlarmQuery{})
	if err != nil || len(listed) != 2 {
		t.Errorf("%d alarms are listed, %v", len(listed), err)
	}
	for _, a := range readAll(t, c).Alarms {
		want := map[string]time.Time{in.Alarms[1].Name: Ago(70), in.Alarms[2].Name: Ago(20)}[a.Name]
		if !a.Gone.Equal(want) || !a.Seen.Equal(Ago(0.3)) {
			t.Errorf("%s is gone at %v, want %v, and was seen at %v", a.Name, a.Gone, want, a.Seen)
		}
	}
	in.Alarms[0].Seen = Ago(5)
	if err := in.keep(t.Context(), c.DB); err == nil || !strings.Contains(err.Error(), "checkout-critical") {
		t.Errorf("alarms of two listings are kept as one: %v", err)
	}
}

func TestContentsAreToldApart(t *testing.T) {
	base := func() Contents { return Contents{Scopes: []app.Scope{Shop()}, Alarms: Incident().Alarms[:2]} }
	one, other := digest([]Contents{base()}), digest([]Contents{base()})
	if one != other {
		t.Error("the same contents have two digests")
	}
	for name, change := range map[string]func(*Contents){
		"profile":   func(c *Contents) { c.Scopes[0].Profile = "shop" },
		"seen":      func(c *Contents) { c.Alarms[1].Seen = Ago(1) },
		"threshold": func(c *Contents) { *c.Alarms[1].Threshold++ },
		"tags":      func(c *Contents) { c.Alarms[1].Tags = map[string]string{} },
		"tag":       func(c *Contents) { c.Alarms[1].Tags = map[string]string{"team": "shop"} },
		"problem":   func(c *Contents) { c.Attempts = []app.Attempt{{Problem: &app.Error{Err: errors.New("no")}}} },
		"one more":  func(c *Contents) { c.Alarms = append(c.Alarms, c.Alarms[0]) },
	} {
		changed := base()
		change(&changed)
		if digest([]Contents{base()}) == digest([]Contents{changed}) {
			t.Errorf("another %s has the same digest", name)
		}
	}
}

func TestMoreIsKeptLater(t *testing.T) {
	c, other := New(t, Incident()), New(t, Incident())
	late := apptest.Change(2, "DeleteTable", "dynamodb.amazonaws.com", "orders", app.Principal{})
	c.Keep(Contents{Trail: []app.TrailEvent{late}})
	named := app.TrailQuery{Name: "DeleteTable"}
	if len(all(t, c.TrailEvents(t.Context(), named))) != 1 || len(all(t, other.TrailEvents(t.Context(), named))) != 0 {
		t.Error("what is kept later is not in this cache alone")
	}
}

// TestEveryReadCanFail calls all methods of cache.DB that return what is kept.
func TestEveryReadCanFail(t *testing.T) {
	c, broken := New(t), errors.New("broken")
	c.Fail(broken)
	reads := 0
	v := reflect.ValueOf(c)
	for i := range v.NumMethod() {
		method := v.Type().Method(i)
		if method.Type.NumOut() == 0 || !isRead(method.Name) {
			continue
		}
		reads++
		if err := errorOf(v.Method(i).Call(zeroes(t, v.Method(i).Type()))); !errors.Is(err, broken) {
			t.Errorf("%s returns %v", method.Name, err)
		}
	}
	if n := len(c.Asked()); n != reads || reads < 20 {
		t.Errorf("%d reads of %d are noted", n, reads)
	}
}

// isRead reports whether a method reads what screens show; others write, watch over the file, or serve a pull.
func isRead(method string) bool {
	for _, prefix := range []string{"Keep", "Claim", "Ask", "Fail", "Compact", "Close", "Check", "ForgetFuture",
		"Flush",
		"Forgotten", "Horizons", "Path", "Pin", "PlanPrune", "Prune", "Read", "Record", "Room", "Sound", "Spent",
		"TraceRevisions", "Unpin"} {
		if strings.HasPrefix(method, prefix) {
			return false
		}
	}
	return true
}

func zeroes(t *testing.T, f reflect.Type) []reflect.Value {
	args := make([]reflect.Value, f.NumIn())
	for i := range args {
		args[i] = reflect.Zero(f.In(i))
		if f.In(i) == reflect.TypeFor[context.Context]() {
			args[i] = reflect.ValueOf(t.Context())
		}
	}
	return args
}

// errorOf is the last result of a call, or what a sequence yields.
func errorOf(results []reflect.Value) error {
	last := results[len(results)-1]
	if last.Kind() != reflect.Func {
		err, _ := last.Interface().(error)
		return err
	}
	for _, v := range last.Seq2() {
		err, _ := v.Interface().(error)
		return err
	}
	return nil
}

func TestOneMethodFails(t *testing.T) {
	c, broken := New(t, Incident()), errors.New("broken")
	c.FailOn("Series", broken)
	if _, err := c.Series(t.Context(), app.SeriesQuery{}); !errors.Is(err, broken) {
		t.Errorf("the series are read with %v", err)
	}
	if _, err := c.Alarms(t.Context(), app.AlarmQuery{Name: "a"}); err != nil {
		t.Errorf("the alarms fail too: %v", err)
	}
	c.Fail(nil)
	if _, err := c.Series(t.Context(), app.SeriesQuery{Keys: []string{"k"}}); err != nil {
		t.Errorf("after that they fail still: %v", err)
	}
	if q := Queries[app.SeriesQuery](c); len(q) != 2 || len(q[1].Keys) != 1 || c.AskedFor("Alarms") != 1 {
		t.Errorf("asked for %v", c.Asked())
	}
}

func TestReadsFromManyGoroutines(t *testing.T) {
	c := New(t, Incident())
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			_, _ = c.Alarms(t.Context(), app.AlarmQuery{})
			c.FailOn("Series", nil)
			_ = c.AskedFor("Alarms")
		})
	}
	group.Wait()
	if c.AskedFor("Alarms") != 8 {
		t.Errorf("%d reads are noted", c.AskedFor("Alarms"))
	}
}

// BenchmarkIncident is what a test of a screen pays for its cache.
func BenchmarkIncident(b *testing.B) {
	for b.Loop() {
		_ = New(b, Incident()).Close()
	}
}

// BenchmarkEmpty is an empty cache.
func BenchmarkEmpty(b *testing.B) {
	for b.Loop() {
		_ = New(b).Close()
	}
}
