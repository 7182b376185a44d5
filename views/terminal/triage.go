package terminal

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/insight"
	"github.com/nephograph/nephograph/views/phrase"
)

// triage is the command that ranks trail events by what they did.
func (c *commandLine) triage() *cobra.Command {
	var asked app.TrailQuery
	var name string
	cmd := &cobra.Command{
		Use: "triage", Short: "CloudTrail events that most deserve a look", Args: cobra.NoArgs,
		Long: `What the CloudTrail events of the range did, what matters most first: logging or detection weakened,
data shared outside the account, something opened to the internet, new credentials or permissions,
secrets read in bulk, credentials of an instance used elsewhere, code or commands run, data
deleted, sign-ins without MFA, many different calls denied, many kinds of resources listed.

Calls by one principal from one address with one effect are one line. What failed is a notch lower,
what infrastructure as code and AWS services do is far lower, and what was undone is said with how
long it was open. It is an order to look at things in, not a verdict.`,
		Example: "  nephograph triage --since 7d\n  nephograph triage --principal ada --json",
	}
	flags := cmd.Flags()
	flags.StringVar(&asked.Principal, "principal", "", "only by principals with this `part` in their name")
	flags.StringVar(&name, "resource", "", "only about the resource of this `name` or ARN")
	c.reading(cmd, func(ctx context.Context, q *question, r Reader) error {
		query := asked
		query.Scopes, query.Range = q.scopes, q.within
		if name != "" {
			query.Concerning = []string{name}
		}
		return q.printTriage(ctx, r, query)
	})
	cmd.Flags().Lookup("limit").Usage = "show the heaviest `findings`; 0 shows all, as --json does"
	return cmd
}

// printTriage reads the events of a query and prints what they did.
func (q *question) printTriage(ctx context.Context, r trailReader, query app.TrailQuery) error {
	var events []app.TrailEvent
	for e, err := range r.TrailEvents(ctx, query) {
		if err != nil {
			return err
		}
		events = append(events, e)
	}
	found := insight.Triage(events)
	shown := found
	if limit := q.rows(); limit > 0 {
		shown = found[:min(limit, len(found))]
	}
	if q.json {
		if err := printLines(q.commandLine, triageLines(shown)); err != nil {
			return err
		}
		return q.noteGaps(ctx, app.Trail)
	}
	q.show(q.triageTable(shown))
	switch {
	case len(events) == 0:
		if err := q.noteNothing(ctx, app.Trail); err != nil {
			return err
		}
	case len(found) == 0:
		q.note("Nothing stands out in %s.", phrase.Plural(len(events), "event", "events"))
	default:
		q.noteCut(len(shown), len(found))
	}
	return q.noteGaps(ctx, app.Trail)
}

func (q *question) triageTable(findings []insight.Finding) *table {
	t := newTable(q.timeHead("TIME"), "FINDING", "EVENTS>", "CALLS", "WHO", "WHY")
	for _, f := range findings {
		color := yellow
		if f.Heavy() {
			color = red
		}
		t.add(q.at(f.From()), cell{phrase.TriageTitle(f), color}, phrase.Count(len(f.Events)), phrase.TriageCalls(f),
			f.Events[0].Principal.Name(), phrase.TriageReasons(f))
	}
	return t
}

// triageLine is a finding as a program reads it.
type triageLine struct {
	Effect    insight.Effect `json:"effect"`
	Weight    int            `json:"weight"` // 1 to 100
	Title     string         `json:"title"`
	From      time.Time      `json:"from"`
	To        time.Time      `json:"to"` // of the last event
	Principal app.Principal  `json:"principal"`
	SourceIP  string         `json:"source_ip,omitempty"`
	UserAgent string         `json:"user_agent,omitempty"`
	Things    int            `json:"things"` // different things that were read, changed or tried
	Outside   []string       `json:"outside,omitempty"`
	Failed    bool           `json:"failed"`
	First     bool           `json:"first"`
	Routine   bool           `json:"routine"`
	Undone    *time.Time     `json:"undone,omitempty"`
	Events    []eventLine    `json:"events"`
}

// eventLine names an event of a finding; nephograph trail has the whole of it.
type eventLine struct {
	app.Scope
	ID   string    `json:"id"`
	At   time.Time `json:"at"`
	Name string    `json:"name"`
}

func triageLines(findings []insight.Finding) (lines []triageLine) {
	for _, f := range findings {
		first := f.Events[0]
		line := triageLine{Effect: f.Effect, Weight: f.Weight, Title: phrase.TriageTitle(f), From: f.From(),
			To: f.Events[len(f.Events)-1].At, Principal: first.Principal, SourceIP: first.SourceIP,
			UserAgent: first.UserAgent, Things: f.Things, Outside: f.Outside, Failed: f.Failed, First: f.First,
			Routine: f.Routine}
		if !f.Undone.IsZero() {
			line.Undone = &f.Undone
		}
		for _, e := range f.Events {
			line.Events = append(line.Events, eventLine{e.Scope, e.ID, e.At, e.Name})
		}
		lines = append(lines, line)
	}
	return lines
}
