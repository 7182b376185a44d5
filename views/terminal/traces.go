package terminal

import (
	"context"
	"iter"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/phrase"
)

type traceReader interface {
	Traces(context.Context, app.TraceQuery) iter.Seq2[app.Trace, error]
}

// traces is the command that lists traces, or shows one with its spans.
func (c *commandLine) traces() *cobra.Command {
	var faults, failed bool
	var slower time.Duration
	var service string
	cmd := &cobra.Command{
		Use: "traces [ID]", Short: "Traces, or one trace with its spans", Args: cobra.MaximumNArgs(1),
		Long: `Traces, or one trace with its spans. An id in X-Ray or W3C form is looked for in all of the cache,
unless a time is given.`,
		Example: "  nephograph traces --faults --slower 2s --service checkout\n" +
			"  nephograph traces 1-5fad4cc9-70259536495de84a2a6282cd",
	}
	flags := cmd.Flags()
	flags.BoolVar(&faults, "faults", false, "only with a fault (5xx): the service failed")
	flags.BoolVar(&failed, "failed", false, "only with a fault, an error (4xx) or a throttle (429)")
	flags.Var(lengthFlag{&slower}, "slower", "only with a response slower than this `length` of time: 500ms, 2s")
	flags.StringVar(&service, "service", "", "only where this `service` takes part")
	return c.reading(cmd, func(ctx context.Context, q *question, r Reader) error {
		query := app.TraceQuery{Scopes: q.scopes, Range: q.within, Resources: []string{service}, Faults: faults,
			Failed: failed, Slower: slower, Spans: q.json}
		if len(q.args) == 1 {
			return q.oneTrace(ctx, r, query)
		}
		return q.printTraces(ctx, r, query)
	})
}

func (q *question) printTraces(ctx context.Context, r traceReader, query app.TraceQuery) error {
	return listing[app.Trace]{app.Traces, func(limit int, newest bool) iter.Seq2[app.Trace, error] {
		query.Limit, query.Newest = limit, newest
		return r.Traces(ctx, query)
	}, q.traceTable}.print(ctx, q)
}

func (q *question) traceTable(traces []app.Trace) *table {
	t := newTable(q.timeHead("TIME"), "TRACE", "RESPONSE>", "STATUS", "ENTRY", "REQUEST", "PLACE")
	for _, r := range traces {
		t.add(q.at(r.Start), r.ID, phrase.Duration(r.Response), statusCell(r), r.Entry,
			strings.TrimSpace(r.Method+" "+r.URL), r.Scope)
	}
	return t
}

// statusCell shows how a trace ended: the HTTP status and the worst that happened on the way.
func statusCell(r app.Trace) cell {
	status := cell{text: "ok", color: green}
	switch {
	case r.Fault:
		status = cell{text: "fault", color: red}
	case r.Throttle:
		status = cell{text: "throttled", color: yellow}
	case r.Error:
		status = cell{text: "error", color: yellow}
	}
	if r.Status != 0 {
		status.text = strconv.Itoa(r.Status) + " " + status.text
	}
	return status
}
