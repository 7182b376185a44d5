package settings

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
)

var (
	incidentDay  = time.Date(2026, 5, 3, 14, 0, 0, 0, time.UTC)
	incidentShop = app.Scope{Account: "111122223333", Region: "eu-west-1"}
)

// written is an incident with evidence of every kind.
func written() app.Incident {
	hour := app.Range{From: incidentDay, To: incidentDay.Add(time.Hour)}
	event := app.Range{From: incidentDay.Add(time.Minute), To: incidentDay.Add(time.Minute + time.Millisecond)}
	throttles := app.NewMetric("AWS/DynamoDB", "WriteThrottleEvents",
		app.Dimension{Name: "TableName", Value: "or: ders"})
	search := app.LogQuery{Scopes: []app.Scope{incidentShop}, Groups: []string{"/aws/lambda/orders"},
		Level: app.LevelWarn,
		Match: app.MatchAll(app.LogTerm{Text: "slow \"write\""}, app.LogTerm{Field: "status", Text: "500"},
			app.LogTerm{Text: "a|b", Regexp: true, Not: true})}
	return app.Incident{
		ID: "2026-05-03-orders-throttles", Title: "orders: throttles #1 <b>", Range: hour, State: app.Respond,
		Severity: 2,
		Created:  incidentDay, Changed: incidentDay.Add(time.Hour), Acknowledged: incidentDay.Add(7 * time.Minute),
		Notes: "# What happened\n\n- the table\n  is *slow*\n",
		Evidence: []app.Evidence{
			{ID: "e1", Kind: app.AlarmEvidence, Title: "orders", Range: hour, Scope: incidentShop, Alarm: "orders"},
			{ID: "e2", Kind: app.MetricEvidence, Range: hour, Scope: incidentShop, Caption: "it climbs: 3 > 2",
				Reading: app.Reading{Metric: throttles, Statistic: "p99.9", Period: time.Minute}},
			{ID: "e3", Kind: app.LogEventEvidence, Range: event, Scope: incidentShop, Group: "/aws/lambda/orders",
				Event: "0123"},
			{ID: "e4", Kind: app.PatternEvidence, Range: hour, Pattern: "took <*> ms", Query: search},
			{ID: "e5", Kind: app.TraceEvidence, Range: event, Scope: incidentShop,
				Trace: "1-68164a00-0123456789abcdef01234567"},
			{ID: "e6", Kind: app.TrailEvidence, Range: event, Scope: incidentShop, Event: "6f1c", Pinned: incidentDay},
			{ID: "e7", Kind: app.QueryEvidence, Range: hour, Query: search},
			{ID: "e8", Kind: app.NoteEvidence, Caption: "null\n\n: - {\n"},
		},
	}
}

func TestIncidentsComeBackAsTheyWereSaved(t *testing.T) {
	n := IncidentsBeside(filepath.Join(t.TempDir(), "new", "settings.yaml"))
	if got, err := n.Load(t.Context()); err != nil || len(got) != 0 {
		t.Fatalf("without a folder there are %v, %v", got, err)
	}
	later := app.NewIncident("Later", app.Since(incidentDay.Add(48*time.Hour), time.Hour), incidentDay, nil)
	for range 2 { // the second time over files
		for _, i := range []app.Incident{written(), later} {
			if err := n.Save(t.Context(), i); err != nil {
				t.Fatal(err)
			}
		}
		got, err := n.Load(t.Context())
		if want := []app.Incident{later, written()}; err != nil || !reflect.DeepEqual(got, want) {
			t.Fatalf("came back as\n%+v, %v; want\n%+v", got, err, want)
		}
	}
	if info, err := os.Stat(n.path(later.ID)); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file is %v, %v", info.Mode(), err)
	}
	if err := n.Remove(t.Context(), later.ID); err != nil {
		t.Fatal(err)
	}
	if got, err := n.Load(t.Context()); err != nil || len(got) != 1 {
		t.Errorf("after one was removed there are %v, %v", got, err)
	}
}

