package world

import (
	"cmp"
	"fmt"
	"strconv"
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
			Scope: p.Scope, Name: g.Name, Retention: g.Retention, Class: cmp.Or(g.Class, "STANDARD"),
			Created: m.anchor().Add(g.Created),
			ARN:     "arn:aws:logs:" + p.Scope.Region + ":" + p.Scope.Account + ":log-group:" + g.Name + ":*",
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
	line := fmt.Sprintf("REPORT RequestId: %s\tDuration: %d.%02d ms\tBilled Duration: %d ms\tMemory Size: 512 "+
		"MB\tMax Memory Used: %d MB\t",
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
		Ingested: at.Add(time.Duration(150+t.IntN(2400)) * time.Millisecond), Message: message,
		LogFacts: app.ReadFacts(message),
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
