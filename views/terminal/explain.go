package terminal

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/insight"
	"github.com/nephograph/nephograph/app/related"
	"github.com/nephograph/nephograph/views/phrase"
)

// explainReader is what explaining asks of the cache.
type explainReader interface {
	related.EvidenceReader
}

// explain is the command that ranks what may have caused an alarm, or what happened at an instant.
func (c *commandLine) explain() *cobra.Command {
	var at string
	cmd := &cobra.Command{
		Use: "explain ALARM|TIME", Short: "What most likely caused an alarm, or what happened at an instant",
		Args: cobra.ExactArgs(1),
		Long: `Ranks what may have caused an alarm when it last went off, or what happened at an instant, from the
cache alone: changes shortly before, resources at their limit, services that are slow or fail by
themselves and not for what they call, metrics that broke away, and log patterns that are new or
surge. The hour before is compared with the four hours before that. It is evidence and no verdict:
what was looked for and not found is listed, and what the cache does not know. Where nothing stands
out it says so.`,
		Example: "  nephograph explain checkout-5xx\n  nephograph explain \"14:20\"\n" +
			"  nephograph explain checkout-5xx --at \"yesterday 14:20\" --json",
	}
	cmd.Flags().StringVar(&at, "at", "", "when the alarm last went off before this `time` (default now)")
	cmd.Flags().StringSliceVar(&c.accounts, "account", nil, "account `numbers`")
	cmd.GroupID = "read"
	cmd.ValidArgsFunction = c.completeAlarms
	cmd.RunE = c.run(func(ctx context.Context, args []string) error {
		return c.withCache(ctx, func(r Reader) error { return c.explainOne(ctx, r, args[0], at) })
	})
	return cmd
}

// completeAlarms lets a shell complete the names of alarms.
func (c *commandLine) completeAlarms(
	cmd *cobra.Command, args []string, _ string,
) (names []string, _ cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	err := c.withCache(cmd.Context(), func(r Reader) error {
		alarms, err := r.Alarms(cmd.Context(), app.AlarmQuery{})
		for _, a := range alarms {
			if !slices.Contains(names, a.Name) {
				names = append(names, a.Name)
			}
		}
		return err
	})
	if err != nil {
		return nil, cobra.ShellCompDirectiveError
	}
	return names, cobra.ShellCompDirectiveNoFileComp
}

// explainOne explains what an argument names.
func (c *commandLine) explainOne(ctx context.Context, r Reader, arg, at string) error {
	q := related.SymptomQuestion{Now: c.deps.Now(), Presets: c.deps.Presets}
	var err error
	if q.Scopes, err = c.scopes(ctx, r); err != nil {
		return err
	}
	if at != "" {
		if q.At, err = phrase.ParseTime(at, c.deps.Now(), c.zone()); err != nil {
			return fmt.Errorf("%w: --at %q: %w", errUsage, at, err)
		}
	}
	if q.Alarm, err = alarmNamed(ctx, r, q.Scopes, arg); err != nil {
		return err
	}
	if q.Alarm == nil {
		if at != "" {
			return noSuchAlarm(arg)
		}
		if q.At, err = phrase.ParseTime(arg, c.deps.Now(), c.zone()); err != nil {
			return noSuchAlarm(arg)
		}
	}
	e, err := related.Explain(ctx, r, q)
	if err != nil {
		return err
	}
	if c.json {
		return printLines(c, []explanationLine{c.explanationLine(e)})
	}
	c.showExplanation(e)
	return nil
}

// noSuchAlarm says that an argument is neither an alarm of the cache nor a time.
func noSuchAlarm(arg string) error {
	return &app.Error{Kind: app.NotFound, Op: "explain", Err: fmt.Errorf("%q is no alarm that the cache knows, and no "+
		"time; nephograph alarms lists the alarms", arg)}
}

// alarmNamed returns the alarm of a name or an ARN, nil for none. Of several places it is the one that is in alarm.
func alarmNamed(ctx context.Context, r alarmReader, scopes []app.Scope, name string) (*app.Alarm, error) {
	all, err := r.Alarms(ctx, app.AlarmQuery{Scopes: scopes, Gone: true})
	if err != nil {
		return nil, err
	}
	var found *app.Alarm
	for i, a := range all {
		if (a.Name == name || a.ARN == name) && (found == nil || !found.Alarming() && a.Alarming()) {
			found = &all[i]
		}
	}
	return found, nil
}

// teller writes suspects in the zone of the command.
func (c *commandLine) teller() phrase.SuspectTeller {
	now := c.deps.Now()
	return phrase.SuspectTeller{Presets: c.deps.Presets,
		Moment: func(t time.Time) string { return phrase.Moment(t, now, c.zone()) }}
}

