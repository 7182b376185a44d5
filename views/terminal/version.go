package terminal

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"
)

// version is the command that says which program this is.
func (c *commandLine) version() *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: "The version of this program", Args: cobra.NoArgs,
		RunE: c.run(func(context.Context, []string) error {
			b := c.deps.Build
			if c.json {
				return printLines(c, []Build{b})
			}
			_, err := fmt.Fprintf(c.Out, "nephograph %s, commit %s, %s\n", b.Version, b.Commit, b.Go)
			return err
		}),
	}
}
