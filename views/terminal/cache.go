package terminal

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/pull"
	"github.com/nephograph/nephograph/views/explain"
	"github.com/nephograph/nephograph/views/phrase"
)

// Keeper looks after the cache file itself; cache.DB is one.
type Keeper interface {
	Room(context.Context) (app.Room, error)
	// Sound looks at the structure of the file, which is quicker than Cache.Check.
	Sound(context.Context) error
	// Readable reads all that can be read of a file, damaged or not, and tells how many items there are of each signal.
	Readable(context.Context) []app.Readable
	Pins(context.Context) ([]app.Pin, error)
	Pin(context.Context, app.Pin) error
	Unpin(ctx context.Context, name string) (bool, error)
	PlanPrune(context.Context, app.Retention, time.Time) (app.Pruned, error)
	Prune(context.Context, app.Retention, time.Time) (app.Pruned, error)
	// Compact writes a file anew that is app.Room.Fixed.
	Compact(context.Context) error
	// ReadOnly returns why nothing can be kept, nil if it can.
	ReadOnly() error
	// Horizons returns before when each signal is forgotten; one that is kept for ever is not in it.
	Horizons(context.Context, app.Retention, time.Time) (map[app.Signal]time.Time, error)
}

// cacheState is the cache as a program reads it.
type cacheState struct {
	app.Room
	Sound    bool           `json:"sound"`
	Trouble  string         `json:"trouble,omitempty"`
	Keep     keepLine       `json:"keep"`
	Coverage []coverageLine `json:"coverage"`
	Pins     []app.Pin      `json:"pins"`
}

// keepLine is what retention allows; what is not named is kept for ever.
type keepLine struct {
	Size int64                        `json:"size,omitempty"`   // bytes
	Age  map[app.Signal]time.Duration `json:"age_ns,omitempty"` // of the signals that are forgotten for their age
}

// coverageLine is how far a signal is known in a scope.
type coverageLine struct {
	app.Scope
	Signal app.Signal `json:"signal"`
	app.Range
	Settled float64 `json:"settled"`          // the share of the range, over all that is asked of the signal, that is final
	Denied  float64 `json:"denied,omitempty"` // and the share that AWS refused to give
}

// file is the command that looks after the cache file.
func (c *console) file() *cobra.Command {
	cmd := &cobra.Command{
		Use: "cache", Short: "The cache file: how large, how far, whether sound; what is kept", Args: cobra.NoArgs, GroupID: "read",
		Long: `Shows how large the cache file is and what fills it, how far each signal is known in each place, whether the file is
sound, and what is kept: nephograph settings says for how long and how much, pins what stays whatever the settings say.`,
		RunE: c.run(func(ctx context.Context, _ []string) error {
			return c.keeping(ctx, c.showCache)
		}),
	}
	cmd.AddCommand(c.prune(), c.check(), c.pin(), c.unpin())
	return cmd
}

// keeping opens the cache, which has to be there, for f.
func (c *console) keeping(ctx context.Context, f func(context.Context, *Store) error) error {
	there, err := c.deps.Cached(c.cache)
	switch {
	case err != nil:
		return err
	case !there && c.cache == "":
		c.note("There is no cache yet: nephograph pull makes it.")
		return nil
	case !there:
		return missing(c.cache)
	}
	return c.withStore(ctx, func(s *Store) error { return f(ctx, s) })
}

func (c *console) showCache(ctx context.Context, s *Store) error {
	state, err := c.state(ctx, s)
	if err != nil {
		return err
	}
	if c.json {
		return printLines(c, []cacheState{state})
	}
	fmt.Fprintf(c.Out, "%s: %s, %s. %s\n\n", state.Path, phrase.Bytes(state.Bytes+state.Log), soundness(state.Sound), keepText(state.Keep))
	t := newTable("", "ITEMS>", "SIZE>")
	for _, h := range state.Holdings {
		name, items := string(h.Signal), phrase.Count(h.Items)
		if h.Signal == "" {
			name, items = "ledger and the rest", ""
		}
		t.add(name, items, phrase.Bytes(h.Bytes))
	}
	t.add("emptied", "", phrase.Bytes(state.Free))
	t.add("not folded in", "", phrase.Bytes(state.Log))
	c.show(t)
	c.showBelow(c.coverageTable(state.Coverage))
	c.showBelow(c.pinTable(state.Pins))
	if state.Fixed {
		c.note("The file is of a kind that does not shrink by itself: nephograph cache prune writes it anew.")
	}
	if !state.Sound {
		c.note("%s", state.Trouble)
		return errTold
	}
	return nil
}

