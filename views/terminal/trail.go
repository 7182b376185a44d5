package terminal

import (
	"cmp"
	"context"
	"iter"
	"strings"

	"github.com/spf13/cobra"

	"github.com/nephograph/nephograph/app"
)

// trail is the command that lists CloudTrail events.
func (c *console) trail() *cobra.Command {
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
	return c.reading(cmd, func(ctx context.Context, q *question) error {
		query := asked
		query.Scopes, query.Range = q.scopes, q.within
		if name != "" {
			query.Concerning = []string{name}
		}
		err := answer(ctx, q, app.Trail, func(limit int, newest bool) iter.Seq2[app.TrailEvent, error] {
			query.Limit, query.Newest = limit, newest
			return q.cache.TrailEvents(ctx, query)
		}, q.trailTable)
		if err != nil {
			return err
		}
		return q.gaps(ctx, app.Trail)
	})
}

func (q *question) trailTable(events []app.TrailEvent) *table {
	t := newTable(q.timeHead("TIME"), "EVENT", "WHO", "ABOUT", "RESULT", "PLACE")
	for _, e := range events {
		t.add(q.at(e.At), e.Service()+":"+e.Name, e.Principal.Name(), about(e), trailResult(e), e.Scope)
	}
	return t
}

// about names the resources of an event, without the part of an ARN that says where they are.
func about(e app.TrailEvent) string {
	var names []string
	for _, r := range e.Resources {
		parts := strings.SplitN(r.Name, ":", 6)
		names = append(names, parts[len(parts)-1])
	}
	return cmp.Or(strings.Join(names, ", "), "-")
}

func trailResult(e app.TrailEvent) cell {
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
