package logs

import (
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/drawer"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// invocationEvents is how many events of a request are read for the records of its invocation, which are its first and
// its last ones.
const invocationEvents = 200

// readInvocation reads the invocation that a log event belongs to; false where it belongs to none.
func readInvocation(ctx context.Context, r Reader, e app.LogEvent, within app.Range) (app.Invocation, bool, error) {
	if e.RequestID == "" {
		return app.Invocation{}, false, nil
	}
	q := app.LogQuery{Scopes: []app.Scope{e.Scope}, Groups: []string{e.Group}, Request: e.RequestID, Range: within,
		Limit: invocationEvents}
	first, err := r.SearchLogs(ctx, q)
	if err != nil {
		return app.Invocation{}, false, err
	}
	events := first.Events
	if first.Total > len(events) {
		q.Newest = true
		last, err := r.SearchLogs(ctx, q)
		if err != nil {
			return app.Invocation{}, false, err
		}
		events = append(events, last.Events...)
	}
	inv, ok := app.ReadInvocation(e.RequestID, events)
	return inv, ok, nil
}

// addInvocation adds what is known of an invocation.
func addInvocation(p *drawer.Page, inv app.Invocation) {
	p.Section("Invocation")
	if said := outcomeText(inv); said != "" {
		p.Text(said, ui.Strong.In(ui.ColorAlarm))
		p.Gap(4)
	}
	if !inv.Reported {
		p.Text("Its report is not in the cache: it is running, or the report was not pulled. How long it took is "+
			"told by "+
			"the report alone.", ui.Note)
		p.Gap(4)
	}
	for _, f := range invocationFacts(inv) {
		p.Fact(f.Name, f.Value)
	}
}

// outcomeText says what went wrong, "" for what did not.
func outcomeText(inv app.Invocation) string {
	switch inv.Outcome {
	case app.OutcomeTimeout:
		if inv.TimedOut > 0 {
			return "Timed out after " + phrase.Amount(inv.TimedOut.Seconds(), "Seconds")
		}
		return "Timed out"
	case app.OutcomeError:
		return strings.TrimSuffix("The function failed: "+inv.ErrorType, ": ")
	case app.OutcomeFailure:
		return strings.TrimSuffix("Its runtime failed: "+inv.ErrorType, ": ")
	}
	return ""
}

// invocationFacts are the figures of an invocation; what no record says is not among them.
func invocationFacts(inv app.Invocation) (facts []drawer.Setting) {
	add := func(name, value string) {
		if value != "" {
			facts = append(facts, drawer.Setting{Name: name, Value: value})
		}
	}
	if inv.Reported {
		duration := milliseconds(inv.Duration)
		if inv.Billed > 0 {
			duration += " · billed " + milliseconds(inv.Billed)
		}
		add("Duration", duration)
		if inv.Memory > 0 {
			add("Memory", phrase.Count(int64(inv.Used))+" of "+phrase.Count(int64(inv.Memory))+" MB"+memoryNote(inv))
		}
		add("Start", startText(inv))
	}
	add("Version", inv.Version)
	add("Runtime", inv.Runtime)
	return facts
}

// milliseconds writes a length as Lambda reports it, whole where it is not short.
func milliseconds(d time.Duration) string {
	if d < 10*time.Millisecond {
		return strconv.FormatFloat(float64(d.Microseconds())/1000, 'f', -1, 64) + " ms"
	}
	return phrase.Count(d.Round(time.Millisecond).Milliseconds()) + " ms"
}

// memoryNote says that a function used all memory that it has.
func memoryNote(inv app.Invocation) string {
	if inv.Used >= inv.Memory {
		return " · all of it"
	}
	return ""
}

// startText says whether the execution environment was there already.
func startText(inv app.Invocation) string {
	switch {
	case inv.Restore > 0:
		return "cold · restored in " + milliseconds(inv.Restore)
	case inv.Init > 0:
		return "cold · init " + milliseconds(inv.Init)
	}
	return "warm"
}
