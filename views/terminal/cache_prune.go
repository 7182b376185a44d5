package terminal

import (
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/phrase"
)

type pruner interface {
	Room(context.Context) (app.Room, error)
	PlanPrune(context.Context, app.Retention, time.Time) (app.Pruned, error)
	Prune(context.Context, app.Retention, time.Time) (app.Pruned, error)
	// Compact writes a file anew that is app.Room.Fixed.
	Compact(context.Context) error
}

// prune is the command that forgets.
func (c *commandLine) prune() *cobra.Command {
	var dry bool
	cmd := &cobra.Command{
		Use: "prune", Short: "Forget now what the settings no longer keep, and give the space back", Args: cobra.NoArgs,
		Long: `Forgets what is older than the settings keep, and the oldest of the rest while the file is larger
than they allow; never what is pinned. Each pull and the window do so by themselves. What was
forgotten counts as never pulled. A file of an older version, which cannot shrink by itself, is
written anew, for which the disk needs room for a second one.`,
	}
	cmd.Flags().BoolVar(&dry, "dry-run", false, "only tell what would be forgotten")
	cmd.RunE = c.run(func(ctx context.Context, _ []string) error {
		// Without readable settings nothing would be pruned, silently.
		if _, err := c.deps.Settings(c.cache); err != nil {
			return err
		}
		return c.withExisting(ctx, func(ctx context.Context, s *Store) error {
			work := s.CacheFile.Prune
			if dry {
				work = s.CacheFile.PlanPrune
			}
			done, err := work(ctx, s.Settings.Keep, c.deps.Now())
			if err == nil && !dry {
				done.To, err = compacted(ctx, s.CacheFile, done.To)
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
func compacted(ctx context.Context, file pruner, before int64) (int64, error) {
	room, err := file.Room(ctx)
	if err != nil || !room.Fixed {
		return before, err
	}
	if err := file.Compact(ctx); err != nil {
		return before, err
	}
	room, err = file.Room(ctx)
	return room.Bytes, err
}

func (c *commandLine) printPruned(p app.Pruned, dry bool) error {
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
		c.note("That is %s more than the settings allow: what is left is pinned, or from this hour.",
			phrase.Bytes(p.Over))
	}
	return nil
}
