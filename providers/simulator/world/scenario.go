package world

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/nephograph/nephograph/app"
)

// Scenario is the story that a world tells, as assets/scenarios/*.yaml writes it. It holds what is particular to the
// story; how an AWS service speaks (a REPORT line, an alarm's reason, a trail record) is this package's.
//
// All times in it are offsets from the anchor, negative for the past. Places are written account/Region, with the
// account's name: shop-prod/eu-west-1. What is in "everywhere" each place has for itself.
type Scenario struct {
	Name      string           `yaml:"name"`
	Story     string           `yaml:"story"`
	Accounts  []Account        `yaml:"accounts"`
	Curves    map[string]Curve `yaml:"curves"`
	Metrics   []MetricSet      `yaml:"metrics"`
	Alarms    []AlarmStory     `yaml:"alarms"`
	Mutes     []MuteStory      `yaml:"mute_rules"`
	Detectors []DetectorStory  `yaml:"anomaly_detectors"`
	Groups    []Group          `yaml:"log_groups"`
	Journeys  []Journey        `yaml:"journeys"`
	Actors    map[string]Actor `yaml:"actors"`
	Routines  []Routine        `yaml:"routines"`
	Changes   []Change         `yaml:"changes"`
}

// Account is an AWS account, and the Regions in which it has anything. Name is also the profile of the demo.
type Account struct {
	ID      string   `yaml:"id"` // twelve digits
	Name    string   `yaml:"name"`
	Regions []string `yaml:"regions"`
}

// ParseScenario reads a scenario strictly: a field that it does not know, a curve, place or group that is not there,
// and a placeholder that nothing fills are errors of kind Malformed. Errors of form carry the line.
func ParseScenario(text []byte) (Scenario, error) {
	var s Scenario
	d := yaml.NewDecoder(bytes.NewReader(text), yaml.Strict())
	if err := d.Decode(&s); err != nil {
		if errors.Is(err, io.EOF) {
			err = errors.New("the scenario is empty")
		}
		return Scenario{}, malformed(err)
	}
	s.spread()
	if err := s.check(); err != nil {
		return Scenario{}, malformed(err)
	}
	return s, nil
}

func malformed(err error) error {
	return &app.Error{Kind: app.Malformed, Op: "read scenario", Err: err}
}

// scopes returns the places of the scenario under the names that it uses for them.
func (s Scenario) scopes() map[string]app.Scope {
	scopes := map[string]app.Scope{}
	for _, a := range s.Accounts {
		for _, region := range a.Regions {
			scopes[a.Name+"/"+region] = app.Scope{Account: a.ID, Region: region, Profile: a.Name}
		}
	}
	return scopes
}

// check looks for names that nothing answers to.
func (s Scenario) check() error {
	if len(s.Accounts) == 0 {
		return errors.New("the scenario has no accounts")
	}
	for name := range s.Curves {
		if err := s.checkCurve(name, nil); err != nil {
			return err
		}
	}
	c := checker{s: s, scopes: s.scopes(), groups: map[string]bool{}}
	for _, g := range s.Groups {
		c.place("log group "+g.Name, g.In)
		c.groups[g.In+" "+g.Name] = true
		c.count("log group "+g.Name, g.Count)
		for _, l := range g.Lines {
			c.curves("log group "+g.Name, l.Times...)
		}
		c.curves("log group "+g.Name, g.Follows)
	}
	c.metrics()
	c.alarms()
	for _, j := range s.Journeys {
		c.journey(j)
	}
	c.trail()
	return errors.Join(c.errs...)
}

// checker collects what is wrong with a scenario.
type checker struct {
	s      Scenario
	scopes map[string]app.Scope
	groups map[string]bool
	errs   []error
}

func (c *checker) wrong(where, format string, args ...any) {
	c.errs = append(c.errs, fmt.Errorf("%s: "+format, append([]any{where}, args...)...))
}

func (c *checker) place(where, in string) {
	if _, ok := c.scopes[in]; !ok {
		c.wrong(where, "no place %q", in)
	}
}

func (c *checker) curves(where string, names ...string) {
	for _, n := range names {
		if _, ok := c.s.Curves[n]; !ok && n != "" {
			c.wrong(where, "no curve %q", n)
		}
	}
}

func (c *checker) group(where, in, name string) {
	if name != "" && !c.groups[in+" "+name] {
		c.wrong(where, "no log group %q in %q", name, in)
	}
}

// maxCount bounds how many of a thing there are at scale 1.
const maxCount = 1_000_000

func (c *checker) count(where string, n int) {
	if n < 0 || n > maxCount {
		c.wrong(where, "there cannot be %d", n)
	}
}

func (c *checker) metrics() {
	for _, set := range c.s.Metrics {
		where := "metrics of " + set.Namespace
		c.place(where, set.In)
		c.group(where, set.In, set.Log)
		for _, m := range set.Metrics {
			c.curves(where+" "+m.Name, append([]string{m.Of}, m.Times...)...)
			if v := m.Base + m.Noise + m.Spread + m.Most; math.IsNaN(v) || math.IsInf(v, 0) {
				c.wrong(where+" "+m.Name, "a number is not finite")
			}
		}
	}
}

