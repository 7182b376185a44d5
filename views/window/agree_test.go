package window

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/resource"
	"github.com/nephograph/nephograph/assets"
	"github.com/nephograph/nephograph/views/cachetest"
	"github.com/nephograph/nephograph/views/terminal"
	"github.com/nephograph/nephograph/views/ui"
)

// The tests of this file ask one question of the screens, of the board of an alarm, of the drawer and of the terminal,
// on one cache: all of them have to say the same.

// What the made-up incident is joined by: resources whose names mean more than they say at first sight.
const (
	account  = ":eu-west-1:111122223333:"
	function = "arn:aws:lambda" + account + "function:checkout:live"
	archive  = "arn:aws:lambda" + account + "function:checkout-archive"
	orders   = "arn:aws:lambda" + account + "function:orders:7"
	table    = "arn:aws:dynamodb" + account + "table/orders"
	stream   = table + "/stream/2026-01-01T00:00:00.000"
	index    = table + "/index/by-date"
	balancer = "arn:aws:elasticloadbalancing" + account + "loadbalancer/app/shop/50dc6c495c0c9188"
)

// awkward is the incident with changes of those resources, an alarm on the function checkout, and datapoints of a month
// ago, of which AWS keeps those of five minutes.
func awkward() (cachetest.Contents, app.Alarm) {
	c := cachetest.Incident()
	change := func(minutes float64, name, source, arn string) {
		c.Trail = append(c.Trail, app.TrailEvent{Scope: cachetest.Shop(), ID: name + arn, At: cachetest.Ago(minutes),
			Name:   name,
			Source: source + ".amazonaws.com", Principal: app.Principal{Type: "IAMUser", User: "anna"},
			Resources: []app.TrailResource{{Name: arn}}})
	}
	change(44, "UpdateAlias", "lambda", function)
	change(43, "UpdateFunctionCode", "lambda", archive)
	change(42, "PublishVersion", "lambda", orders)
	change(41, "PutResourcePolicy", "dynamodb", stream)
	change(40, "UpdateTable", "dynamodb", index)
	change(39, "ModifyLoadBalancerAttributes", "elasticloadbalancing", balancer)

	threshold := 1.0
	m := app.NewMetric("AWS/Lambda", "Errors", app.Dimension{Name: "FunctionName", Value: "checkout"})
	a := c.Alarms[1]
	a.Name, a.ARN, a.Metric, a.Threshold = "checkout-errors", a.ARN+"-of-the-function", &m, &threshold
	a.State, a.Since = app.InAlarm, cachetest.Ago(12)
	c.Alarms = append(c.Alarms, a)
	c.History = append(c.History, app.AlarmHistoryItem{Scope: a.Scope, Alarm: a.Name, At: a.Since,
		Kind:    app.StateUpdate,
		Summary: "Alarm updated from OK to ALARM", From: app.OK, To: app.InAlarm})

	month := app.Series{Scope: cachetest.Shop(),
		Reading: app.Reading{Metric: m, Statistic: "Sum", Period: 5 * time.Minute}, Unit: "Count"}
	for i := range 12 {
		month.Points = append(month.Points, app.Point{At: monthAgo().From.Add(time.Duration(i) * 5 * time.Minute),
			Value: float64(i)})
	}
	c.Series = append(c.Series, month)
	return c, a
}

// monthAgo is an hour thirty days before the incident.
func monthAgo() app.Range {
	return app.Since(cachetest.Now().Truncate(5*time.Minute).AddDate(0, 0, -30), time.Hour)
}

// agreement is a window and a terminal on one cache.
type agreement struct{ *story }

func newAgreement(t *testing.T, contents cachetest.Contents) agreement {
	s := newStory(t)
	s.cache.Keep(contents)
	for _, signal := range app.Signals {
		s.serial++
		s.session.Changed.Set(ui.Change{Serial: s.serial, Signal: signal, Scope: cachetest.Shop(),
			Range: s.session.Range()})
	}
	return agreement{s}
}

// lookAt looks at a range and a resource, on a screen by its name on the rail.
func (a agreement) lookAt(screen string, within app.Range, of string) {
	a.t.Helper()
	f := a.session.Focus.Now().On(within)
	f.Resource = of
	a.session.Selected.Set(nil)
	a.session.Go(f)
	if err := a.click(screen); err != nil {
		a.t.Fatal(err)
	}
}

