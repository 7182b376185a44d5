package world

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/nephograph/nephograph/app"
)

// Group is a log group, with the lines that come to it from no request: of a database, say.
type Group struct {
	In        string        `yaml:"in"`
	Name      string        `yaml:"name"`
	Retention int           `yaml:"retention"` // days
	Class     string        `yaml:"class"`     // STANDARD if empty
	Created   time.Duration `yaml:"created"`   // offset
	// Streams are the names of its log streams; a Lambda function's are made up as Lambda does.
	Streams []string `yaml:"streams"`
	Follows string   `yaml:"follows"` // curve of how dense the lines are
	Count   int      `yaml:"count"`   // of lines, at scale 1
	Lines   []Line   `yaml:"lines"`
}

// Line is a message that a step or a group logs.
type Line struct {
	On string `yaml:"on"` // of a step: start, end, or fault for the end of a step that failed; empty is the end
	// Weight is how often a group logs the line, beside its others; the curves in Times change it over the day.
	Weight float64  `yaml:"weight"`
	Times  []string `yaml:"times"`
	Text   Text     `yaml:"text"`
}

// instances is how many containers of a function or task log at a time.
const instances = 4

// logGroups founds the log groups and fills in the lines that no request causes.
func (m *maker) logGroups() {
	for i := range m.scenario.Groups {
		g := &m.scenario.Groups[i]
		p := m.places[g.In]
		p.Groups = append(p.Groups, app.LogGroup{
			Scope: p.Scope, Name: g.Name, Retention: g.Retention, Class: cmp.Or(g.Class, "STANDARD"), Created: m.anchor().Add(g.Created),
			ARN: "arn:aws:logs:" + p.Scope.Region + ":" + p.Scope.Account + ":log-group:" + g.Name + ":*",
		})
		if len(g.Lines) > 0 {
			m.chatter(p, g)
		}
	}
}

// chatter logs a group's own lines.
func (m *maker) chatter(p *Place, g *Group) {
	d := newDice(m.world.Seed, "group", p.Scope.String(), g.Name)
	t := &trip{dice: d, m: m, place: p}
	weights := make([]float64, len(g.Lines))
	for _, at := range m.moments(d, m.scaled(g.Count), g.Follows) {
		sum := 0.0
		for i, l := range g.Lines {
			sum += l.Weight * m.rhythm.at(at, l.Times...)
			weights[i] = sum
		}
		t.batch, t.logged, t.ip, t.order = d.Uint64(), 0, d.address(), d.IntN(900_000)+100_000
		f := frame{group: g.Name, stream: m.stream(p, g.Name, at, d.IntN(instances)), started: at, now: at}
		t.log(f, g.Lines[find(weights, d.Float64()*sum)].Text)
	}
}

// stream returns the name of the log stream that an instance writes to.
func (m *maker) stream(p *Place, group string, at time.Time, instance int) string {
	for _, g := range m.scenario.Groups {
		if g.Name == group && len(g.Streams) > 0 && m.places[g.In] == p {
			return g.Streams[instance%len(g.Streams)]
		}
	}
	const life = 3 * time.Hour // of a container
	day := at.Truncate(life)
	d := newDice(m.world.Seed, "stream", p.Scope.String(), group, day.String(), strconv.Itoa(instance))
	return day.Format("2006/01/02/") + "[$LATEST]" + d.hex(32)
}

// begin logs what a step says when it starts.
func (t *trip) begin(s *Step, me *frame) {
	if s.Origin == lambdaFunction && me.group != "" {
		t.write(*me, "START RequestId: "+me.request+" Version: $LATEST\n")
	}
	t.lines(s, *me, "start")
}

// finish logs what a step says when it ends, and tells the trail if the call is a management event.
func (t *trip) finish(s *Step, me *frame, own *Failure) {
	if own != nil && own.Log != nil {
		t.log(*me, own.Log)
	}
	if me.failed == nil || me.failed.Recovers {
		t.lines(s, *me, "")
	} else {
		t.lines(s, *me, "fault")
	}
	t.lines(s, *me, "end")
	if s.Origin == lambdaFunction && me.group != "" {
		t.write(*me, "END RequestId: "+me.request+"\n")
		t.write(*me, t.report(*me))
	}
	if s.Trail != nil {
		t.m.call(t.place, t.dice, *s.Trail, me.started, me.call, func(name string) string { return t.value(*me, name) })
	}
}

