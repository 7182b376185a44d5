package terminal

import (
	"cmp"
	"context"
	"iter"
	"strings"

	"github.com/spf13/cobra"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/resource"
	"github.com/nephograph/nephograph/views/phrase"
)

type trailReader interface {
	TrailEvents(context.Context, app.TrailQuery) iter.Seq2[app.TrailEvent, error]
}

// trail is the command that lists CloudTrail events.
func (c *commandLine) trail() *cobra.Command {
	var asked app.TrailQuery
	var name string
	cmd := &cobra.Command{
		Use: "trail", Short: "Who did what: CloudTrail events", Args: cobra.NoArgs,
		Long:    `CloudTrail events; all conditions have to hold.`,
		Example: "  nephograph trail --changes --since 2h\n  nephograph trail --principal deploy --resource orders",
	}
	flags := cmd.Flags()
	flags.StringVar(&asked.Name, "name", "", "only this event `name`: UpdateTable")
	flags.StringVar(&asked.Service, "service", "", "only of this `service`: dynamodb")
	flags.StringVar(&asked.Principal, "principal", "", "only by principals with this `part` in their name")
	flags.StringVar(&name, "resource", "", "only about the resource of this `name` or ARN")
	flags.BoolVar(&asked.Changes, "changes", false, "only what changed something: writes that were not refused")
	flags.BoolVar(&asked.Failed, "failed", false, "only calls that were refused or failed")
	cmd.MarkFlagsMutuallyExclusive("changes", "failed")
	return c.reading(cmd, func(ctx context.Context, q *question, r Reader) error {
		query := asked
		query.Scopes, query.Range = q.scopes, q.within
		if name != "" {
			query.Concerning = []string{name}
		}
		return q.printTrail(ctx, r, query)
	})
}

func (q *question) printTrail(ctx context.Context, r trailReader, query app.TrailQuery) error {
	return listing[app.TrailEvent]{app.Trail, func(limit int, newest bool) iter.Seq2[app.TrailEvent, error] {
		query.Limit, query.Newest = limit, newest
		return r.TrailEvents(ctx, query)
	}, q.trailTable}.print(ctx, q)
}

func (q *question) trailTable(events []app.TrailEvent) *table {
	t := newTable(q.timeHead("TIME"), "EVENT", "WHO", "ABOUT", "RESULT", "PLACE")
	for _, e := range events {
		t.add(q.at(e.At), eventName(e), e.Principal.Name(), about(e), trailResult(e), e.Scope)
	}
	return t
}

// eventName names what was called, or of CloudTrail Insights what it saw.
func eventName(e app.TrailEvent) string {
	if i, ok := e.Insight(); ok {
		return phrase.InsightTitle(i)
	}
	return e.Service() + ":" + e.Name
}

// about names the resources of an event as the window does.
func about(e app.TrailEvent) string {
	var names []string
	for _, r := range e.Resources {
		names = append(names, cmp.Or(resource.OfTrail(r).Short, r.Name))
	}
	return cmp.Or(strings.Join(names, ", "), "-")
}

func trailResult(e app.TrailEvent) cell {
	if i, ok := e.Insight(); ok {
		return cell{phrase.InsightRates(i), yellow}
	}
	switch {
	case e.Denied():
		return cell{"denied", red}
	case e.ErrorCode != "" && e.SignIn():
		return cell{strings.TrimSuffix(e.ErrorCode+": "+e.ErrorMessage, ": "), red}
	case e.ErrorCode != "":
		return cell{e.ErrorCode, yellow}
	case e.Change():
		return cell{text: "changed"}
	case e.SignIn():
		return cell{text: "sign-in"}
	}
	return cell{"read", grey}
}