// number returns the number, or the sum of the numbers, in the one line of the window that a pattern matches as a
// whole.
func (a agreement) number(pattern string) int {
	a.t.Helper()
	like := regexp.MustCompile("^(?:" + pattern + ")$")
	for line := range strings.Lines(a.words()) {
		found := like.FindStringSubmatch(strings.TrimSpace(line))
		if found == nil {
			continue
		}
		sum := 0
		for _, digits := range found[1:] {
			n, err := strconv.Atoi(strings.ReplaceAll(digits, ",", ""))
			if err != nil && digits != "" {
				a.t.Fatal(err)
			}
			sum += n
		}
		return sum
	}
	a.t.Fatalf("the window says nothing like %s: %s", pattern, a.words())
	return 0
}

// says reports whether one of some texts is one of the window.
func (a agreement) says(texts ...string) bool {
	said := strings.Split(a.words(), "\n")
	return slices.ContainsFunc(texts, func(text string) bool { return slices.Contains(said, text) })
}

// kept is a cache that a command leaves open.
type kept struct{ terminal.Cache }

func (kept) Close() error { return nil }

// command runs a command of the terminal over a range, and returns what it prints.
func (a agreement) command(within app.Range, args ...string) (out, notes string) {
	a.t.Helper()
	presets, err := assets.Presets()
	if err != nil {
		a.t.Fatal(err)
	}
	var printed, said bytes.Buffer
	args = append(args, "--utc", "--from", within.From.Format(time.RFC3339), "--to", within.To.Format(time.RFC3339))
	code := terminal.Run(a.t.Context(), args, terminal.Streams{In: strings.NewReader(""), Out: &printed, Err: &said},
		terminal.Deps{
			Now: cachetest.Now, Zone: time.UTC, Env: func(string) string { return "" }, Presets: presets,
			CacheExists: func(string) (bool, error) { return true, nil },
			OpenCache: func(context.Context, string) (*terminal.Store, error) {
				return &terminal.Store{Cache: kept{a.cache.DB}}, nil
			},
		})
	if code != terminal.ExitOK {
		a.t.Fatalf("%v: exit %d: %s", args, code, said.String())
	}
	return printed.String(), said.String()
}

// printed runs a command as JSON and returns its items.
func printed[T any](a agreement, within app.Range, args ...string) (all []T) {
	a.t.Helper()
	out, _ := a.command(within, append(args, "--json")...)
	for line := range strings.Lines(out) {
		var item T
		if err := json.Unmarshal([]byte(line), &item); err != nil {
			a.t.Fatal(err)
		}
		all = append(all, item)
	}
	return all
}

// lastHour is an hour that ends with the incident.
func lastHour() app.Range { return app.Since(cachetest.Now(), time.Hour) }

func TestAllSayTheSameOfTheTrailOfAResource(t *testing.T) {
	contents, _ := awkward()
	a := newAgreement(t, contents)
	for name, want := range map[string][]string{
		"checkout": {"UpdateAlias checkout"},
		function:   {"UpdateAlias checkout"},
		archive:    {"UpdateFunctionCode checkout-archive"},
		table:      {"PutResourcePolicy orders", "TagResource orders", "UpdateTable orders", "UpdateTable orders"},
		stream:     {"PutResourcePolicy orders", "TagResource orders", "UpdateTable orders", "UpdateTable orders"},
		"orders": {"PublishVersion orders", "PutResourcePolicy orders", "TagResource orders", "UpdateTable orders",
			"UpdateTable orders"},
		orders:   {"PublishVersion orders"},
		balancer: {"ModifyLoadBalancerAttributes shop", "PutDashboard shop"}, // of which nobody says what it is
		"shop":   {"ModifyLoadBalancerAttributes shop", "PutDashboard shop"},
		"live":   nil, "by-date": nil, "app": nil,
	} {
		var titles []string
		for _, e := range printed[app.TrailEvent](a, lastHour(), "trail", "--resource", name) {
			titles = append(titles, resource.Title(e))
		}
		if slices.Sort(titles); !slices.Equal(titles, want) {
			t.Errorf("%s: the terminal has %q, want %q", name, titles, want)
		}
		table, _ := a.command(lastHour(), "trail", "--resource", name)
		a.lookAt("Trail", lastHour(), name)
		if n := a.number(`[\d,]+ of ([\d,]+) events?`); n != len(want) {
			t.Errorf("%s: the Trail screen has %d events, want %d", name, n, len(want))
		}
		for _, title := range want {
			if !a.says(title) {
				t.Errorf("%s: the Trail screen does not list %q: %s", name, title, a.words())
			}
			event, about, _ := strings.Cut(title, " ")
			if !regexp.MustCompile(`:` + event + ` .* ` + about + ` +changed`).MatchString(table) {
				t.Errorf("%s: the terminal does not list %q: %s", name, title, table)
			}
		}
		a.lookAt("Timeline", lastHour(), name)
		if len(want) > 0 {
			if n := a.number(`([\d,]+) by people, ([\d,]+) by automation`); n != len(want) {
				t.Errorf("%s: the timeline has %d changes, want %d", name, n, len(want))
			}
		} else if !a.says("nothing changed", "Nothing in this window names "+name+".") {
			t.Errorf("%s: the timeline does not say that nothing changed: %s", name, a.words())
		}
		a.session.Selected.Set(app.ChangeList{Title: "Changes to it",
			Query: app.TrailQuery{Range: lastHour(), Concerning: []string{name}, Changes: true}})
		if n := a.number(`([\d,]+) events?(?: in part)? · .*`); n != len(want) {
			t.Errorf("%s: the drawer has %d events, want %d", name, n, len(want))
		}
	}
}