func (t *trip) lines(s *Step, me frame, on string) {
	for _, l := range s.Logs {
		if l.On == on {
			t.log(me, l.Text)
		}
	}
}

// report returns the line with which Lambda closes an invocation.
func (t *trip) report(me frame) string {
	ms := me.now.Sub(me.started).Milliseconds()
	line := fmt.Sprintf("REPORT RequestId: %s\tDuration: %d.%02d ms\tBilled Duration: %d ms\tMemory Size: 512 MB\tMax Memory Used: %d MB\t",
		me.request, ms, t.IntN(100), ms+1, 140+t.IntN(60))
	if t.sampled {
		line += fmt.Sprintf("\nXRAY TraceId: %s\tSegmentId: %s\tSampled: true\t", t.id, me.span)
	}
	return line + "\n"
}

// log fills a text in and writes it.
func (t *trip) log(me frame, text Text) {
	t.write(me, text.fill(t.sampled, func(name string) string { return t.value(me, name) }))
}

// write adds an event to the frame's log group, if it has happened by the anchor.
func (t *trip) write(me frame, message string) {
	if me.group == "" || !me.now.Before(t.m.anchor()) {
		return
	}
	at := me.now.Truncate(time.Millisecond)
	t.place.Events[me.group] = append(t.place.Events[me.group], app.LogEvent{
		Scope: t.place.Scope, Group: me.group, Stream: me.stream, ID: eventID(at, t.batch, t.logged), At: at,
		Ingested: at.Add(time.Duration(150+t.IntN(2400)) * time.Millisecond), Message: message, LogFacts: app.ReadFacts(message),
	})
	t.logged++
}

// eventID returns an id as FilterLogEvents has them: 56 decimal digits that grow with time. Events of one run that fall
// on one millisecond keep their order.
func eventID(at time.Time, batch uint64, n int) string {
	return fmt.Sprintf("3%014d%020d%06d%015d", at.UnixMilli(), batch, n, (batch^uint64(n)*0x9e3779b97f4a7c15)%1e15)
}

// measureGroups sums up what the groups store: the day, as often as they keep it.
func (m *maker) measureGroups() {
	for _, p := range m.world.Places {
		for i, g := range p.Groups {
			bytes := 0
			for _, e := range p.Events[g.Name] {
				bytes += len(e.Message) + 26 // CloudWatch counts 26 bytes an event beside its message
			}
			days := g.Retention
			if days == 0 {
				days = 120
			}
			p.Groups[i].Stored = int64(bytes * days)
		}
	}
}

// value fills a placeholder.
func (t *trip) value(me frame, name string) string {
	switch name {
	case "trace":
		return string(t.id)
	case "w3c":
		return t.id.W3C()
	case "span":
		return me.span
	case "request":
		return me.request
	case "entry":
		return t.entry
	case "integration":
		return cmp.Or(t.inner, "-")
	case "call":
		return me.call
	case "retries":
		return strconv.Itoa(me.retries)
	case "status":
		return strconv.Itoa(me.status)
	case "ms":
		return strconv.FormatInt(me.now.Sub(me.started).Milliseconds(), 10)
	case "seconds":
		return strconv.FormatFloat(me.now.Sub(me.started).Seconds(), 'f', 3, 64)
	case "account":
		return t.place.Scope.Account
	case "region":
		return t.place.Scope.Region
	case "error", "exception":
		return reported(me.failed, name)
	}
	if v, ok := t.trade(name); ok {
		return v
	}
	return t.clockOrChance(me, name)
}

// reported returns the type or the message of what went wrong.
func reported(f *Failure, name string) string {
	switch {
	case f == nil || f.Exception == nil:
		return "none"
	case name == "exception":
		return f.Exception.Type
	}
	return f.Exception.Message
}