// showExplanation prints the suspects as a table, with what was not found and what is not known below it.
func (c *commandLine) showExplanation(e insight.Explanation) {
	tell := c.teller()
	var b strings.Builder
	b.WriteString(tell.Symptom(e.Symptom) + "\n")
	if len(e.Suspects) == 0 {
		b.WriteString("\n" + phrase.Nothing + "\n")
	}
	for i, s := range e.Suspects {
		fmt.Fprintf(&b, "\n%2d  %s  (%s, %s)\n    %s\n", i+1, c.strong(tell.Title(s)), phrase.SuspectWord(s.Kind),
			s.Scope, tell.Evidence(s, e))
	}
	if path := tell.SuspectPath(e); path != "" {
		b.WriteString("\nThe path: " + path + "\n")
	}
	if parts := phrase.NotFound(e); len(parts) > 0 {
		b.WriteString("\nLooked for and not found:\n")
		for _, p := range parts {
			b.WriteString("  " + p + "\n")
		}
	}
	fmt.Fprint(c.Out, b.String())
	pulls := false
	for _, g := range e.Gaps {
		c.note("%s", tell.Unknown(g))
		pulls = pulls || phrase.Pulled(g)
	}
	if pulls {
		c.note("nephograph pull --since %s brings what is missing; --plan says what that costs.",
			fmt.Sprintf("%dh", int(c.deps.Now().Sub(e.Usual.From).Hours())+1))
	}
}

// strong makes a title stand out where the terminal can.
func (c *commandLine) strong(text string) string {
	text = phrase.VisibleLine(text)
	if c.colored() {
		return paint(text, "1")
	}
	return text
}

// explanationLine is an explanation as a program reads it.
type explanationLine struct {
	Alarm    string              `json:"alarm,omitempty"`
	At       time.Time           `json:"at"`
	Fired    bool                `json:"fired"` // an alarm went off
	Symptom  insight.SymptomKind `json:"symptom,omitempty"`
	Watched  []string            `json:"watched,omitempty"`
	Now      app.Range           `json:"looked_at"`
	Usual    app.Range           `json:"compared_with"`
	Suspects []suspectLine       `json:"suspects"`
	Path     []int               `json:"path,omitempty"` // ranks of suspects
	Checked  []checkLine         `json:"checked"`
	Unknown  []gapLine           `json:"unknown"`
}

type suspectLine struct {
	Rank     int                 `json:"rank"`
	Kind     insight.SuspectKind `json:"kind"`
	Score    float64             `json:"score"` // 0 to 1, to put them in order: no probability
	Title    string              `json:"title"`
	Evidence string              `json:"evidence"`
	Name     string              `json:"name"`
	Account  string              `json:"account"`
	Region   string              `json:"region"`
	At       *time.Time          `json:"at,omitempty"`
	Event    string              `json:"event,omitempty"`  // id of the trail event
	Metric   string              `json:"metric,omitempty"` // key of the reading
	Group    string              `json:"log_group,omitempty"`
	Pattern  string              `json:"pattern,omitempty"`
	Leads    []int               `json:"leads_to,omitempty"` // ranks of suspects that it explains
}

type checkLine struct {
	Kind   insight.SuspectKind `json:"kind"`
	Looked int                 `json:"looked_at"`
	Found  int                 `json:"found"`
}

type gapLine struct {
	Signal app.Signal      `json:"signal"`
	Kind   insight.GapKind `json:"kind"`
	Names  []string        `json:"names,omitempty"`
	Says   string          `json:"says"`
}

func (c *commandLine) explanationLine(e insight.Explanation) explanationLine {
	tell := c.teller()
	tell.Moment = func(t time.Time) string { return t.UTC().Format(time.RFC3339) }
	line := explanationLine{At: e.Symptom.At.UTC(), Fired: e.Symptom.Fired, Symptom: e.Symptom.Kind,
		Watched: e.Symptom.Watched, Now: utc(e.Now), Usual: utc(e.Usual), Path: ranks(e.Path),
		Suspects: []suspectLine{},
		Checked:  []checkLine{}, Unknown: []gapLine{}}
	if e.Symptom.Alarm != nil {
		line.Alarm = e.Symptom.Alarm.Name
	}
	for i, s := range e.Suspects {
		line.Suspects = append(line.Suspects, suspectLineOf(i+1, s, e, tell))
	}
	for _, check := range e.Checked {
		line.Checked = append(line.Checked, checkLine(check))
	}
	for _, g := range e.Gaps {
		line.Unknown = append(line.Unknown, gapLine{g.Signal, g.Kind, g.Names, tell.Unknown(g)})
	}
	return line
}

func suspectLineOf(rank int, s insight.Suspect, e insight.Explanation, tell phrase.SuspectTeller) suspectLine {
	l := suspectLine{Rank: rank, Kind: s.Kind, Score: s.Score, Title: tell.Title(s), Evidence: tell.Evidence(s, e),
		Name: s.Name, Account: s.Scope.Account, Region: s.Scope.Region, Leads: ranks(s.Leads)}
	if at := s.At.UTC(); !s.At.IsZero() {
		l.At = &at
	}
	switch {
	case s.Change != nil:
		l.Event = s.Change.ID
	case s.Metric != nil:
		l.Metric = s.Metric.Reading.Key()
	case s.Pattern != nil:
		l.Group, l.Pattern = s.Pattern.Group, s.Pattern.Text
	}
	return l
}

// ranks turns indexes into ranks, which begin with 1.
func ranks(indexes []int) []int {
	var all []int
	for _, i := range indexes {
		all = append(all, i+1)
	}
	return all
}

func utc(r app.Range) app.Range { return app.Range{From: r.From.UTC(), To: r.To.UTC()} }