func TestAllSayTheSameOfTheLogsOfAResource(t *testing.T) {
	contents, _ := awkward()
	a := newAgreement(t, contents)
	within := app.Range{From: cachetest.Ago(60), To: cachetest.Ago(10)} // all of it was pulled
	for name, want := range map[string][]string{
		"checkout":             {"/aws/lambda/checkout", "/ecs/checkout/app"},
		function:               {"/aws/lambda/checkout"},
		"checkout-archive":     {"/aws/lambda/checkout-archive"},
		"orders":               {"/aws/lambda/orders"},
		"/aws/lambda/checkout": {"/aws/lambda/checkout"},
		table:                  nil, "app": nil, "lambda": nil,
	} {
		events := printed[app.LogEvent](a, within, "search", "--resource", name)
		var groups []string
		for _, e := range events {
			if !slices.Contains(groups, e.Group) {
				groups = append(groups, e.Group)
			}
		}
		if slices.Sort(groups); !slices.Equal(groups, want) {
			t.Errorf("%s: the terminal has events of %q, want %q", name, groups, want)
		}
		a.lookAt("Logs", within, name)
		if n := a.number(`([\d,]+) events?`); n != len(events) {
			t.Errorf("%s: the Logs screen has %d events, the terminal %d", name, n, len(events))
		}
		a.lookAt("Timeline", within, name)
		if len(want) > 0 {
			said := fmt.Sprintf("%d group", len(want))
			if n := a.number(said + `s? · ([\d,]+) events?`); n != len(events) {
				t.Errorf("%s: the timeline has %d events, the terminal %d", name, n, len(events))
			}
		} else if !a.says("no events", "Nothing in this window names "+name+".") {
			t.Errorf("%s: the timeline does not say that there are no events: %s", name, a.words())
		}
		a.session.Selected.Set(app.LogList{Title: "Its events", Query: app.LogQuery{Range: within, Resource: name}})
		if n := a.number(`([\d,]+) events? · .*`); n != len(events) {
			t.Errorf("%s: the drawer has %d events, the terminal %d", name, n, len(events))
		}
	}
}

func TestAllSayTheSameOfTheTracesOfAResource(t *testing.T) {
	contents, _ := awkward()
	a := newAgreement(t, contents)
	for name, some := range map[string]bool{
		"checkout": true, function: true, "orders": true, table: true, "check": false, "order": false, balancer: false,
	} {
		traces := printed[app.Trace](a, lastHour(), "traces", "--service", name)
		if (len(traces) > 0) != some {
			t.Errorf("%s: the terminal has %d traces", name, len(traces))
		}
		a.lookAt("Traces", lastHour(), name)
		if n := a.number(`([\d,]+) traces?`); n != len(traces) {
			t.Errorf("%s: the Traces screen has %d, the terminal %d", name, n, len(traces))
		}
		a.lookAt("Timeline", lastHour(), name)
		if some {
			if n := a.number(regexp.QuoteMeta(resource.Short(name)) + ` · ([\d,]+) sampled`); n != len(traces) {
				t.Errorf("%s: the timeline has %d, the terminal %d", name, n, len(traces))
			}
		} else if !a.says("none were sampled", "Nothing in this window names "+resource.Short(name)+".") {
			t.Errorf("%s: the timeline does not say that there are none: %s", name, a.words())
		}
		a.session.Selected.Set(app.TraceList{Title: "Its traces",
			Query: app.TraceQuery{Range: lastHour(), Resources: []string{name}}})
		if n := a.number(`([\d,]+) traces?(?: in part)? · .*`); n != len(traces) {
			t.Errorf("%s: the drawer has %d, the terminal %d", name, n, len(traces))
		}
	}
}