func (c *console) state(ctx context.Context, s *Store) (cacheState, error) {
	var state cacheState
	var err error
	if state.Room, err = s.Keeper.Room(ctx); err != nil {
		return state, err
	}
	state.Keep = keepLine{s.Settings.Keep.Size, s.Settings.Keep.Age}
	sound := s.Keeper.Sound(ctx)
	if errors.Is(sound, context.Canceled) {
		return state, sound
	}
	if state.Sound = sound == nil; !state.Sound {
		sentence, remedy := explain.Plainly(sound)
		state.Trouble = sentence + " " + remedy
	}
	if state.Coverage, err = coverage(ctx, s); err != nil {
		return state, err
	}
	state.Pins, err = s.Keeper.Pins(ctx)
	return state, err
}

// coverage tells of each scope and signal how far it is known.
func coverage(ctx context.Context, s *Store) ([]coverageLine, error) {
	scopes, err := s.Scopes(ctx)
	if err != nil {
		return nil, err
	}
	var lines []coverageLine
	for _, scope := range scopes {
		for _, signal := range app.Signals {
			covers, err := s.Coverage(ctx, app.CoverQuery{Scopes: []app.Scope{scope}, Signal: signal})
			if err != nil {
				return nil, err
			}
			if len(covers) > 0 {
				lines = append(lines, coverageOf(covers))
			}
		}
	}
	return lines, nil
}

// coverageOf puts the covers of one scope and signal together.
func coverageOf(covers []app.Cover) coverageLine {
	line := coverageLine{Scope: covers[0].Scope, Signal: covers[0].Signal, Range: covers[0].Range}
	for _, c := range covers {
		if c.Range.From.Before(line.From) {
			line.From = c.Range.From
		}
		if c.Range.To.After(line.To) {
			line.To = c.Range.To
		}
	}
	parts := app.ByResource(covers)
	for _, part := range parts {
		all := float64(line.Length()) * float64(len(parts))
		line.Settled += float64(lengthOf(app.Settled, line.Range, part)) / all
		line.Denied += float64(lengthOf(app.Forbidden, line.Range, part)) / all
	}
	return line
}

func (c *console) coverageTable(lines []coverageLine) *table {
	head := []string{"PLACE", "SIGNAL", c.timeHead("KNOWN FROM"), "TO", "FINAL>"}
	denied := slices.ContainsFunc(lines, func(l coverageLine) bool { return l.Denied > 0 })
	if denied {
		head = append(head, "DENIED>")
	}
	t := newTable(head...)
	for _, l := range lines {
		row := []any{l.Scope, l.Signal, c.at(l.From), c.at(l.To), percent(l.Settled)}
		if denied {
			row = append(row, percent(l.Denied))
		}
		t.add(row...)
	}
	return t
}

func (c *console) pinTable(pins []app.Pin) *table {
	t := newTable("PIN", c.timeHead("FROM"), "TO", "PLACE", "WHY")
	for _, p := range pins {
		place := "everywhere"
		if p.Scope != (app.Scope{}) {
			place = p.Scope.String()
		}
		t.add(p.Name, c.at(p.Range.From), c.at(p.Range.To), place, p.Why)
	}
	return t
}

// showBelow prints a table below another one, if it holds anything.
func (c *console) showBelow(t *table) {
	if len(t.rows) > 0 {
		fmt.Fprintln(c.Out)
		c.show(t)
	}
}

// percent rounds down: what is not quite all is not 100 %.
func percent(share float64) string { return fmt.Sprintf("%d %%", int(share*100+1e-9)) }

func soundness(sound bool) string {
	if sound {
		return "sound"
	}
	return "damaged"
}

// keepText says what is kept in a sentence or two.
func keepText(k keepLine) string {
	text := "It may grow without bound."
	if k.Size > 0 {
		text = fmt.Sprintf("It may grow to %s.", phrase.Bytes(k.Size))
	}
	var ages []string
	for _, s := range app.Signals {
		if age := k.Age[s]; age > 0 {
			ages = append(ages, fmt.Sprintf("%s for %s", phrase.SignalItems(s), phrase.Duration(age)))
		}
	}
	if len(ages) == 0 {
		return text
	}
	return text + " Kept are " + strings.Join(ages, ", ") + "."
}