func TestOneWrongIncidentHidesNoOther(t *testing.T) {
	n := IncidentsBeside(filepath.Join(t.TempDir(), "settings.yaml"))
	if err := n.Save(t.Context(), written()); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"wrong.yaml": "title: [", "other.yaml": "id: not-its-name\ntitle: a\n" +
		"from: 2026-05-03T14:00:00Z\nto: 2026-05-03T15:00:00Z\nstate: Observe\n", "note.txt": "no incident"} {
		if err := os.WriteFile(filepath.Join(n.Folder(), name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	got, err := n.Load(t.Context())
	if len(got) != 1 || app.KindOf(err) != app.Malformed || !strings.Contains(err.Error(), "wrong.yaml, line 1") ||
		!strings.Contains(err.Error(), "name of its file") || strings.Contains(err.Error(), "note.txt") {
		t.Errorf("got %d incidents, %v", len(got), err)
	}
}

func TestIncidentsThatAreWrong(t *testing.T) {
	const head = "id: a\ntitle: a\nfrom: 2026-05-03T14:00:00Z\nto: 2026-05-03T15:00:00Z\nstate: Observe\n"
	const times = ", from: 2026-05-03T14:00:00Z, to: 2026-05-03T15:00:00Z}"
	for text, want := range map[string]string{
		"3": "file.yaml", "id: ../a": "small letters", "id: a": "no title", "id: a\ntitle: b": "no time range",
		"id: a\ntitle: b\nfrom: today":                                                    "2026-03-14T09:12:00Z",
		strings.Replace(head, "Observe", "Panic", 1):                                      "no state",
		head + "severity: 9":                                                              "between 1 and 5",
		strings.Replace(head, "2026-05-03T15", "9026-05-03T15", 1):                        "year 9026",
		head + "evidence: [{kind: note}]":                                                 "no id",
		head + "evidence: [{id: e1, kind: pie}]":                                          `"pie" is no kind`,
		head + "evidence: [{id: e1, kind: note}, {id: e1, kind: note}]":                   "the id",
		head + "evidence: [{id: e1, kind: alarm}]":                                        "time range",
		head + "evidence: [{id: e1, kind: alarm" + times + "]":                            "needs alarm",
		head + "evidence: [{id: e1, kind: log event, event: b" + times + "]":              "needs log_group",
		head + "evidence: [{id: e1, kind: trace, trace: b" + times + "]":                  "not a trace id",
		head + "evidence: [{id: e1, kind: metric" + times + "]":                           "namespace",
		head + "evidence: [{id: e1, kind: query" + times + "]":                            "needs its query",
		head + "evidence: [{id: e1, kind: query, query: {search: '\"half'}" + times + "]": "search",
		head + "evidence: [{id: e1, kind: query, query: {level: loud}" + times + "]":      "no level",
	} {
		_, err := DecodeIncident([]byte(text), "file.yaml")
		if app.KindOf(err) != app.Malformed || !strings.Contains(err.Error(), want) {
			t.Errorf("%s\ngives %v; want %q", text, err, want)
		}
	}
}

func TestOnlyIncidentsHaveFiles(t *testing.T) {
	n := IncidentsBeside(filepath.Join(t.TempDir(), "settings.yaml"))
	for _, id := range []string{"", "..", "../a", "a/b", `a\b`, "A", "a.b", "con:", strings.Repeat("a", 99)} {
		i := written()
		if i.ID = id; n.Save(t.Context(), i) == nil {
			t.Errorf("an incident of the id %q was written", id)
		}
	}
}

func FuzzDecodeIncident(f *testing.F) {
	text, err := EncodeIncident(written())
	if err != nil {
		f.Fatal(err)
	}
	f.Add(text)
	f.Fuzz(func(t *testing.T, text []byte) {
		i, err := DecodeIncident(text, "file")
		if err != nil {
			if app.KindOf(err) != app.Malformed {
				t.Errorf("an error of no kind: %v", err)
			}
			return
		}
		again, err := EncodeIncident(i)
		if err != nil {
			t.Fatal(err)
		}
		if back, err := DecodeIncident(again, "file"); err != nil || len(back.Evidence) != len(i.Evidence) ||
			back.ID != i.ID || !back.Range.Equal(i.Range) {
			t.Errorf("%s\ncame back as %+v, %v", again, back, err)
		}
	})
}