func (c *checker) alarms() {
	before := map[string]bool{}
	for _, a := range c.s.Alarms {
		where := "alarm " + a.Name
		c.place(where, a.In)
		if a.Rule == "" {
			c.metricAlarm(where, a)
		} else {
			c.rule(where, a, before)
		}
		before[a.In+" "+a.Name] = true
		if a.Log != nil {
			for _, g := range a.Log.Groups {
				c.group(where, a.In, g)
			}
		}
	}
	for _, m := range c.s.Mutes {
		c.place("mute rule "+m.Name, m.In)
		for _, name := range m.Alarms {
			if !before[m.In+" "+name] {
				c.wrong("mute rule "+m.Name, "no alarm %q in %q", name, m.In)
			}
		}
	}
	for _, d := range c.s.Detectors {
		c.place("anomaly detector on "+d.Metric.Name, d.In)
	}
}

func (c *checker) metricAlarm(where string, a AlarmStory) {
	if a.Each != nil && (a.Each.Query == "") == (a.Each.PromQL == "") {
		c.wrong(where, "each needs a query or PromQL")
	}
	switch {
	case a.Each != nil || a.Log != nil:
	case a.Metric == nil && a.Expression == "":
		c.wrong(where, "needs a metric, an expression or a rule")
	case a.Metric != nil && a.Expression != "":
		c.wrong(where, "cannot have both a metric and an expression")
	}
	switch {
	case a.Period < time.Minute || a.Period > 24*time.Hour || a.Period%time.Minute != 0:
		c.wrong(where, "the period must be whole minutes, and a day at most")
	case a.Periods < 1 || a.Points < 1 || a.Points > a.Periods || time.Duration(a.Periods)*a.Period > 7*24*time.Hour:
		c.wrong(where, "needs points and periods, with 1 <= points <= periods, over a week at most")
	case comparisons[a.Comparison] == "":
		c.wrong(where, "no comparison %q", a.Comparison)
	case !slices.Contains([]string{"missing", "ignore", "breaching", "notBreaching"}, a.Missing):
		c.wrong(where, "missing data cannot be treated as %q", a.Missing)
	}
	if a.Expression != "" || len(a.Inputs) > 0 {
		c.expression(where, a)
	}
}

// maxInputs is how many metrics an alarm's expression may have (CloudWatch API reference, MetricDataQuery).
const maxInputs = 10

func (c *checker) expression(where string, a AlarmStory) {
	_, ids, err := parseFormula(a.Expression)
	if err != nil {
		c.wrong(where, "%w", err)
	}
	for _, id := range ids {
		if _, ok := a.Inputs[id]; !ok {
			c.wrong(where, "no input %q", id)
		}
	}
	if len(a.Inputs) == 0 || len(a.Inputs) > maxInputs {
		c.wrong(where, "an expression needs inputs, and has %d at most", maxInputs)
	}
	for id, input := range a.Inputs {
		if !inputID.MatchString(id) || id == resultID {
			c.wrong(where, "an input cannot be called %q", id)
		}
		if input.Metric.Namespace == "" || input.Metric.Name == "" || input.Statistic == "" {
			c.wrong(where, "input %q needs a metric with namespace and name, and a statistic", id)
		}
	}
}

func (c *checker) rule(where string, a AlarmStory, before map[string]bool) {
	if _, err := app.ParseAlarmRule(a.Rule); err != nil {
		c.wrong(where, "%w", err)
	}
	children := app.Alarm{Rule: a.Rule}.Children()
	if len(children) == 0 {
		c.wrong(where, "the rule names no alarm")
	}
	for _, child := range children {
		if !before[a.In+" "+child] {
			c.wrong(where, "no alarm %q stands before it in %s", child, a.In)
		}
	}
}

func (c *checker) journey(j Journey) {
	where := "journey " + j.Name
	c.place(where, j.In)
	c.count(where, j.Sampled)
	c.count(where, j.Unsampled)
	c.curves(where, j.Follows, j.Sampling)
	c.step(where, j.In, j.Request)
}

// maxSteps bounds what one step can unfold to; the largest trace of the shop has 12,000 spans.
const maxSteps = 20_000

func (c *checker) step(where, in string, s Step) {
	if s.Repeat < 0 || s.Repeat > maxSteps {
		c.wrong(where, "a step cannot repeat %d times", s.Repeat)
	}
	if s.name() == "" {
		c.wrong(where, "a step needs one of segment, call and part")
	}
	c.group(where, in, s.Group)
	c.curves(where, append([]string{s.When}, s.Times...)...)
	for _, f := range s.Fails {
		if f.When == "" || !slices.Contains([]string{"fault", "error", "throttle"}, f.As) {
			c.wrong(where, "%s: a failure needs when, and fault, error or throttle as its kind", s.name())
		}
		c.curves(where, f.When)
	}
	if s.Trail != nil {
		c.actor(where, s.Trail.Actor)
	}
	for _, child := range s.Steps {
		c.step(where, in, child)
	}
}

func (c *checker) trail() {
	for _, r := range c.s.Routines {
		where := "routine of " + r.Actor
		c.count(where, r.Count)
		c.place(where, r.In)
		c.actor(where, r.Actor)
		c.curves(where, r.Follows)
		if len(r.Calls) == 0 {
			c.wrong(where, "no calls")
		}
	}
	for _, ch := range c.s.Changes {
		c.place("change "+ch.Name, ch.In)
		c.actor("change "+ch.Name, ch.Actor)
	}
}

func (c *checker) actor(where, name string) {
	if _, ok := c.s.Actors[name]; !ok {
		c.wrong(where, "no actor %q", name)
	}
}