// prune is the command that forgets.
func (c *console) prune() *cobra.Command {
	var dry bool
	cmd := &cobra.Command{
		Use: "prune", Short: "Forget now what the settings no longer keep, and give the space back", Args: cobra.NoArgs,
		Long: `Forgets what is older than the settings keep, and the oldest of the rest while the file is larger than they allow; never
what is pinned. Each pull and the window do so by themselves. What was forgotten counts as never pulled. A file of an older
version, which cannot shrink by itself, is written anew, for which the disk needs room for a second one.`,
	}
	cmd.Flags().BoolVar(&dry, "dry-run", false, "only tell what would be forgotten")
	cmd.RunE = c.run(func(ctx context.Context, _ []string) error {
		if _, err := c.deps.Settings(c.cache); err != nil { // nothing is forgotten where they cannot be read, and nobody would know
			return err
		}
		return c.keeping(ctx, func(ctx context.Context, s *Store) error {
			work := s.Keeper.Prune
			if dry {
				work = s.Keeper.PlanPrune
			}
			done, err := work(ctx, s.Settings.Keep, c.deps.Now())
			if err == nil && !dry {
				done.To, err = compacted(ctx, s, done.To)
			}
			if err != nil {
				return err
			}
			return c.printPruned(done, dry)
		})
	})
	return cmd
}

// compacted writes a file anew that cannot shrink otherwise, and returns its size.
func compacted(ctx context.Context, s *Store, before int64) (int64, error) {
	room, err := s.Keeper.Room(ctx)
	if err != nil || !room.Fixed {
		return before, err
	}
	if err := s.Keeper.Compact(ctx); err != nil {
		return before, err
	}
	room, err = s.Keeper.Room(ctx)
	return room.Bytes, err
}

func (c *console) printPruned(p app.Pruned, dry bool) error {
	if c.json {
		return printLines(c, []app.Pruned{p})
	}
	head, sentence := "FORGOTTEN>", "The file had %s and has %s now.\n"
	if dry {
		head, sentence = "TO FORGET>", "The file has %s and would have about %s.\n"
	}
	t := newTable("SIGNAL", head, c.timeHead("ALL BEFORE"))
	for _, f := range p.Forgotten {
		t.add(f.Signal, phrase.Count(f.Items), c.at(f.Before))
	}
	c.show(t)
	if len(p.Forgotten) == 0 {
		c.note("There is nothing to forget.")
	}
	fmt.Fprintf(c.Out, sentence, phrase.Bytes(p.From), phrase.Bytes(p.To))
	if p.Over > 0 {
		c.note("That is %s more than the settings allow: what is left is pinned, or from this hour.", phrase.Bytes(p.Over))
	}
	return nil
}

// check is the command that looks into every corner of the file.
func (c *console) check() *cobra.Command {
	var aside bool
	cmd := &cobra.Command{
		Use: "check", Short: "Read the whole file, and say whether it is sound", Args: cobra.NoArgs,
		Long: `Reads the whole cache file and checks that it is sound and that its parts agree. Of a damaged one it tells what can still
be read. Exits with 1 if the file is damaged.`,
	}
	cmd.Flags().BoolVar(&aside, "set-aside", false, "give a damaged file another name, so that the next pull begins a new one")
	cmd.RunE = c.run(func(ctx context.Context, _ []string) error {
		var wrong error
		err := c.keeping(ctx, func(ctx context.Context, s *Store) error {
			wrong = s.Check(ctx)
			if app.KindOf(wrong) != app.Damaged {
				if wrong == nil {
					return c.printSound()
				}
				return wrong
			}
			return c.printReadable(s.Keeper.Readable(ctx))
		})
		wrong = cmp.Or(wrong, err)
		if app.KindOf(wrong) != app.Damaged {
			return err
		}
		c.complain(wrong)
		if aside {
			return errors.Join(c.setAside(), errTold)
		}
		return errTold
	})
	return cmd
}

func (c *console) printSound() error {
	if c.json {
		return printLines(c, []map[string]bool{{"sound": true}})
	}
	_, err := fmt.Fprintln(c.Out, "The cache is sound.")
	return err
}

func (c *console) printReadable(all []app.Readable) error {
	if c.json {
		return printLines(c, all)
	}
	t := newTable("SIGNAL", "CAN BE READ>", "")
	for _, r := range all {
		rest := cell{"all", green}
		if !r.Whole {
			rest = cell{"the rest is lost", red}
		}
		t.add(r.Signal, phrase.Count(r.Items), rest)
	}
	c.show(t)
	return nil
}

// setAside renames the cache file and says how.
func (c *console) setAside() error {
	aside, err := c.deps.SetAside(c.cache)
	if err != nil {
		return err
	}
	c.complain(&app.Error{Kind: app.Damaged, Op: explain.SetAside, Err: errors.New(aside)})
	return nil
}

// filling opens the cache for f, which pulls into it, and closes it. A file that is too damaged to be opened is set aside.
func (c *console) filling(ctx context.Context, f func(*Store) error) error {
	s, err := c.deps.Open(ctx, c.cache)
	if app.KindOf(err) == app.Damaged {
		c.complain(err)
		var aside string
		if aside, err = c.deps.Renew(ctx, c.cache); err != nil {
			return err
		}
		if aside != "" {
			c.complain(&app.Error{Kind: app.Damaged, Op: explain.SetAside, Err: errors.New(aside)})
		}
		s, err = c.deps.Open(ctx, c.cache)
	}
	if err != nil {
		return err
	}
	if s.Keeper != nil {
		err = s.Keeper.ReadOnly()
	}
	if err == nil {
		err = f(s)
	}
	return errors.Join(err, s.Close())
}

