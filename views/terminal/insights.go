package terminal

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/pull"
	"github.com/nephograph/nephograph/app/query/pipe"
	"github.com/nephograph/nephograph/views/phrase"
)

// InsightsAsker asks Logs Insights and keeps the answer; pull.Engine is one.
type InsightsAsker interface {
	EstimateInsights(q app.InsightsQuestion, region string, groups []app.LogGroup) pull.InsightsEstimate
	Insights(context.Context, pull.Sources, app.InsightsQuestion, []app.LogGroup) (app.InsightsResult, error)
}

// resultReader reads the answers that are kept.
type resultReader interface {
	Results(context.Context) ([]app.InsightsResult, error)
	Result(ctx context.Context, id int64) (app.InsightsResult, error)
}

var errNoResult = errors.New("no result of this number is kept")

// insightsFlags is what the command was asked for.
type insightsFlags struct {
	groups                      []string
	language, stop              string
	plan, yes, list, saved, ran bool
	open                        int64
	file                        fileFlags
}

// insights is the command that asks Logs Insights.
func (c *commandLine) insights() *cobra.Command {
	var f insightsFlags
	cmd := &cobra.Command{
		Use: "insights [QUERY]", Short: "Ask Logs Insights at AWS, price first", Args: cobra.MaximumNArgs(1),
		GroupID: "aws",
		Long: `Asks CloudWatch Logs Insights, which evaluates a query over all events of log groups, pulled or not, and
bills the bytes that it scans. What it would scan and cost is told first, and nothing runs without
--yes; the cap of the month holds. The rows are kept in the cache with their question.

Answers of more than 100,000 rows are fetched by splitting the time range, which scans the range
twice and more; without --plan each query counts against the cap. Ctrl-C stops the query at AWS.

The query is in Logs Insights QL; --language SQL and PPL pass the text on. nephograph search
evaluates the same commands over what is cached, for nothing.`,
		Example: "  nephograph insights 'stats count(*) by bin(5m)' --group /aws/lambda/checkout --since 3h --plan\n" +
			"  nephograph insights 'filter @message like /timeout/' --group /aws/lambda/checkout --since 3d --yes " +
			"--out timeouts.csv\n" +
			"  nephograph insights --list",
	}
	c.timeFlags(cmd)
	flags := cmd.Flags()
	flags.StringSliceVar(&f.groups, "group", nil, "names of the log `groups`")
	flags.StringVar(&f.language, "language", "", "of the query: CWLI (default), SQL or PPL")
	completeWith(cmd, "language", "CWLI", "SQL", "PPL")
	flags.BoolVar(&f.plan, "plan", false, "only say what it would scan and cost")
	flags.BoolVarP(&f.yes, "yes", "y", false, "run it at that price")
	f.file.add(cmd)
	flags.BoolVar(&f.list, "list", false, "list the answers that are kept in the cache")
	flags.Int64Var(&f.open, "open", 0, "print the kept answer of this `number` again")
	flags.BoolVar(&f.ran, "ran", false, "list the queries that ran or run at AWS, whoever started them")
	flags.BoolVar(&f.saved, "saved", false, "list the queries that the team has saved at AWS")
	flags.StringVar(&f.stop, "stop", "", "stop the query of this `id`, which --ran lists")
	flags.IntVar(&c.limit, "limit", defaultLimit, "show the first `rows`; 0 shows all, as --json does")
	cmd.MarkFlagsMutuallyExclusive("list", "open", "ran", "saved", "stop", "plan", "yes")
	cmd.RunE = c.run(func(ctx context.Context, args []string) error {
		if err := f.file.read(c); err != nil {
			return err
		}
		switch {
		case f.list, f.open != 0:
			return c.withCache(ctx, func(r Reader) error { return c.keptResults(ctx, r, f) })
		case f.ran, f.saved, f.stop != "":
			return c.withInsights(ctx, func(_ *Store, from []pull.Sources) error { return c.atAWS(ctx, from, f) })
		case len(args) == 0:
			return fmt.Errorf("%w: insights takes a query, or --list, --open, --ran, --saved or --stop", errUsage)
		}
		q, err := c.insightsQuestion(args[0], f)
		if err != nil {
			return fmt.Errorf("%w: %w", errUsage, err)
		}
		return c.withInsights(ctx, func(s *Store, from []pull.Sources) error { return c.ask(ctx, s, from, q, f) })
	})
	return cmd
}

