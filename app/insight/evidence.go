package insight

import (
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/resource"
)

// Evidence is what the cache knows around a symptom; Explain ranks it.
type Evidence struct {
	Symptom  Symptom
	Usual    app.Range // before, to compare with
	Now      app.Range // in which the cause is looked for
	Calls    CallGraph
	Traces   int // that Calls is made of
	Metrics  []MetricHistory
	Patterns []LogPattern
	Events   int              // of the logs, in Now
	Changes  []app.TrailEvent // in the hours before, oldest first
	Gaps     []Gap
}

// LogPattern is a pattern of the events of one log group.
type LogPattern struct {
	app.Scope
	Group    string
	Text     string // the template, as it is shown
	Level    app.Level
	New      bool // there was none before
	Surging  bool // it comes far more often than before
	Count    int  // of events in Now
	Before   int  // of events in Usual
	First    time.Time
	Question app.LogQuery // that finds its events
}

// Gap is something that a ranking does not know.
type Gap struct {
	Signal app.Signal
	Kind   GapKind
	Names  []string // of log groups or places; none: all that was looked at
	Range  app.Range
	N      int // of what was left out, where that is known
}

// GapKind is why something is not known.
type GapKind string

// The kinds of gap.
const (
	NotPulled GapKind = "not_pulled" // nothing of the range is cached
	InPart    GapKind = "in_part"    // some of the range is not
	Sampled   GapKind = "sampled"    // X-Ray keeps a sample of the requests only
	TooFew    GapKind = "too_few"    // there is too little before to compare with
	LeftOut   GapKind = "left_out"   // there is more than is looked at
)

// SuspectKind is what a suspect is.
type SuspectKind string

// The kinds of suspect.
const (
	ChangeSuspect  SuspectKind = "change"  // somebody changed something shortly before
	LimitSuspect   SuspectKind = "limit"   // a resource is at its limit
	ServiceSuspect SuspectKind = "service" // a service is slow or fails by itself
	MetricSuspect  SuspectKind = "metric"  // a metric broke away
	PatternSuspect SuspectKind = "pattern" // logs say something new, or far more often
)

// SuspectKinds are all of them, in the order in which a cause leads to its symptom.
var SuspectKinds = []SuspectKind{ChangeSuspect, LimitSuspect, PatternSuspect, ServiceSuspect, MetricSuspect}

// Suspect is what may have caused a symptom, with its evidence: of the pointers, the one of its kind is set.
type Suspect struct {
	Kind  SuspectKind
	Score float64   // 0 to 1, to put them in order: no probability
	At    time.Time // since when; zero for a service, of which only the window is known
	Scope app.Scope
	Name  string // of the resource or service, as a person calls it
	Near  bool   // it is what the symptom was seen on, or answers its requests

	Change  *app.TrailEvent
	Limit   *AtLimit
	Service *ServiceExcess
	Type    string   // of a service
	Calls   []string // of a service: what it calls now and did not before
	Metric  *MetricHistory
	Break   *BreakAway
	Pattern *LogPattern
	Refused bool // of a pattern: it speaks of a certificate or of credentials
	// Leads are those that it explains, as indexes into Explanation.Suspects.
	Leads []int

	id resource.Name
}

// Explanation is what is suspected of a symptom.
type Explanation struct {
	Symptom  Symptom
	Usual    app.Range
	Now      app.Range
	Suspects []Suspect // most suspect first; none: nothing stands out
	Path     []int     // of Suspects, from the cause to what is next to the symptom
	Checked  []Check
	Gaps     []Gap
}

// Check says what was looked for, and how much was looked at.
type Check struct {
	Kind   SuspectKind
	Looked int // at so many changes, metrics with a limit, services, metrics or patterns
	Found  int // that are suspected
}
