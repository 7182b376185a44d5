package world

import (
	"os"
	"strings"
	"testing"

	"github.com/nephograph/nephograph/app"
)

func TestParseScenarioSaysWhatIsWrong(t *testing.T) {
	const place = "accounts: [{id: '111122223333', name: a, regions: [r]}]\n"
	const rate = "alarms: [{in: a/r, name: x, inputs: {m1: {metric: {namespace: N, name: M}, statistic: Sum}}, "
	for _, c := range []struct{ name, text, says string }{
		{"empty", "", "empty"},
		{"no accounts", "name: x\n", "no accounts"},
		{"unknown field", place + "colour: red\n", "[2:1] unknown field"},
		{"unknown nested field", place + "metrics:\n  - in: a/r\n    nmespace: AWS/X\n", "[4:5] unknown field"},
		{"no such place", place + "metrics: [{in: b/r, namespace: N}]\n", `no place "b/r"`},
		{"no such curve", place + "metrics: [{in: a/r, namespace: N, metrics: [{name: M, times: [up]}]}]\n",
			`no curve "up"`},
		{"curve in a circle", place + "curves: {a: {times: [b]}, b: {times: [a]}}\n", "follows itself"},
		{"curve without end", place + "curves: {a: {saw: {low: 1}}}\n", "needs every"},
		{"knot", place + "curves: {a: {knots: {yesterday: 1}}}\n", "yesterday"},
		{"no such group", place + "journeys: [{name: j, in: a/r, request: {segment: s, log_group: /g}}]\n",
			`no log group "/g"`},
		{"no such actor", place + "changes: [{in: a/r, actor: nobody, source: s, name: N}]\n", `no actor "nobody"`},
		{"nameless step", place + "journeys: [{name: j, in: a/r, request: {takes: 1ms}}]\n",
			"one of segment, call and part"},
		{"endless step", place + "journeys: [{name: j, in: a/r, request: {part: p, repeat: 999999}}]\n",
			"cannot repeat"},
		{"placeholder", place + "journeys: [{name: j, in: a/r, request: {part: p, logs: [{text: '{nobody}'}]}}]\n",
			"{nobody}"},
		{"alarm on nothing", place + "alarms: [{in: a/r, name: x}]\n", "metric, an expression or a rule"},
		{"alarm on both", place + "alarms: [{in: a/r, name: x, metric: {namespace: N, name: M}, expression: m1}]\n",
			"both a metric and an expression"},
		{"function", place + rate + "expression: RATE(m1)}]\n", `unexpected "RATE"`},
		{"comparison", place + rate + "expression: 'm1 > 5'}]\n", `no number, id, + - * / or bracket: "> 5"`},
		{"half an expression", place + rate + "expression: m1 *}]\n", "ends where a number or an id"},
		{"unclosed", place + rate + "expression: (m1}]\n", "bracket is not closed"},
		{"no such input", place + rate + "expression: m1 / m2}]\n", `no input "m2"`},
		{"no inputs", place + "alarms: [{in: a/r, name: x, expression: 1 + 1}]\n", "needs inputs"},
		{"inputs alone", place +
			"alarms: [{in: a/r, name: x, metric: {namespace: N, name: M}, inputs: {m1: {statistic: Sum}}}]\n",
			"input \"m1\" needs a metric"},
		{"id", place + "alarms: [{in: a/r, name: x, expression: '1', inputs: {E: {statistic: Sum}}}]\n",
			`cannot be called "E"`},
		{"rule", place + "alarms: [{in: a/r, name: x, rule: 'ALARM(y) AND'}]\n", "alarm rule"},
		{"rule of strangers", place + "alarms: [{in: a/r, name: x, rule: ALARM(y)}]\n", `no alarm "y"`},
		{"annotation", place + "journeys: [{name: j, in: a/r, request: {part: p, annotations: {a: [1]}}}]\n",
			"annotation"},
	} {
		_, err := ParseScenario([]byte(c.text))
		if err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, want it to say %q", c.name, err, c.says)
		} else if app.KindOf(err) != app.Malformed {
			t.Errorf("%s: kind %v", c.name, app.KindOf(err))
		}
	}
}

// journeySeed has a step with most of its fields.
var journeySeed = []byte(`accounts: [{id: "1", name: a, regions: [r]}]
curves: {c: {base: 0.5, saw: {every: 2m, low: 1, high: 2}}}
log_groups: [{in: a/r, name: /g, follows: c, count: 3, lines: [{weight: 1, text: "{time} <<{trace}>>"}]}]
actors: {x: {type: IAMUser, user: u, session: s}}
journeys:
  - {name: j, in: a/r, sampled: 2, begun: [-1m], request: {segment: s, log_group: /g, when: c, aws: {id: "{#number}"},
      annotations: {k: 1, b: true}, fails: [{when: c, as: throttle, exception: {type: T, stack: ["a.go:1 f"]}}],
      trail: {actor: x, source: s3, name: PutObject}, steps: [{call: DynamoDB, repeat: 2, infers: t}]}}
`)

func FuzzParseScenario(f *testing.F) {
	text, err := os.ReadFile("../../../assets/scenarios/shop.yaml")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(text[:2000]) // the whole is too long to be cut down to what is interesting
	f.Add(journeySeed)
	f.Add([]byte("accounts: [{id: '1', name: a, regions: [r]}]\ncurves: {x: {knots: {-1h: 2}, times: [x]}}\n"))
	f.Add([]byte("alarms: [{rule: '((((', in: a/r}]\n"))
	f.Add([]byte("alarms: [{in: a/r, expression: '100 * (m1 - 2)', inputs: {m1: {metric: {namespace: N, name: M}, " +
		"statistic: Sum}}}]\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		s, err := ParseScenario(text)
		if err != nil {
			if app.KindOf(err) != app.Malformed {
				t.Fatalf("kind %v of %v", app.KindOf(err), err)
			}
			return
		}
		if len(s.scopes()) == 0 && len(s.Metrics)+len(s.Alarms)+len(s.Journeys) > 0 {
			t.Fatal("something happens nowhere")
		}
	})
}