// insightsQuestion reads the arguments of a query. What of Logs Insights QL is wrong is told before AWS is asked.
func (c *commandLine) insightsQuestion(text string, f insightsFlags) (q app.InsightsQuestion, err error) {
	q = app.InsightsQuestion{Text: text, Groups: f.groups, Language: app.QueryLanguage(strings.ToUpper(f.language))}
	if q.Range, err = c.times.read(c.deps.Now(), c.zone()); err != nil {
		return q, err
	}
	var wrong *pipe.Error
	switch q.Language {
	case "", app.LogsInsightsQL:
		if _, err := pipe.Parse(text); errors.As(err, &wrong) && !wrong.AWS {
			c.note("This may not be a valid query: %v. AWS accepts more than Nephograph reads, so it is sent as it is.",
				pointed(text, err))
		}
	case app.OpenSearchSQL, app.OpenSearchPPL:
	default:
		return q, fmt.Errorf("--language is CWLI, SQL or PPL, not %q", f.language)
	}
	switch {
	case len(q.Groups) == 0 && q.Language != app.OpenSearchSQL:
		return q, errors.New("--group is missing: which log groups are asked; nephograph groups lists them")
	case len(q.Groups) > app.InsightsGroups:
		return q, fmt.Errorf("a query has at most %d log groups", app.InsightsGroups)
	}
	return q, nil
}

// withInsights opens the cache and reaches the places for f.
func (c *commandLine) withInsights(ctx context.Context, f func(*Store, []pull.Sources) error) error {
	return c.withWritable(ctx, func(s *Store) error {
		places, err := s.Connect(ctx, c.places())
		if err != nil {
			return err
		}
		reached := s.Pull.Reach(ctx, pull.Want{Places: places}, nil)
		var from []pull.Sources
		for i, status := range reached.Scopes {
			if sources, ok := places[i].Reached(); ok {
				from = append(from, sources)
			} else {
				c.printError(whyNot(status))
			}
		}
		if len(from) == 0 {
			return errors.Join(ctx.Err(), errReported)
		}
		return f(s, from)
	})
}

// ask says what a query would cost in each place that has its groups, and runs it there.
func (c *commandLine) ask(ctx context.Context, s *Store, from []pull.Sources, q app.InsightsQuestion,
	f insightsFlags) error {
	ran := false
	for _, at := range from {
		groups, err := s.LogGroups(ctx, []app.Scope{at.Scope})
		if err != nil {
			return err
		}
		if len(from) > 1 && !holdsAll(groups, q.Groups) {
			continue
		}
		ran = true
		c.noteEstimate(s.Insights.EstimateInsights(q, at.Scope.Region, groups), at.Scope)
		switch {
		case f.plan:
		case !f.yes:
			c.note("Nothing was asked: --yes runs it.")
		default:
			if err := c.runInsights(ctx, s, at, q, groups, f); err != nil {
				return err
			}
		}
	}
	if !ran {
		return &app.Error{Kind: app.NotFound, Op: "logs:StartQuery",
			Err: errors.New("the cache knows of no place that has these log groups; name one with --profile and " +
				"--region")}
	}
	return nil
}

// holdsAll reports whether groups of all the names are there.
func holdsAll(groups []app.LogGroup, names []string) bool {
	for _, name := range names {
		if !slices.ContainsFunc(groups, func(g app.LogGroup) bool { return g.Name == name }) {
			return false
		}
	}
	return true
}

// noteEstimate says what a query would scan and cost.
func (c *commandLine) noteEstimate(e pull.InsightsEstimate, at app.Scope) {
	if len(e.Unknown) > 0 {
		c.note("How much %s holds is not known here: nephograph pull --signal logs lists log groups. AWS bills "+
			"$0.005 a "+
			"GB in most Regions.", strings.Join(e.Unknown, ", "))
	}
	if e.Most > 0 {
		c.note("%s: about %s of %s stored to scan, %s. That supposes that events came evenly.", at,
			phrase.Bytes(e.Bytes), phrase.Bytes(e.Most), e.Cost)
	}
}

// runInsights runs a query and prints its rows, which are in the cache by then.
func (c *commandLine) runInsights(ctx context.Context, s *Store, at pull.Sources, q app.InsightsQuestion,
	groups []app.LogGroup, f insightsFlags) error {
	if isTerminal(c.Err) && !c.json && !c.dumb() {
		c.progressShown.Store(true)
		q.Tell = func(p app.InsightsProgress) {
			fmt.Fprintf(below(c.Err), "%s%s: %s scanned, %s", clearLine, phrase.Visible(p.Status),
				phrase.Bytes(p.Scanned),
				phrase.Plural(int64(p.Rows), "row", "rows"))
		}
	}
	result, failed := s.Insights.Insights(ctx, at, q, groups)
	if c.progressShown.Swap(false) {
		fmt.Fprint(below(c.Err), clearLine)
	}
	if result.ID == 0 {
		return failed
	}
	kept, err := s.Result(context.WithoutCancel(ctx), result.ID)
	if err == nil {
		err = c.printResult(kept, f)
	}
	return errors.Join(failed, err)
}

