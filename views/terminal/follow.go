package terminal

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/pull"
	"github.com/nephograph/nephograph/views/explain"
	"github.com/nephograph/nephograph/views/phrase"
)

// follow keeps pulling until ctx ends, which is how it is meant to end, and says what each round has brought.
func (c *commandLine) follow(ctx context.Context, s *Store, want pull.Want) error {
	cadence := followed(s.Settings.Follow, want.Signals)
	if len(cadence) == 0 {
		return &app.Error{Kind: app.NotFound, Op: "settings",
			Err: fmt.Errorf("the settings follow none of these signals")}
	}
	cost, err := s.Pull.FollowCost(ctx, scopesOf(want.Places), cadence)
	if err != nil {
		return err
	}
	c.note("%s %s", explain.FollowCost(cost), cadenceText(cadence))
	f := pull.Follower{Run: s.Pull.Run, Now: c.deps.Now, Cadence: cadence, Back: want.Range.Length()}
	out := &roundPrinter{commandLine: c, last: map[*pull.Place]string{}}
	f.Follow(ctx, want.Places, out.notice, out.print)
	return s.Flush(context.WithoutCancel(ctx))
}

// followed returns the cadences of the signals that are wanted.
func followed(cadence map[app.Signal]time.Duration, signals []app.Signal) map[app.Signal]time.Duration {
	some := map[app.Signal]time.Duration{}
	want := pull.Want{Signals: signals}
	for s, every := range cadence {
		if every > 0 && want.Wants(s) {
			some[s] = every
		}
	}
	return some
}

func scopesOf(places []*pull.Place) []app.Scope {
	scopes := make([]app.Scope, len(places))
	for i, p := range places {
		scopes[i] = p.Scope()
	}
	return scopes
}

// cadenceText says how often each signal is asked.
func cadenceText(cadence map[app.Signal]time.Duration) string {
	var parts []string
	for _, s := range app.Signals {
		if every, ok := cadence[s]; ok {
			parts = append(parts, fmt.Sprintf("%s every %s", s, phrase.Duration(every)))
		}
	}
	return "It asks for " + strings.Join(parts, ", ") + "; Ctrl-C ends it."
}

// roundPrinter prints a line for each round.
type roundPrinter struct {
	*commandLine
	told bool                   // that another pull has to be waited for
	last map[*pull.Place]string // what was the matter in a place, to say it once
}

// roundLine is a round as a program reads it.
type roundLine struct {
	At   time.Time `json:"at"` // when it ended
	Next time.Time `json:"next"`
	scopeLine
	Cost app.Money `json:"cost_nano_usd"`
}

func (r *roundPrinter) notice(_ *pull.Place, p pull.Progress) {
	if !r.told && len(p.Scopes) > 0 && p.Scopes[0].State == pull.Claimed {
		r.told = true
		r.note("Another pull into this cache is running; this one waits, and then asks for what is left.")
	}
}

func (r *roundPrinter) print(at *pull.Place, round pull.Round) {
	now := r.deps.Now()
	if r.json {
		for _, line := range scopeLines(round.Report) {
			// An error means that the reader has gone, which a signal says too.
			_ = printLines(r.commandLine, []roundLine{{now.UTC(), round.Next.UTC(), line, round.Report.Spent}})
		}
		return
	}
	fmt.Fprintf(r.Out, "%s  %s  %s; next at %s\n", r.at(now), explain.ScopeName(round.Scope), roundText(round),
		phrase.Clock(round.Next, r.zone()))
	var said strings.Builder
	for _, m := range groupProblems(round.Report) {
		sentence, remedy := explain.Explain(m.cause.err)
		fmt.Fprintf(&said, "%s\nnephograph: %s\n", m.where(), strings.TrimSpace(sentence+" "+remedy))
	}
	if text := said.String(); text != r.last[at] {
		r.last[at] = text
		fmt.Fprint(r.Err, text)
	}
}

// roundText says what a round has brought, or what stands in its way.
func roundText(round pull.Round) string {
	var parts []string
	for _, o := range round.Report.Outcomes {
		if o.New > 0 {
			parts = append(parts, phrase.CountItems(o.Signal, o.New))
		}
	}
	text := strings.Join(parts, ", ")
	if text == "" {
		text = "nothing new"
	}
	for _, s := range round.Report.Scopes {
		switch {
		case s.State == pull.Partly:
			text += "; " + explain.Scope(s)
		case !s.State.Well():
			text = explain.Scope(s)
		}
	}
	return text
}
