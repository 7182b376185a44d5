package insight

import (
	"strings"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/resource"
)

// Symptom is what is to be explained: an alarm that went off, or an instant that a person chose.
type Symptom struct {
	At    time.Time  // when it was seen
	Alarm *app.Alarm // that saw it; nil: a person chose the instant
	Fired bool       // the alarm went off at that time
	Kind  SymptomKind
	// Watched are the names of the resources on which it was seen, none if that is not known. Near are those, and all
	// by which their requests are answered.
	Watched, Near []string
}

// KindOf returns what is wrong where alarms go off, by the metrics that they watch: how long something takes, or how
// much of it fails. Where alarms differ or watch something else it is AnySymptom.
func KindOf(alarms ...app.Alarm) SymptomKind {
	kind := AnySymptom
	for _, a := range alarms {
		for _, r := range a.Readings() {
			of := kindOfMetric(r.Metric.Name)
			if of == AnySymptom || kind != AnySymptom && of != kind {
				return AnySymptom
			}
			kind = of
		}
	}
	return kind
}

// The words in names of metrics that say what they measure, as AWS's services and those of most applications have them.
var (
	slowWords = []string{"latency", "duration", "responsetime", "elapsed"}
	failWords = []string{"5xx", "4xx", "error", "fault", "fail", "availability", "success"}
)

func kindOfMetric(name string) SymptomKind {
	name = strings.ToLower(name)
	switch {
	case containsAny(name, failWords):
		return Failing
	case containsAny(name, slowWords):
		return Slow
	}
	return AnySymptom
}

func containsAny(text string, words []string) bool {
	for _, w := range words {
		if strings.Contains(text, w) {
			return true
		}
	}
	return false
}

// names says whether a name means one of some resources, and remembers what it said: a few dozen names are asked for by
// hundreds of metrics and patterns.
type names struct {
	of    []resource.Name
	known map[string]bool
}

func newNames(of []string) *names { return &names{resource.Names(of...), map[string]bool{}} }

// concern reports whether a resource is one of them, lies in one or holds one.
func (n *names) concern(name string) bool {
	is, ok := n.known[name]
	if !ok {
		is = n.concernName(resource.Read(name))
		n.known[name] = is
	}
	return is
}

func (n *names) concernName(name resource.Name) bool {
	for _, of := range n.of {
		if of.Concerns(name) {
			return true
		}
	}
	return false
}
