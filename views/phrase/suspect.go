package phrase

import (
	"fmt"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/insight"
	"github.com/nephograph/nephograph/app/resource"
)

// SuspectTeller writes what is suspected of a symptom as text; window and terminal use the same words.
type SuspectTeller struct {
	Presets app.Presets
	Moment  func(time.Time) string // an instant, as short as the reader needs it
}

// suspectWords say what each kind of suspect is, and what was looked at, one and many.
var suspectWords = map[insight.SuspectKind]struct{ word, one, many string }{
	insight.ChangeSuspect:  {"change", "change in the 2 h before", "changes in the 2 h before"},
	insight.LimitSuspect:   {"limit", "metric with a limit", "metrics with a limit"},
	insight.PatternSuspect: {"logs", "log pattern that is new or surges", "log patterns that are new or surge"},
	insight.ServiceSuspect: {"service", "service", "services"},
	insight.MetricSuspect:  {"metric", "metric", "metrics"},
}

// SuspectWord is a suspect's kind in a word: change, limit, logs, service, metric.
func SuspectWord(k insight.SuspectKind) string { return suspectWords[k].word }

// Title says in short what is suspected: "UpdateTable orders", "checkout is slow by itself".
func (t SuspectTeller) Title(s insight.Suspect) string {
	switch s.Kind {
	case insight.ChangeSuspect:
		return s.Name
	case insight.LimitSuspect:
		return s.Name + " is at its limit"
	case insight.PatternSuspect:
		if s.Refused {
			return "Credentials or a certificate refused, " + resource.Short(s.Name)
		}
		return capital(changedPattern(*s.Pattern)) + " in the logs of " + resource.OfGroup(s.Name).Short
	case insight.ServiceSuspect:
		if s.Service.Kind == insight.Slow {
			return s.Name + " is slow by itself"
		}
		return s.Name + " fails by itself"
	}
	return capital(Metric(s.Metric.Metric, t.Presets)) + " of " + s.Name + " broke away"
}

// Evidence says what speaks for a suspect, as sentences.
func (t SuspectTeller) Evidence(s insight.Suspect, e insight.Explanation) string {
	switch s.Kind {
	case insight.ChangeSuspect:
		return t.change(s, e)
	case insight.LimitSuspect:
		return t.limit(s)
	case insight.PatternSuspect:
		return t.pattern(*s.Pattern)
	case insight.ServiceSuspect:
		return t.service(s)
	}
	unit := s.Metric.Unit
	return fmt.Sprintf("%s went from %s to %s at %s.", capital(Metric(s.Metric.Metric, t.Presets)),
		Amount(s.Break.Was, unit), Amount(s.Break.Is, unit), t.Moment(s.Break.At))
}

func (t SuspectTeller) change(s insight.Suspect, e insight.Explanation) string {
	text := fmt.Sprintf("By %s at %s, %s.", s.Change.Principal.Name(), t.Moment(s.At), apartFrom(s.At, e.Symptom.At))
	switch {
	case len(s.Leads) > 0:
		text += " What it changed went wrong afterwards."
	case s.Near:
		text += " It concerns what the symptom was seen on, or what that calls."
	}
	return text
}

// apartFrom says how long before or after the symptom something was.
func apartFrom(at, symptom time.Time) string {
	if at.After(symptom) {
		return Lasting(at.Sub(symptom)) + " after"
	}
	return Lasting(symptom.Sub(at)) + " before"
}

func (t SuspectTeller) limit(s insight.Suspect) string {
	what := capital(Metric(s.Metric.Metric, t.Presets))
	if s.Limit.Limit == 0 {
		return fmt.Sprintf("%s: %s since %s. Requests were refused for want of capacity.", what,
			Amount(s.Limit.Is, s.Metric.Unit), t.Moment(s.Limit.At))
	}
	return fmt.Sprintf("%s: %s of %s that are allowed, since %s.", what, Amount(s.Limit.Is, s.Metric.Unit),
		Amount(s.Limit.Limit, s.Metric.Unit), t.Moment(s.Limit.At))
}

// changedPattern says how a pattern changed: "new error", "more warnings".
func changedPattern(p insight.LogPattern) string {
	word := "events"
	switch p.Level {
	case app.LevelError:
		word = "errors"
	case app.LevelWarn:
		word = "warnings"
	}
	if p.New {
		return "new " + word
	}
	return "more " + word
}

func (t SuspectTeller) pattern(p insight.LogPattern) string {
	said := fmt.Sprintf("%s since %s, none before", Plural(int64(p.Count), "event", "events"), t.Moment(p.First))
	if !p.New {
		said = fmt.Sprintf("%s, %s in the 4 h before", Plural(int64(p.Count), "event", "events"), Count(p.Before))
	}
	return said + ": " + cutText(VisibleLine(p.Text), mostPatternText)
}

// mostPatternText is how much of a pattern is shown, in characters: what is behind it is a stack.
const mostPatternText = 160

