package world

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/nephograph/nephograph/app"
)

// Journey is a kind of request that goes through services over and over. Each run leaves log events; of the sampled
// ones X-Ray kept a trace too, as its sampling rules do.
type Journey struct {
	Name      string `yaml:"name"`
	In        string `yaml:"in"`
	Follows   string `yaml:"follows"`   // the curve of how dense the runs are
	Sampling  string `yaml:"sampling"`  // the curve of how dense those with a trace are, if another
	Sampled   int    `yaml:"sampled"`   // runs at scale 1 with a trace
	Unsampled int    `yaml:"unsampled"` // runs at scale 1 without
	// Begun are offsets of sampled runs that begin at these instants, whatever the scale.
	Begun []time.Duration `yaml:"begun"`
	// Links is a journey of the same place, told before, to an earlier run of which each sampled run links.
	Links   string `yaml:"links"`
	Request Step   `yaml:"request"`
}

// Step is one span of a journey: a segment (a service's part), a call out of it, or a part of its work. A step takes
// its own time, and then that of its steps, which follow each other.
type Step struct {
	Segment string `yaml:"segment"`
	Call    string `yaml:"call"`
	Part    string `yaml:"part"`

	// of a segment; of a call: the type of what is called, which gets an inferred segment
	Origin    string `yaml:"origin"`
	Infers    string `yaml:"infers"`    // name of the inferred segment
	Namespace string `yaml:"namespace"` // of a call: aws or remote
	Resource  string `yaml:"resource"`  // ARN
	Group     string `yaml:"log_group"` // where the segment logs
	User      bool   `yaml:"user"`      // the segment names its customer

	Takes  time.Duration `yaml:"takes"`
	Spread float64       `yaml:"spread"`
	Times  []string      `yaml:"times"` // curves that stretch Takes
	When   string        `yaml:"when"`  // curve of the chance that the step happens at all; empty: always
	Repeat int           `yaml:"repeat"`

	HTTP        *HTTPStory `yaml:"http"`
	SQL         *SQLStory  `yaml:"sql"`
	AWS         Object     `yaml:"aws"`
	Annotations Notes      `yaml:"annotations"`
	Metadata    Object     `yaml:"metadata"`

	Fails []Failure  `yaml:"fails"`
	Logs  []Line     `yaml:"logs"`
	Trail *TrailCall `yaml:"trail"` // the call is a management event
	Steps []Step     `yaml:"steps"`
}

// HTTPStory is the request that a step serves or makes.
type HTTPStory struct {
	Method string `yaml:"method"`
	URL    Text   `yaml:"url"`
	Client bool   `yaml:"client"` // with the address and agent of the customer
}

// SQLStory is the query that a call makes.
type SQLStory struct {
	URL      string `yaml:"url"`
	Database string `yaml:"database"`
	User     string `yaml:"user"`
	Query    string `yaml:"query"`
}

// Failure is a way for a step to fail.
type Failure struct {
	When      string        `yaml:"when"`   // curve of its share
	As        string        `yaml:"as"`     // fault, error or throttle
	Status    int           `yaml:"status"` // of the step itself
	Becomes   int           `yaml:"becomes"`
	Takes     time.Duration `yaml:"takes"` // instead of the step's own time
	Spread    float64       `yaml:"spread"`
	Recovers  bool          `yaml:"recovers"` // the caller goes on
	Exception *Thrown       `yaml:"exception"`
	Log       Text          `yaml:"log"` // in the group of the segment
	Retries   int           `yaml:"retries"`
}

// Thrown is an exception with the stack of the step, and the one that the service made of it.
type Thrown struct {
	Type    string   `yaml:"type"`
	Message string   `yaml:"message"`
	Stack   []string `yaml:"stack"`   // path:line label
	Wrapped string   `yaml:"wrapped"` // type under which the segment reports it
}

func (s Step) name() string { return cmp.Or(s.Segment, s.Call, s.Part) }

// linked is a sampled run of a journey, as a later one links to it.
type linked struct {
	id app.TraceID
	at time.Time
}

// startedBy is the key of a journey's sampled runs.
func startedBy(in, journey string) string { return in + " " + journey }

// journeys runs all journeys.
func (m *maker) journeys() {
	for _, j := range m.scenario.Journeys {
		p := m.places[j.In]
		runs := func(name string, at []time.Time, sampled bool) {
			d := newDice(m.world.Seed, name, p.Scope.String(), j.Name)
			for _, t := range at {
				m.run(p, &j, d, t, sampled)
			}
		}
		starts := func(name string, n int, curve string) []time.Time {
			return m.moments(newDice(m.world.Seed, name, p.Scope.String(), j.Name), m.scaled(n), curve)
		}
		var begun []time.Time
		for _, offset := range j.Begun {
			begun = append(begun, m.anchor().Add(offset))
		}
		runs("begun", begun, true)
		runs("sampled", starts("sampled at", j.Sampled, cmp.Or(j.Sampling, j.Follows)), true)
		slices.SortFunc(m.started[startedBy(j.In, j.Name)], func(a, b linked) int { return a.at.Compare(b.at) })
		runs("unsampled", starts("unsampled at", j.Unsampled, j.Follows), false)
	}
}