// The board that is proposed for an alarm has the changes that its page in the drawer counts, and its log groups.
func TestTheBoardOfAnAlarmSaysWhatItsPageSays(t *testing.T) {
	contents, alarm := awkward()
	a := newAgreement(t, contents)
	before := app.Since(alarm.Since, 2*time.Hour)
	a.lookAt("Timeline", before, "")
	a.session.Selected.Set(alarm)
	said := a.words()
	changes := a.pivot(said, "Changes near it, 2 h before")
	if err := a.press([]string{"B"}); err != nil {
		t.Fatal(err)
	}
	if n := a.number(`([\d,]+) by people, ([\d,]+) by automation`); n != changes || n == 0 {
		t.Errorf("the board has %d changes, the drawer %d", n, changes)
	}
	var near []app.TrailEvent
	for _, name := range []string{"checkout", "orders", "orders-stream"} { // that answers its requests
		for _, e := range printed[app.TrailEvent](a, before, "trail", "--resource", name, "--changes") {
			if !slices.ContainsFunc(near, func(o app.TrailEvent) bool { return o.ID == e.ID }) {
				near = append(near, e)
			}
		}
	}
	if len(near) != changes {
		t.Errorf("the terminal has %d changes, the drawer %d", len(near), changes)
	}
	events, shown := 0, a.session.Range() // of the alarm
	for _, group := range []string{"/aws/lambda/checkout", "/ecs/checkout/app", "/aws/lambda/orders"} {
		events += len(printed[app.LogEvent](a, shown, "search", "--group", group))
	}
	if n := a.number(`3 groups · ([\d,]+) events?`); n != events {
		t.Errorf("the board has %d events, the terminal %d", n, events)
	}
}

// pivot returns the count of a way from what the drawer shows.
func (a agreement) pivot(words, label string) int {
	a.t.Helper()
	lines := strings.Split(words, "\n")
	for i, line := range lines[:len(lines)-1] {
		if line == label {
			n, err := strconv.Atoi(strings.ReplaceAll(strings.TrimSuffix(lines[i+1], " in part"), ",", ""))
			if err != nil {
				a.t.Fatal(err)
			}
			return n
		}
	}
	a.t.Fatalf("there is no %s: %s", label, words)
	return 0
}

// A log group that is known for an hour of five is missing, wherever one looks.
func TestAllSayWhatIsMissing(t *testing.T) {
	contents, _ := awkward()
	for i, c := range contents.Covers {
		if c.Resource == "/ecs/checkout/app" {
			contents.Covers[i].Range.From = cachetest.Ago(60)
		}
	}
	a := newAgreement(t, contents)
	within := app.Range{From: cachetest.Ago(300), To: cachetest.Ago(1)}
	const missing = "Log events of /ecs/checkout/app are not in the cache for 4 h of 4 h 59 min."
	for name, want := range map[string]bool{"": true, "checkout": true, function: false, "orders": false} {
		_, notes := a.command(within, "search", "--resource", name, "--json")
		if strings.Contains(notes, missing) != want || (notes != "") != want {
			t.Errorf("%q: the terminal says %q", name, notes)
		}
		a.lookAt("Logs", within, name)
		if strings.Contains(a.words(), missing) != want {
			t.Errorf("%q: the Logs screen says %s", name, a.words())
		}
		a.session.Selected.Set(app.LogList{Title: "Its events", Query: app.LogQuery{Range: within, Resource: name}})
		if n := a.number(`([\d,]+) events?(?: in part)? · .*`); n == 0 ||
			strings.Contains(a.words(), " in part · ") != want {
			t.Errorf("%q: the drawer says %s", name, a.words())
		}
	}
}

// Of thirty days ago AWS keeps datapoints of five minutes: lane, drawer and terminal have them.
func TestAllHaveTheDatapointsThatAWSKeeps(t *testing.T) {
	contents, alarm := awkward()
	a := newAgreement(t, contents)
	series := printed[app.Series](a, monthAgo(), "metrics", "--resource", function)
	if len(series) != 1 || len(series[0].Points) != 12 || series[0].Period != 5*time.Minute {
		t.Errorf("the terminal has %+v", series)
	}
	a.lookAt("Timeline", monthAgo(), "checkout")
	reading, _ := alarm.Reading()
	a.session.Selected.Set(app.Series{Scope: cachetest.Shop(), Reading: reading})
	if said := a.words(); !strings.Contains(said, "\nDatapoints\n12\n") || !strings.Contains(said, "Sum, 5 min") {
		t.Errorf("the drawer says %s", said)
	}
	a.session.Selected.Set(nil)
	if said := a.words(); !strings.Contains(said, "\nLambda · Sum, 5 min\n") {
		t.Errorf("the lane says %s", said)
	}
}