// printResult prints an answer and what it did cost.
func (c *commandLine) printResult(r app.InsightsResult, f insightsFlags) error {
	if err := c.showResult(pipe.TableOf(r), f.file); err != nil {
		return err
	}
	c.note("%s of %s; %s scanned, %s. Kept as number %d: nephograph insights --open %d shows it again.",
		phrase.Plural(int64(r.Count), "row", "rows"), r.Scope, phrase.Bytes(r.Scanned), r.Cost, r.ID, r.ID)
	return nil
}

// keptResults lists the answers that are kept, or prints one.
func (c *commandLine) keptResults(ctx context.Context, r resultReader, f insightsFlags) error {
	if f.open != 0 {
		result, err := r.Result(ctx, f.open)
		if err != nil {
			return err
		}
		return c.printResult(result, f)
	}
	results, err := r.Results(ctx)
	if err != nil {
		return err
	}
	if c.json {
		return printLines(c, results)
	}
	t := newTable("NUMBER>", c.timeHead("ASKED"), "PLACE", "ROWS>", "SCANNED>", "COST>", "WINDOW", "QUERY")
	for _, one := range results {
		t.add(strconv.FormatInt(one.ID, 10), c.at(one.At), one.Scope, phrase.Count(one.Count),
			phrase.Bytes(one.Scanned),
			one.Cost, c.at(one.Range.From)+" "+phrase.Window(one.Range.Length()), oneLine(one.Text))
	}
	c.show(t)
	if len(results) == 0 {
		c.note("No answers of Logs Insights are kept.")
	}
	return nil
}

// oneLine writes a query on one line.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// atAWS lists queries at AWS, or stops one.
func (c *commandLine) atAWS(ctx context.Context, from []pull.Sources, f insightsFlags) error {
	if f.stop != "" {
		return c.stopQuery(ctx, from, f.stop)
	}
	if f.saved {
		t := newTable("NAME", "LANGUAGE", "PLACE", "GROUPS", "QUERY")
		return listAll(ctx, c, from, app.QueryDefinitionsQuestion{},
			func(s pull.Sources) app.Source[app.QueryDefinitionsQuestion, app.QueryDefinition] {
				return s.QueryDefinitions
			}, t,
			func(d app.QueryDefinition) {
				t.add(d.Name, d.Language, d.Scope, strings.Join(d.Groups, ", "), oneLine(d.Text))
			})
	}
	t := newTable(c.timeHead("STARTED"), "STATUS", "SCANNED>", "BY", "PLACE", "ID", "QUERY")
	return listAll(ctx, c, from, app.QueriesQuestion{},
		func(s pull.Sources) app.Source[app.QueriesQuestion, app.InsightsQuery] { return s.Queries }, t,
		func(q app.InsightsQuery) {
			t.add(c.at(q.Created), q.Status, phrase.Bytes(q.Scanned), q.By[strings.LastIndexByte(q.By, '/')+1:],
				q.Scope, q.ID,
				oneLine(q.Text))
		})
}

// listAll prints what a source lists in each place.
func listAll[Q, T any](ctx context.Context, c *commandLine, from []pull.Sources, question Q,
	of func(pull.Sources) app.Source[Q, T], t *table, add func(T)) error {
	var all []T
	for _, at := range from {
		source := of(at)
		if source == nil {
			continue
		}
		for page, err := range source(ctx, question) {
			if err != nil {
				return err
			}
			all = append(all, page.Items...)
		}
	}
	if c.json {
		return printLines(c, all)
	}
	for _, one := range first(all, c.rows()) {
		add(one)
	}
	c.show(t)
	c.noteCut(len(t.rows), len(all))
	return nil
}

// stopQuery stops a query in the place that knows it.
func (c *commandLine) stopQuery(ctx context.Context, from []pull.Sources, id string) error {
	var failed error
	for _, at := range from {
		if at.StopQuery == nil {
			continue
		}
		if failed = at.StopQuery(ctx, id); failed == nil {
			c.note("The query %s does not run any more.", id)
			return nil
		}
		if app.KindOf(failed) != app.NotFound {
			return failed
		}
	}
	return failed
}