func cutText(text string, most int) string {
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most-1]) + "…"
	}
	return text
}

func (t SuspectTeller) service(s insight.Suspect) string {
	was, is := Duration(seconds(s.Service.Was)), Duration(seconds(s.Service.Is))
	text := fmt.Sprintf("A request took %s in the mean, %s before.", is, was)
	if s.Service.Kind == insight.Failing {
		text = fmt.Sprintf("%s of its requests failed, %s before.", Share(s.Service.Is), Share(s.Service.Was))
	}
	text += " Without what it calls, it accounts for " + Share(min(s.Service.Share, 1)) + " of the symptom."
	if len(s.Calls) > 0 {
		text += " It calls " + SomeOf(s.Calls, 2) + ", which it did not before."
	}
	return text
}

func seconds(v float64) time.Duration { return time.Duration(v * float64(time.Second)) }

// SuspectPath says how a cause leads to a symptom: "UpdateTable orders → orders is at its limit → checkout-5xx".
func (t SuspectTeller) SuspectPath(e insight.Explanation) string {
	if len(e.Path) < 2 {
		return ""
	}
	text := ""
	for _, i := range e.Path {
		text += t.Title(e.Suspects[i]) + " → "
	}
	return text + SymptomName(e.Symptom, t.Moment)
}

// SymptomName is what is explained: the alarm's name, or the instant.
func SymptomName(s insight.Symptom, moment func(time.Time) string) string {
	if s.Alarm != nil {
		return s.Alarm.Name
	}
	return "what happened at " + moment(s.At)
}

// Symptom says what is explained, as a sentence.
func (t SuspectTeller) Symptom(s insight.Symptom) string {
	on := ""
	if len(s.Watched) > 0 {
		on = ", on " + SomeOf(s.Watched, 3)
	}
	switch {
	case s.Alarm != nil && s.Fired:
		return fmt.Sprintf("%s went off at %s%s.", s.Alarm.Name, t.Moment(s.At), on)
	case s.Alarm != nil:
		return fmt.Sprintf("%s is not known to have gone off; this looks at %s%s.", s.Alarm.Name, t.Moment(s.At), on)
	case s.Fired:
		return fmt.Sprintf("Alarms went off around %s%s.", t.Moment(s.At), on)
	}
	return fmt.Sprintf("No alarm is known to have gone off around %s.", t.Moment(s.At))
}

// Nothing says that nothing is suspected.
const Nothing = "Nothing stands out."

// NotFound says what was looked for and not found, a part a check; none where all was found.
func NotFound(e insight.Explanation) (parts []string) {
	for _, c := range e.Checked {
		if c.Found > 0 {
			continue
		}
		parts = append(parts, notFound(c))
	}
	return parts
}

func notFound(c insight.Check) string {
	words := suspectWords[c.Kind]
	if c.Looked == 0 {
		return nothingLooked[c.Kind]
	}
	looked := Plural(int64(c.Looked), words.one, words.many)
	switch c.Kind {
	case insight.ChangeSuspect:
		return looked + ", none of which stands out"
	case insight.LimitSuspect:
		return looked + ", none of a resource at it"
	case insight.PatternSuspect:
		return looked + ", none of them errors or warnings of what is near"
	case insight.ServiceSuspect:
		return looked + ", none slow or failing by itself"
	}
	return looked + ", none that broke away near it"
}

// nothingLooked says that there was nothing of a kind to look at.
var nothingLooked = map[insight.SuspectKind]string{
	insight.ChangeSuspect:  "no change in the 2 h before",
	insight.LimitSuspect:   "no metric whose limit is known",
	insight.PatternSuspect: "no log pattern that is new or surges",
	insight.ServiceSuspect: "no service that could be compared with before",
	insight.MetricSuspect:  "no metric",
}

// gapWords say why something is not known.
var gapWords = map[insight.GapKind]string{
	insight.NotPulled: "are not in the cache for %s",
	insight.InPart:    "are in the cache for a part of %s only",
	insight.TooFew:    "are too few in %s to say what is usual",
	insight.LeftOut:   "are more than is looked at; the oldest were left out, of %s",
}

// Unknown says what a ranking does not know.
func (t SuspectTeller) Unknown(g insight.Gap) string {
	if g.Kind == insight.Sampled {
		return fmt.Sprintf("Traces are a sample: X-Ray keeps some requests only; this looked at %s.",
			Plural(int64(g.N), "trace", "traces"))
	}
	what := capital(SignalItems(g.Signal))
	if len(g.Names) > 0 && g.N == 1 {
		what += " of " + SomeOf(g.Names, 2)
	}
	span := "the time that is looked at"
	if !g.Range.Empty() {
		span = t.Moment(g.Range.From) + " to " + t.Moment(g.Range.To)
	}
	return what + " " + fmt.Sprintf(gapWords[g.Kind], span) + "."
}

// Pulled reports whether a pull brings what is not known.
func Pulled(g insight.Gap) bool { return g.Kind == insight.NotPulled || g.Kind == insight.InPart }
