package terminal

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/explain"
	"github.com/nephograph/nephograph/views/phrase"
)

// fileReader says how the cache file is.
type fileReader interface {
	Room(context.Context) (app.Room, error)
	// Sound looks at the structure of the file, which is quicker than Check.
	Sound(context.Context) error
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

// cacheCommand is the command that looks after the cache file.
func (c *commandLine) cacheCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use: "cache", Short: "The cache file: how large, how far, whether sound; what is kept", Args: cobra.NoArgs,
		GroupID: "read",
		Long: `Shows how large the cache file is and what fills it, how far each signal is known in each place,
whether the file is sound, and what is kept: nephograph settings says for how long and how much,
pins what stays whatever the settings say.`,
		RunE: c.run(func(ctx context.Context, _ []string) error {
			return c.withExisting(ctx, c.showCache)
		}),
	}
	cmd.AddCommand(c.prune(), c.check(), c.pin(), c.unpin())
	return cmd
}

func (c *commandLine) showCache(ctx context.Context, s *Store) error {
	state, err := c.state(ctx, s)
	if err != nil {
		return err
	}
	if c.json {
		return printLines(c, []cacheState{state})
	}
	fmt.Fprintf(c.Out, "%s: %s, %s. %s\n\n", state.Path, phrase.Bytes(state.Bytes+state.Log),
		soundness(state.Sound), explain.Keep(s.Settings.Keep))
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
		return errReported
	}
	return nil
}

func (c *commandLine) state(ctx context.Context, s *Store) (cacheState, error) {
	var state cacheState
	var err error
	if state.Room, err = s.CacheFile.Room(ctx); err != nil {
		return state, err
	}
	state.Keep = keepLine{s.Settings.Keep.Size, s.Settings.Keep.Age}
	sound := s.CacheFile.Sound(ctx)
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
	state.Pins, err = s.CacheFile.Pins(ctx)
	return state, err
}

// percent rounds down: what is not quite all is not 100 %.
func percent(share float64) string { return fmt.Sprintf("%d %%", int(share*100+1e-9)) }

func soundness(sound bool) string {
	if sound {
		return "sound"
	}
	return "damaged"
}
