package conformance_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	awslogs "github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/assets"
	"github.com/nephograph/nephograph/providers"
	"github.com/nephograph/nephograph/providers/cloudwatchlogs"
	"github.com/nephograph/nephograph/providers/simulator"
	"github.com/nephograph/nephograph/providers/simulator/world"
)

var anchor = time.Date(2025, 11, 20, 12, 0, 0, 0, time.UTC)

// insightsBench is a simulator of one busy log group, and a source that asks it.
type insightsBench struct {
	server *simulator.Server
	source *cloudwatchlogs.Source
	events []app.LogEvent
	spent  []app.Request
	price  func(service, operation, region string, units int) app.Money
}

// openInsights starts a simulator whose group has so many events in a minute, several in each second.
func openInsights(t *testing.T, events int) *insightsBench {
	t.Helper()
	scope := app.Scope{Account: "111122223333", Region: "eu-west-1", Profile: "shop"}
	p := &world.Place{Scope: scope, Events: map[string][]app.LogEvent{}, Groups: []app.LogGroup{
		{Scope: scope, Name: "busy", ARN: "arn:aws:logs:eu-west-1:111122223333:log-group:busy:*", Class: "STANDARD"}}}
	for i := range events {
		at := anchor.Add(-time.Minute + time.Duration(i)*time.Minute/time.Duration(events))
		p.Events["busy"] = append(p.Events["busy"], app.LogEvent{Scope: scope, Group: "busy", Stream: "s",
			ID: fmt.Sprintf("%08d", i), At: at.Truncate(time.Millisecond), Ingested: at.Truncate(time.Millisecond),
			Message: fmt.Sprint("event ", i)})
	}
	w := &world.World{Seed: 1, Scale: 1, Range: app.Since(anchor, time.Hour), Places: []*world.Place{p}}
	b := &insightsBench{server: simulator.New(w, simulator.Options{}), events: p.Events["busy"]}
	url, _, err := b.server.Start(t.Context(), "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	prices, err := assets.Prices()
	if err != nil {
		t.Fatal(err)
	}
	b.price = prices.Price
	t.Setenv("AWS_ACCESS_KEY_ID", "AKIA"+scope.Account)
	t.Setenv("AWS_SECRET_ACCESS_KEY", "simulated")
	t.Setenv("AWS_ENDPOINT_URL", url)
	t.Setenv("AWS_CONFIG_FILE", t.TempDir()+"/none")
	t.Setenv("AWS_SHARED_CREDENTIALS_FILE", t.TempDir()+"/none")
	cfg, err := providers.Connect(t.Context(), providers.Profile{Region: scope.Region}, providers.Options{
		MaxBackoff: time.Millisecond, Price: prices.Price, Limits: providers.NewLimits(nil),
		Record: func(r app.Request) { b.spent = append(b.spent, r) }})
	if err != nil {
		t.Fatal(err)
	}
	b.source = cloudwatchlogs.New(awslogs.NewFromConfig(cfg), scope)
	return b
}

// ask returns the ids of the rows that come, in their order, and what is said of them.
func (b *insightsBench) ask(ctx context.Context, q app.InsightsQuestion) (ids []string, problems []app.Problem,
	err error) {
	for page, failed := range b.source.Insights(ctx, q) {
		for _, r := range page.Items {
			ids = append(ids, r.Ptr)
		}
		problems, err = append(problems, page.Problems...), failed
	}
	return ids, problems, err
}

// Past what one query gives the range is split until each part is whole: no row is lost, none comes twice, and they
// come in the order that was asked for.
func TestInsightsPastTheLimitOfRows(t *testing.T) {
	b := openInsights(t, 2000)
	var want []string
	for _, e := range b.events {
		want = append(want, e.ID)
	}
	for text, backwards := range map[string]bool{
		"fields @timestamp, @message":                     true,
		"fields @message | sort @timestamp desc":          true,
		"sort @timestamp asc | filter @message like 'ev'": false,
	} {
		expected := slices.Clone(want)
		if backwards {
			slices.Reverse(expected)
		}
		var started, scanned int64
		ids, problems, err := b.ask(t.Context(), app.InsightsQuestion{Text: text, Groups: []string{"busy"},
			Range: app.Since(anchor, time.Minute), Rows: 150,
			Start: func(context.Context, app.Range) error { started++; return nil },
			End:   func(n int64) { scanned += n }})
		if err != nil || len(problems) > 0 || !slices.Equal(ids, expected) {
			t.Errorf("%s: %d rows of %d, %v, %v", text, len(ids), len(want), problems, err)
		}
		if started < 14 || started > 60 || scanned == 0 {
			t.Errorf("%s: %d queries for 14 times as many rows, %d bytes", text, started, scanned)
		}
	}
}

// What cannot be split is told as cut off, and so is a second with more rows than a query gives.
func TestInsightsThatCannotBeSplit(t *testing.T) {
	b := openInsights(t, 2000)
	for text, rows := range map[string]int{
		"fields @message | sort @message": 150, "stats count(*) by @message": 150, "fields @message": 20,
	} {
		ids, problems, err := b.ask(t.Context(), app.InsightsQuestion{Text: text, Groups: []string{"busy"},
			Range: app.Range{From: anchor.Add(-5 * time.Second), To: anchor}, Rows: rows})
		if err != nil || len(ids) == 0 || len(problems) == 0 || problems[0].Kind != app.TooMuch {
			t.Errorf("%s: %d rows, %v, %v", text, len(ids), problems, err)
		}
	}
}

// AWS bills the bytes that a query scans: they stand in the ledger once a query, also of one that was stopped.
func TestInsightsInTheLedger(t *testing.T) {
	b := openInsights(t, 100)
	bytes := 0
	for _, e := range b.events {
		bytes += len(e.Message) + 26
	}
	q := app.InsightsQuestion{Text: "fields @message", Groups: []string{"busy"}, Range: app.Since(anchor, time.Minute)}
	if _, _, err := b.ask(t.Context(), q); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	q.Tell = func(p app.InsightsProgress) {
		if p.Status == "Running" {
			cancel()
		}
	}
	if _, _, err := b.ask(ctx, q); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	units := map[string]int{}
	var cost app.Money
	for _, r := range b.spent {
		units[r.Operation] += r.Units
		cost += r.Cost
	}
	if units["GetQueryResults"] != 2*bytes || units["StopQuery"] != 1 ||
		cost != 2*b.price("logs", "GetQueryResults", "eu-west-1", bytes) || cost == 0 {
		t.Errorf("%v cost %d, want %d bytes", units, cost, 2*bytes)
	}
}

func TestInsightsDeniedOrRefused(t *testing.T) {
	b := openInsights(t, 100)
	q := app.InsightsQuestion{Text: "fields @message", Groups: []string{"busy"}, Range: app.Since(anchor, time.Minute)}
	b.server.SetFaults(simulator.Faults{Deny: []string{"logs:GetQueryResults"}})
	var failed *app.Error
	if _, _, err := b.ask(t.Context(), q); !errors.As(err, &failed) || failed.Kind != app.Denied ||
		failed.Op != "logs:GetQueryResults" {
		t.Error(err)
	}
	b.server.SetFaults(simulator.Faults{})
	over := &app.Error{Kind: app.TooMuch, Op: "pull", Err: errors.New("beyond the cap")}
	q.Start = func(context.Context, app.Range) error { return over }
	b.spent = nil
	if _, _, err := b.ask(t.Context(), q); !errors.Is(err, over) || len(b.spent) > 0 {
		t.Errorf("%v after %d requests", err, len(b.spent))
	}
	q.Start, q.Groups = nil, []string{"missing"}
	if _, _, err := b.ask(t.Context(), q); app.KindOf(err) != app.NotFound {
		t.Error(err)
	}
	q.Groups, q.Text = []string{"busy"}, "fields ("
	if _, _, err := b.ask(t.Context(), q); app.KindOf(err) != app.Malformed {
		t.Error(err)
	}
	q.Text, q.Language = "SELECT count(*) FROM `busy`", app.OpenSearchSQL
	if ids, _, err := b.ask(t.Context(), q); err != nil || len(ids) != 1 {
		t.Error(ids, err)
	}
}
