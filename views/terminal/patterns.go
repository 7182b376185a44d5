package terminal

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/pattern"
	"github.com/nephograph/nephograph/app/query"
	"github.com/nephograph/nephograph/views/phrase"
)

// patterns is the command that lists the patterns of log events.
func (c *commandLine) patterns() *cobra.Command {
	var before time.Duration
	cmd := &cobra.Command{
		Use: "patterns [TERM...]", Short: "Patterns of log events: what they say but for what varies",
		Long: `Patterns of the log events that meet all the terms, which are those of nephograph search; without a
term, of all events. Every event of the range is counted, none is sampled.

What varies between messages stands as a wildcard: <num>, <id>, <addr>, <name> (with dots in it),
<path>, <time>, <duration>, <size>, <text>, and <*> for a mixture; a list ends in dots. A pattern is
new if no event of the time before has it, and surging if its events come at more than twice the
rate of the time before, which chance does not explain. With --json each pattern has the counts by
bucket of time and, for each wildcard, its most frequent values.`,
		Example: "  nephograph patterns --since 1h\n" +
			"  nephograph patterns level:error 'group:\"/aws/lambda/checkout\"' --since 1h --before 1d\n" +
			"  nephograph patterns timeout --json --limit 10",
	}
	cmd.Flags().Var(lengthFlag{&before}, "before",
		"compare with this `length` of time before the range (default: as long as the range)")
	c.reading(cmd, func(ctx context.Context, q *question, r Reader) error {
		asked, err := query.ParseArgs(q.args)
		if err != nil {
			return fmt.Errorf("%w: %w", errUsage, err)
		}
		if before == 0 {
			before = q.within.Length()
		}
		found := asked.Narrow(app.LogQuery{Scopes: q.scopes, Range: q.within})
		q.names = found.Groups
		return q.printPatterns(ctx, r, found, before)
	})
	cmd.Flags().Lookup("limit").Usage = "show the most frequent `patterns`; 0 shows all, as --json does"
	return cmd
}

// printPatterns mines the events of a query, with those of the time before it to compare with, and prints the patterns.
func (q *question) printPatterns(ctx context.Context, r logReader, asked app.LogQuery, before time.Duration) error {
	earlier := app.Range{From: asked.Range.From.Add(-before), To: asked.Range.From}
	known, err := q.knownOf(ctx, earlier)
	if err != nil {
		return err
	}
	miner := pattern.NewMiner(asked.Range, pattern.BucketFor(asked.Range))
	all := asked
	if known > 0 {
		all.Range.From = earlier.From
	}
	for e, err := range r.LogEvents(ctx, all) {
		if err != nil {
			return err
		}
		miner.Add(e)
	}
	set := miner.Mine(known)
	shown := len(set.Patterns)
	if limit := q.rows(); limit > 0 {
		shown = min(shown, limit)
	}
	if q.json {
		if err := q.patternLines(ctx, r, asked, set, shown); err != nil {
			return err
		}
		return q.noteGaps(ctx, app.Logs)
	}
	q.show(q.patternTable(set.Patterns[:shown]))
	if set.Total == 0 {
		if err := q.noteNothing(ctx, app.Logs); err != nil {
			return err
		}
	} else {
		q.noteCut(shown, len(set.Patterns))
		q.notePatterns(set, earlier, known)
	}
	return q.noteGaps(ctx, app.Logs)
}

// knownOf returns how much of a range the cache knows, 0 where that is too little to compare with.
func (q *question) knownOf(ctx context.Context, within app.Range) (time.Duration, error) {
	scopes := q.scopes
	if scopes == nil {
		var err error
		if scopes, err = q.known.Scopes(ctx); err != nil {
			return 0, err
		}
	}
	covers, err := q.known.Coverage(ctx, app.CoverQuery{Scopes: scopes, Signal: app.Logs, Range: within})
	return pattern.Known(within, covers), err
}

