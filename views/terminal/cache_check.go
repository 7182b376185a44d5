package terminal

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/phrase"
)

type checker interface {
	// Readable reads all that can be read of a file, damaged or not, and counts the items of each signal.
	Readable(context.Context) []app.Readable
}

// check is the command that looks into every corner of the file.
func (c *commandLine) check() *cobra.Command {
	var aside bool
	cmd := &cobra.Command{
		Use: "check", Short: "Read the whole file, and say whether it is sound", Args: cobra.NoArgs,
		Long: `Reads the whole cache file and checks that it is sound and that its parts agree. Of a damaged one it
tells what can still be read. Exits with 1 if the file is damaged.`,
	}
	cmd.Flags().BoolVar(&aside, "set-aside", false, "give a damaged file another name, so that the next pull begins "+
		"a new one")
	cmd.RunE = c.run(func(ctx context.Context, _ []string) error {
		var wrong error
		err := c.withExisting(ctx, func(ctx context.Context, s *Store) error {
			wrong = s.Check(ctx)
			if app.KindOf(wrong) != app.Damaged {
				if wrong == nil {
					return c.printSound()
				}
				return wrong
			}
			return c.printReadable(s.CacheFile.Readable(ctx))
		})
		wrong = cmp.Or(wrong, err)
		if app.KindOf(wrong) != app.Damaged {
			return err
		}
		c.printError(wrong)
		if aside {
			return errors.Join(c.setAside(), errReported)
		}
		return errReported
	})
	return cmd
}

func (c *commandLine) printSound() error {
	if c.json {
		return printLines(c, []map[string]bool{{"sound": true}})
	}
	_, err := fmt.Fprintln(c.Out, "The cache is sound.")
	return err
}

func (c *commandLine) printReadable(all []app.Readable) error {
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