// agents are the user agents of customers.
var agents = [...]string{
	"Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.1 Mobile/15E148 Safari/604.1",
	"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
	"Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
	"ShopApp/7.14.2 (Android 16; Pixel 9)",
}

// trade fills what concerns the shop; within one run it stays the same.
func (t *trip) trade(name string) (string, bool) {
	n := t.order
	switch name {
	case "order":
		return fmt.Sprintf("ord-%07d", n), true
	case "customer":
		return fmt.Sprintf("cus-%05d", n%40_000), true
	case "cart":
		return fmt.Sprintf("cart-%06x", n), true
	case "sku":
		return fmt.Sprintf("SKU-%04d", n%4_000), true
	case "items":
		return strconv.Itoa(1 + n%7), true
	case "amount":
		return strconv.FormatFloat(float64(500+n%24_000)/100, 'f', -1, 64), true
	case "ip":
		return t.ip, true
	case "agent":
		return agents[n%len(agents)], true
	}
	return "", false
}

// clockOrChance fills times, and what differs each time.
func (t *trip) clockOrChance(me frame, name string) string {
	switch name {
	case "time":
		return me.now.Format("2006-01-02T15:04:05.000Z")
	case "javatime":
		return me.now.Format("2006-01-02 15:04:05,000")
	case "pgtime":
		return me.now.Format("2006-01-02 15:04:05 UTC")
	case "date":
		return me.now.Format("2006-01-02")
	case "epoch":
		return strconv.FormatInt(me.now.UnixMilli(), 10)
	case "pid":
		return strconv.Itoa(400 + t.IntN(29_000))
	case "port":
		return strconv.Itoa(32_768 + t.IntN(28_000))
	case "hex":
		return t.hex(8)
	case "uuid":
		return t.uuid()
	case "number":
		return strconv.Itoa(1 + t.IntN(999))
	case "thread":
		return strconv.Itoa(me.thread)
	case "memory":
		return strconv.Itoa(180 + t.IntN(240))
	}
	return ""
}

// embed logs the events in the embedded metric format that published a set of metrics: one a minute, with the very
// values (CloudWatch user guide, "Specification: Embedded metric format").
func (m *maker) embed(p *Place, set MetricSet, metrics []Recorded) {
	d := newDice(m.world.Seed, "embed", p.Scope.String(), set.Log)
	t := &trip{dice: d, m: m, place: p}
	for minute := m.world.Range.From.Truncate(time.Minute); minute.Before(m.anchor()); minute = minute.Add(time.Minute) {
		message := map[string]any{"level": "INFO", "service": path.Base(set.Log)}
		var definitions []any
		for _, r := range metrics {
			s, ok := r.sample(minute)
			if !ok {
				continue
			}
			definitions = append(definitions, map[string]any{"Name": r.Metric.Name, "Unit": r.Unit})
			message[r.Metric.Name] = s.Values
			if len(s.Values) == 1 {
				message[r.Metric.Name] = s.Values[0]
			}
		}
		if definitions == nil {
			continue
		}
		at := minute.Add(time.Duration(d.IntN(60_000)) * time.Millisecond)
		var names []string
		for _, dim := range metrics[0].Metric.Dimensions {
			names = append(names, dim.Name)
			message[dim.Name] = dim.Value
		}
		message["_aws"] = map[string]any{"Timestamp": at.UnixMilli(), "CloudWatchMetrics": []any{
			map[string]any{"Namespace": set.Namespace, "Dimensions": [][]string{names}, "Metrics": definitions},
		}}
		t.batch, t.logged = d.Uint64(), 0
		t.write(frame{group: set.Log, stream: m.stream(p, set.Log, at, 0), now: at}, strings.TrimSpace(mustJSON(message)))
	}
}

// sample returns what was recorded in a minute.
func (r Recorded) sample(minute time.Time) (Sample, bool) {
	i, ok := slices.BinarySearchFunc(r.Samples, minute, func(s Sample, at time.Time) int { return s.At.Compare(at) })
	if !ok {
		return Sample{}, false
	}
	return r.Samples[i], true
}