// notePatterns says how many patterns there are, and with what they were compared.
func (q *question) notePatterns(set pattern.Set, earlier app.Range, known time.Duration) {
	of := phrase.Plural(int64(len(set.Patterns)), "pattern", "patterns") + " of " +
		phrase.Plural(int64(set.Total), "event", "events")
	if known == 0 {
		q.note("%s. Not compared: the cache has too little of the %s before.", of, phrase.Window(earlier.Length()))
		return
	}
	q.note("%s, compared with %s of the %s before.", of, phrase.Plural(int64(set.Before), "event", "events"),
		phrase.Window(earlier.Length()))
}

// changeColors are those of what differs from the time before.
var changeColors = map[pattern.Change]string{pattern.New: red, pattern.Surging: yellow}

// wildColor is that of wildcards.
const wildColor = "36"

func (q *question) patternTable(patterns []pattern.Pattern) *table {
	t := newTable("COUNT>", "SHARE>", "CHANGE", "LEVEL", "PATTERN")
	for _, p := range patterns {
		level := p.Level()
		t.add(phrase.Count(p.Count), phrase.Share(p.Share), cell{p.Change.String(), changeColors[p.Change]},
			cell{level.String(), levelColors[level]}, patternCell(p.Template))
	}
	return t
}

// patternCell is a template with its wildcards in colour.
func patternCell(t pattern.Template) (text pieces) {
	for _, p := range t.Parts() {
		color := plain
		if p.Wild {
			color = wildColor
		}
		text = append(text, cell{p.Text, color})
	}
	return text
}

// patternLine is a pattern as a program reads it.
type patternLine struct {
	Pattern   string         `json:"pattern"`
	Count     int            `json:"count"`
	Share     float64        `json:"share"` // of all events found, 0 to 1
	Change    pattern.Change `json:"change"`
	Before    int            `json:"before"` // events in the time before
	Level     app.Level      `json:"level"`  // that most events have
	Levels    map[string]int `json:"levels"` // events by level; "none" where they say none
	First     time.Time      `json:"first"`
	Last      time.Time      `json:"last"`
	Bucket    int64          `json:"bucket_ms"`
	Counts    []int32        `json:"counts"` // by bucket, from the beginning of the range
	Wildcards []wildcardLine `json:"wildcards"`
}

type wildcardLine struct {
	Name      string          `json:"name,omitempty"`
	Kind      string          `json:"kind"`
	Different int             `json:"different"` // values in all
	Values    []pattern.Value `json:"values"`    // the most frequent
}

// valuesShown is how many values of a wildcard are printed.
const valuesShown = 10

// patternLines prints the first patterns of a set, with the values of their wildcards, for which it reads the events
// again: keeping all values of all patterns the first time would take as much memory as the events.
func (q *question) patternLines(ctx context.Context, r logReader, asked app.LogQuery, set pattern.Set,
	shown int) error {
	values := set.NewValues(shown)
	for e, err := range r.LogEvents(ctx, asked) {
		if err != nil {
			return err
		}
		values.Add(e.Message)
	}
	var lines []patternLine
	for i, p := range set.Patterns[:shown] {
		line := patternLine{Pattern: p.String(), Count: p.Count, Share: p.Share, Change: p.Change, Before: p.Before,
			Level:  p.Level(),
			Levels: map[string]int{}, First: p.First, Last: p.Last, Bucket: set.Bucket.Milliseconds(), Counts: p.Counts,
			Wildcards: []wildcardLine{}}
		for level, n := range p.Levels {
			if n > 0 {
				name := strings.ToLower(app.Level(level).String())
				if name == "" {
					name = "none"
				}
				line.Levels[name] = n
			}
		}
		for w, wildcard := range p.Wildcards() {
			top, different := values.Of(i).Top(w, valuesShown)
			line.Wildcards = append(line.Wildcards, wildcardLine{wildcard.Name, wildcard.Kind.String(), different, top})
		}
		lines = append(lines, line)
	}
	return printLines(q.commandLine, lines)
}