// trip is one run of a journey.
type trip struct {
	dice
	m       *maker
	place   *Place
	journey *Journey
	sampled bool
	id      app.TraceID
	spans   []app.Span
	order   int    // number of the order, cart and so on
	ip      string // of the customer
	entry   string // request id at the entry
	inner   string // request id of the latest service called
	batch   uint64 // begins the ids of the trip's log events
	logged  int    // events so far
}

// frame is where in the trip a step runs.
type frame struct {
	span, service, origin   string // of the enclosing span and segment
	group, stream, request  string
	started, now            time.Time
	call                    string // request id of the call under way
	status, retries, thread int
	failed                  *Failure
}

// run makes one run of a journey.
func (m *maker) run(p *Place, j *Journey, d dice, at time.Time, sampled bool) {
	t := &trip{dice: d, m: m, place: p, journey: j, sampled: sampled}
	t.id = app.TraceID(fmt.Sprintf("1-%08x-%s", at.Unix(), d.hex(24)))
	t.order, t.ip, t.batch = d.IntN(900_000)+100_000, d.address(), d.Uint64()
	t.entry = d.uuid()
	t.step(&j.Request, frame{request: t.entry, thread: d.IntN(8) + 1}, at)
	if sampled {
		t.keep(at)
	}
}

// outcome is how a step ended.
type outcome struct {
	end       time.Time
	failure   *Failure // nil if all went well, or the step's caller can go on
	exception string   // id of the exception
	told      bool     // the segment of whom it was thrown at has recorded it
}

// step runs one step and what follows from it. It returns when it ended, and how. A step that fails by itself does not
// come to its steps.
func (t *trip) step(s *Step, up frame, at time.Time) outcome {
	me := t.enter(s, up, at)
	took, own := t.fate(s, at)
	done := outcome{end: at.Add(took), failure: own}
	if own == nil {
		before := (took * 2 / 5).Truncate(time.Millisecond)
		done = t.inside(s, me, at.Add(before))
		done.end = done.end.Add(took - before)
	} else {
		t.begin(s, &me)
		me.retries = own.Retries
	}
	me.now, me.failed, me.status = done.end, done.failure, status(s, done.failure, own != nil)
	if t.sampled {
		t.record(s, up, me, &done, own)
	}
	t.finish(s, &me, own)
	if done.failure != nil && done.failure.Recovers {
		done.failure = nil
	}
	return done
}

// enter opens the frame of a step.
func (t *trip) enter(s *Step, up frame, at time.Time) frame {
	me := up
	me.span, me.started, me.now, me.failed, me.retries = t.hex(16), at, at, nil, 0
	if s.Call != "" {
		me.call = t.callID(s)
	}
	if s.Segment == "" {
		return me
	}
	me.service, me.origin = s.Segment, s.Origin
	if up.span != "" && !(s.Origin == lambdaFunction && up.origin == lambdaService) {
		me.request = t.uuid() // a function runs under the request id of the Lambda service
		t.inner = me.request
	}
	if s.Group != "" {
		me.group = s.Group
		me.stream = t.m.stream(t.place, s.Group, at, t.IntN(instances))
	}
	return me
}

// callID returns a request id as the called service makes them.
func (t *trip) callID(s *Step) string {
	if s.Call == "DynamoDB" {
		return t.letters(52)
	}
	return t.uuid()
}

// fate throws the dice for a step: its own time, and its failure.
func (t *trip) fate(s *Step, at time.Time) (time.Duration, *Failure) {
	own := float64(s.Takes) * t.around(s.Spread) * t.m.rhythm.at(at, s.Times...)
	var failure *Failure
	for i := range s.Fails {
		if f := &s.Fails[i]; failure == nil && t.happens(t.m.rhythm.at(at, f.When)) {
			failure = f
			if f.Takes > 0 {
				own = float64(f.Takes) * t.around(f.Spread)
			}
		}
	}
	return max(time.Millisecond, time.Duration(own).Round(time.Millisecond)), failure
}

// initialization is the part of a Lambda function's work that comes before it logs START.
const initialization = "Initialization"

// inside runs the steps of a step, one after the other, until one fails.
func (t *trip) inside(s *Step, me frame, at time.Time) outcome {
	first := 0
	if len(s.Steps) > 0 && s.Steps[0].Part == initialization {
		at, first = t.repeated(&s.Steps[0], me, at).end, 1
		me.now = at
	}
	t.begin(s, &me)
	for i := range s.Steps[first:] {
		done := t.repeated(&s.Steps[first+i], me, at)
		if at = done.end; done.failure != nil {
			return done
		}
	}
	return outcome{end: at}
}

// repeated runs a step as often as it happens.
func (t *trip) repeated(s *Step, me frame, at time.Time) outcome {
	for range max(1, s.Repeat) {
		if s.When != "" && !t.happens(t.m.rhythm.at(at, s.When)) {
			continue
		}
		done := t.step(s, me, at)
		if at = done.end; done.failure != nil {
			return done
		}
	}
	return outcome{end: at}
}

// status returns the HTTP status of a step.
func status(s *Step, f *Failure, own bool) int {
	switch {
	case f == nil:
		return 200
	case own:
		return f.Status
	case s.Origin == lambdaService && f.As == "error":
		return 200 // the function answered, if with a refusal
	default:
		return f.Becomes
	}
}
