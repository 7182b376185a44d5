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

func TestBoardsComeBackAsTheyWereSaved(t *testing.T) {
	b := BoardsBeside(filepath.Join(t.TempDir(), "new", "settings.yaml"))
	if got, err := b.Load(t.Context()); err != nil || len(got) != 0 {
		t.Fatalf("without a file there are %v, %v", got, err)
	}
	at := time.Date(2026, 3, 14, 9, 12, 0, 0, time.UTC)
	latency := app.NewMetric("AWS/ApiGateway", "Latency", app.Dimension{Name: "Stage", Value: "prod: 1"},
		app.Dimension{Name: "ApiName", Value: "checkout"})
	want := []app.Board{
		{Name: "checkout: 5xx #1", Window: 3 * time.Hour, Lanes: []app.Lane{
			{Kind: app.MetricLane, Scope: app.Scope{Account: "011122223333", Region: "eu-west-1"}, Pinned: true,
				Readings: []app.Reading{{Metric: latency, Statistic: "p99", Period: time.Minute},
					{Metric: latency, Statistic: "p50", Period: time.Minute}}},
			{Kind: app.AlarmLane, Collapsed: true},
			{Kind: app.LogLane, Groups: []string{"/aws/lambda/orders"}, Height: 120},
			{Kind: app.TraceLane, Services: []string{"yes"}},
			{Kind: app.TraceLane, Services: []string{"orders", "no"}},
		}},
		{Name: "both", Lanes: []app.Lane{{Kind: app.MetricLane,
			Scope:    app.Scope{Account: "011122223333", Region: "eu-west-1"},
			Readings: []app.Reading{{Metric: latency, Statistic: "p99", Period: time.Minute}},
			More: []app.LaneSeries{{Scope: app.Scope{Account: "444455556666", Region: "us-east-1"},
				Reading: app.Reading{Metric: latency, Statistic: "p50", Period: time.Hour}}}}}},
		{Name: "orders", Alarm: "orders-throttles", Lanes: []app.Lane{
			{Kind: app.AlarmLane, Scope: app.Scope{Account: "011122223333", Region: "eu-west-1"},
				Alarms: []string{"checkout-critical", "orders-throttles"}},
			{Kind: app.TrailLane, Scope: app.Scope{Account: "011122223333", Region: "eu-west-1"},
				Resources: []string{"orders"}},
		}},
		{Name: "null", Range: app.Range{From: at, To: at.Add(time.Hour)}, Lanes: []app.Lane{{Kind: app.CoverageLane}}},
	}
	for range 2 { // the second time over a file
		if err := b.Save(t.Context(), want); err != nil {
			t.Fatal(err)
		}
		if got, err := b.Load(t.Context()); err != nil || !reflect.DeepEqual(got, want) {
			t.Fatalf("%v came back as %v, %v", want, got, err)
		}
	}
	if info, err := os.Stat(b.path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file is %v, %v", info.Mode(), err)
	}
}

func TestBoardsThatAreWrong(t *testing.T) {
	for text, want := range map[string]string{
		"boards: [":                                                "not YAML",
		"boards: 3":                                                "boards.yaml",
		"boards: [{lanes: []}]":                                    "no name",
		"boards: [{name: a}, {name: a}]":                           "two boards",
		"boards: [{name: a, last: soon}]":                          "such as 3h",
		"boards: [{name: a, from: today, to: then}]":               "time range",
		"boards: [{name: a, lanes: [{kind: pie}]}]":                `lane 1: "pie" is no kind`,
		"boards: [{name: a, lanes: [{kind: metric}]}]":             "needs its namespace",
		"boards: [{name: a, lanes: [{kind: logs}, {kind: logs}]}]": "lane 2 shows",
		"boards: [{name: a, lanes: [{kind: logs, height: 3}]}]":    "height",
		"boards: [{name: a, lanes: [{kind: metric, namespace: x, metric: y, readings: [{statistic: Sum, period: " +
			"often}]}]}]": "cannot be meant",
		"boards: [{name: a, lanes: [{kind: metric, namespace: x, metric: y, readings: [{statistic: Sum, period: " +
			"1m}], more: [{metric: z}]}]}]": "needs its namespace",
	} {
		b := BoardsBeside(filepath.Join(t.TempDir(), "settings.yaml"))
		if err := os.WriteFile(b.path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := b.Load(t.Context()); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q in it", text, err, want)
		}
		if err := b.Save(t.Context(), nil); err == nil {
			t.Errorf("%s: a file that is wrong was written over", text)
		}
	}
}

func TestUnknownNamesOfBoardsArePassedOver(t *testing.T) {
	b := BoardsBeside(filepath.Join(t.TempDir(), "settings.yaml"))
	if err := os.WriteFile(b.path,
		[]byte("boards: [{name: a, color: red, lanes: [{kind: logs, style: bars}]}]\nversion: 7"), 0o600); err != nil {
		t.Fatal(err)
	}
	got, err := b.Load(t.Context())
	if want := []app.Board{{Name: "a", Lanes: []app.Lane{{Kind: app.LogLane}}}}; err != nil ||
		!reflect.DeepEqual(got, want) {
		t.Errorf("it reads %v, %v", got, err)
	}
}