// noteForgotten says what a pull leaves out, because it would be forgotten again at once.
func (c *console) noteForgotten(ctx context.Context, s *Store, want pull.Want) error {
	if s.Keeper == nil {
		return nil
	}
	horizons, err := s.Keeper.Horizons(ctx, s.Settings.Keep, c.deps.Now())
	if err != nil {
		return err
	}
	var parts []string
	for _, signal := range app.Signals {
		if before, ok := horizons[signal]; ok && want.Wants(signal) && want.Range.From.Before(before.Add(-noteBeyond)) {
			parts = append(parts, fmt.Sprintf("%s before %s", phrase.SignalItems(signal), c.at(before)))
		}
	}
	if len(parts) > 0 {
		c.note("Not asked for, as the settings do not keep them: %s. What is pinned is asked for: nephograph cache pin.", strings.Join(parts, ", "))
	}
	return nil
}

// noteBeyond is what a range may reach beyond the age that is kept without a word: who asks for the last 30 days, and
// keeps 30 days, knows.
const noteBeyond = time.Hour

// pin is the command that keeps a stretch of time from being forgotten.
func (c *console) pin() *cobra.Command {
	var pin app.Pin
	cmd := &cobra.Command{
		Use: "pin NAME", Short: "Keep a stretch of time, whatever the settings say", Args: cobra.ExactArgs(1),
		Long:    `Keeps a stretch of time from being forgotten until it is unpinned: everywhere, or in one account and Region.`,
		Example: "  nephograph cache pin outage-3-may --from '2026-05-03 11:00' --to '2026-05-03 14:00' --why 'for the review'",
	}
	c.timeFlags(cmd)
	cmd.Flags().StringSliceVar(&c.accounts, "account", nil, "only of this account `number`, in the Region of --region")
	cmd.Flags().StringVar(&pin.Why, "why", "", "what it is kept for, in `words`")
	cmd.RunE = c.run(func(ctx context.Context, args []string) (err error) {
		pin.Name, pin.Created = args[0], c.deps.Now().UTC()
		if pin.Range, err = c.times.read(c.deps.Now(), c.zone()); err != nil {
			return fmt.Errorf("%w: %w", errUsage, err)
		}
		switch {
		case len(c.accounts) == 1 && len(c.regions) == 1:
			pin.Scope = app.Scope{Account: c.accounts[0], Region: c.regions[0]}
		case len(c.accounts)+len(c.regions) > 0:
			return fmt.Errorf("%w: a pin is for everywhere, or for one --account in one --region", errUsage)
		}
		return c.keeping(ctx, func(ctx context.Context, s *Store) error {
			if err := s.Keeper.Pin(ctx, pin); err != nil {
				return err
			}
			return c.printPins(ctx, s)
		})
	})
	return cmd
}

// unpin is the command that lets a stretch of time be forgotten.
func (c *console) unpin() *cobra.Command {
	return &cobra.Command{
		Use: "unpin NAME", Short: "Let what was pinned be forgotten when its time comes", Args: cobra.ExactArgs(1),
		RunE: c.run(func(ctx context.Context, args []string) error {
			return c.keeping(ctx, func(ctx context.Context, s *Store) error {
				found, err := s.Keeper.Unpin(ctx, args[0])
				if err != nil {
					return err
				}
				if !found {
					return c.noPin(ctx, s, args[0])
				}
				return c.printPins(ctx, s)
			})
		}),
	}
}

// noPin says which pins there are instead.
func (c *console) noPin(ctx context.Context, s *Store, name string) error {
	pins, err := s.Keeper.Pins(ctx)
	if err != nil {
		return err
	}
	names := []string{"none"}
	if len(pins) > 0 {
		names = nil
	}
	for _, p := range pins {
		names = append(names, p.Name)
	}
	slices.Sort(names)
	return &app.Error{Kind: app.NotFound, Op: "cache", Err: fmt.Errorf("there is no pin %q, there is %s", name, strings.Join(names, ", "))}
}

// printPins shows the pins that there are now.
func (c *console) printPins(ctx context.Context, s *Store) error {
	pins, err := s.Keeper.Pins(ctx)
	if err != nil {
		return err
	}
	if c.json {
		return printLines(c, pins)
	}
	c.show(c.pinTable(pins))
	if len(pins) == 0 {
		c.note("Nothing is pinned.")
	}
	return nil
}
