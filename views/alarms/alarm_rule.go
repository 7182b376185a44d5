package alarms

import (
	"fmt"

	"github.com/nephograph/nephograph/app"
)

// ruleRow is one line of a composite alarm's rule, whose tree is laid out in rows: a part that joins others, or an
// alarm.
type ruleRow struct {
	depth  int
	holds  bool   // for certain
	clear  bool   // the states of all alarms that it reads are known
	joins  string // All of, Any of, ...; "" for an alarm
	met    int    // of a part that joins: how many of those below it hold
	of     int
	alarm  string
	wanted string // of an alarm: what has to be so; "": it has to be in alarm
}

// ruleRows lays out a rule, given the states of alarms by name.
func ruleRows(rule app.AlarmRule, state func(alarm string) app.AlarmState) []ruleRow {
	l := ruleLayout{state: state}
	l.add(rule, 0)
	return l.rows
}

type ruleLayout struct {
	state func(string) app.AlarmState
	rows  []ruleRow
}

// add lays out a part with all below it and returns its row. NOT is told with what it denies, and has none of its own.
func (l *ruleLayout) add(r app.AlarmRule, depth int) ruleRow {
	not := false
	for ; r.Op == app.RuleNot; r = r.Parts[0] {
		not = !not
	}
	row := ruleRow{depth: depth, clear: true}
	if r.Op == app.RuleState {
		row.alarm, row.wanted, row.clear = r.Alarm, wanted(r.State, not), l.state(r.Alarm) != app.NotKnown
	} else {
		row.joins = joinWords(r, not)
	}
	at := len(l.rows)
	l.rows = append(l.rows, row)
	for _, p := range r.Parts {
		below := l.add(p, depth+1)
		row.clear = row.clear && below.clear
		row.of++
		if below.holds {
			row.met++
		}
	}
	row.holds = r.Holds(l.state) != not && (row.clear || !not && row.enough(r))
	l.rows[at] = row
	return row
}

// enough reports whether a part holds by what is known alone.
func (row ruleRow) enough(r app.AlarmRule) bool {
	switch r.Op {
	case app.RuleAnd:
		return row.met == row.of
	case app.RuleOr:
		return row.met > 0
	case app.RuleAtLeast:
		return row.met >= r.Least
	}
	return false
}

// joinWords says how a part joins those below it.
func joinWords(r app.AlarmRule, not bool) string {
	var yes, no string
	switch r.Op {
	case app.RuleAnd:
		yes, no = "All of", "Not all of"
	case app.RuleOr:
		yes, no = "Any of", "None of"
	case app.RuleAtLeast:
		yes, no = fmt.Sprintf("At least %d of", r.Least), fmt.Sprintf("Fewer than %d of", r.Least)
	case app.RuleTrue:
		yes, no = "Always", "Never"
	case app.RuleFalse:
		yes, no = "Never", "Always"
	}
	if not {
		return no
	}
	return yes
}

// wanted says what a rule asks of an alarm.
func wanted(s app.AlarmState, not bool) string {
	switch {
	case s == app.OK && not:
		return "is not OK"
	case s == app.OK:
		return "is OK"
	case s == app.InsufficientData && not:
		return "has sufficient data"
	case s == app.InsufficientData:
		return "has insufficient data"
	case not:
		return "is not in alarm"
	}
	return ""
}
