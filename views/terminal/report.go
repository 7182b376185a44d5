package terminal

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/pull"
	"github.com/nephograph/nephograph/views/explain"
	"github.com/nephograph/nephograph/views/phrase"
)

// scopeLine is what became of a scope in a pull, as a program reads it.
type scopeLine struct {
	app.Scope
	Profile  string        `json:"profile,omitempty"` // by which this machine reaches it
	State    string        `json:"state"`             // complete, in part, stopped, denied, signed out, offline, failed
	Stopped  bool          `json:"stopped"`           // something is left unasked
	Requests int           `json:"requests"`          // answers
	New      int           `json:"new"`               // items new or changed in the cache
	Signals  []outcomeLine `json:"signals"`
	Problem  *problemLine  `json:"problem,omitempty"` // the first
}

// outcomeLine is what became of a signal in a scope.
type outcomeLine struct {
	Signal   app.Signal    `json:"signal"`
	New      int           `json:"new"`
	Kept     []app.Range   `json:"kept"`
	Stopped  bool          `json:"stopped"`
	Problems []problemLine `json:"problems,omitempty"`
	// Unreadable are fields of records that could not be read; the records are kept without them.
	Unreadable []pull.Unreadable `json:"unreadable,omitempty"`
}

type problemLine struct {
	Kind    string `json:"kind"`
	Op      string `json:"op"`
	Message string `json:"message"`
}

func lineOfProblem(e *app.Error) problemLine {
	return problemLine{e.Kind.String(), e.Op, e.Err.Error()}
}

func scopeLines(r pull.Report) []scopeLine {
	all := []scopeLine{}
	for _, s := range r.Scopes {
		line := scopeLine{Scope: s.Scope, Profile: s.Scope.Profile, State: s.State.String(),
			Stopped:  s.State == pull.Stopped,
			Requests: s.Requests, New: s.New, Signals: []outcomeLine{}}
		for _, o := range outcomesOf(r, s.Scope) {
			signal := outcomeLine{Signal: o.Signal, New: o.New, Kept: append([]app.Range{}, o.Ranges...),
				Stopped: o.Stopped, Unreadable: o.Unreadable}
			for _, p := range o.Problems {
				signal.Problems = append(signal.Problems, lineOfProblem(p))
			}
			line.Stopped = line.Stopped || o.Stopped
			line.Signals = append(line.Signals, signal)
		}
		if s.Err != nil {
			problem := lineOfProblem(s.Err)
			line.Problem = &problem
		}
		all = append(all, line)
	}
	return all
}

func outcomesOf(r pull.Report, s app.Scope) (outcomes []pull.Outcome) {
	for _, o := range r.Outcomes {
		if o.Scope == s && s.Account != "" {
			outcomes = append(outcomes, o)
		}
	}
	return outcomes
}

// printReport says what became of each scope, in a line each.
func (c *commandLine) printReport(r pull.Report, took time.Duration, spend app.Spend) error {
	if c.json {
		return printLines(c, scopeLines(r))
	}
	c.show(scopeTable(r))
	c.printProblems(r)
	c.noteUnreadable(r)
	well := 0
	for _, s := range r.Scopes {
		if s.State == pull.Complete {
			well++
		}
	}
	places := ""
	if len(r.Scopes) > 1 {
		places = fmt.Sprintf(" %s of %s places are complete.", phrase.Count(well), phrase.Count(len(r.Scopes)))
	}
	_, err := fmt.Fprintf(c.Out, "\nPulled %s items in %s.%s %s\n", phrase.Count(r.New()), phrase.Duration(took),
		places, explain.Spend(spend))
	return err
}

// scopeTable has a line for each scope, with a column for each signal that was asked anywhere.
func scopeTable(r pull.Report) *table {
	heads := []string{"PLACE"}
	var asked []app.Signal
	for _, signal := range app.Signals {
		if slices.ContainsFunc(r.Outcomes, func(o pull.Outcome) bool { return o.Signal == signal }) {
			asked = append(asked, signal)
			heads = append(heads, strings.ToUpper(string(signal))+">")
		}
	}
	t := newTable(append(heads, "REQUESTS>", "")...)
	for _, s := range r.Scopes {
		row := []any{explain.ScopeName(s.Scope)}
		outcomes := outcomesOf(r, s.Scope)
		for _, signal := range asked {
			text := "-"
			if i := slices.IndexFunc(outcomes, func(o pull.Outcome) bool { return o.Signal == signal }); i >= 0 {
				text = phrase.Count(outcomes[i].New)
			}
			row = append(row, text)
		}
		t.add(append(row, phrase.Count(s.Requests), cell{explain.Scope(s), colorOf(s.State)})...)
	}
	return t
}

func colorOf(s pull.State) string {
	switch {
	case s == pull.Complete:
		return green
	case s == pull.Stopped || !s.Ended():
		return yellow
	}
	return red
}

// everySignal stands for all that a cap stops.
const everySignal app.Signal = "*"

// isCap reports whether a cap is the cause: that is one trouble, however much it stops.
func isCap(err error) bool {
	var over *app.OverCap
	return errors.As(err, &over)
}

// problemGroup is one cause, and where it was met.
type problemGroup struct {
	signal app.Signal // "" for a scope as a whole
	cause  *cause
	scopes []app.Scope
}

// printProblems prints a report's problems: each cause once, with the places that met it.
func (c *commandLine) printProblems(r pull.Report) {
	for _, m := range groupProblems(r) {
		c.note("%s", m.where())
		c.printError(m.cause.err)
	}
}

func groupProblems(r pull.Report) (all []*problemGroup) {
	by := map[string]*problemGroup{}
	add := func(scope app.Scope, signal app.Signal, t *cause) {
		k := fmt.Sprint(signal, t.err.Kind, t.err.Op)
		if isCap(t.err) {
			k, signal = "cap", everySignal
		}
		switch t.err.Kind {
		case app.TooMuch:
			if k != "cap" {
				k += t.err.Err.Error()
			}
		case app.Denied, app.SignedOut, app.Throttled, app.Offline: // as in troubles: the remedy is one
		default:
			k += t.err.Err.Error()
		}
		if by[k] == nil {
			by[k] = &problemGroup{signal: signal, cause: t}
			all = append(all, by[k])
		}
		if !slices.Contains(by[k].scopes, scope) {
			by[k].scopes = append(by[k].scopes, scope)
		}
	}
	for _, s := range r.Scopes {
		told := slices.ContainsFunc(outcomesOf(r, s.Scope), func(o pull.Outcome) bool { return len(o.Problems) > 0 })
		if s.Err != nil && !told {
			add(s.Scope, "", &cause{err: s.Err})
		}
	}
	for _, o := range r.Outcomes {
		for _, t := range causesOf(o.Problems) {
			add(o.Scope, o.Signal, t)
		}
	}
	return all
}

// where says where a cause was met: the places, or how many; and of what.
func (m *problemGroup) where() string {
	names := make([]string, len(m.scopes))
	for i, s := range m.scopes {
		names[i] = explain.ScopeName(s)
	}
	place := strings.Join(names, " and ")
	if len(names) > namedAtMost {
		place = phrase.Count(len(names)) + " places"
	}
	switch {
	case m.signal == everySignal:
		return fmt.Sprintf("In %s:", place)
	case m.signal == "":
		return fmt.Sprintf("Cannot pull %s.", place)
	case len(names) > 1:
		return fmt.Sprintf("In %s, %s:", place, phrase.SignalItems(m.signal))
	}
	return fmt.Sprintf("In %s, %s%s:", place, phrase.SignalItems(m.signal), m.cause.where(m.signal))
}
