package terminal

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"
)

// demo is the command that shows the window on a made-up account.
func (c *commandLine) demo() *cobra.Command {
	wish := DemoOptions{Scenario: "shop", Seed: 1, Scale: 1}
	cmd := &cobra.Command{
		Use: "demo", Short: "Open the window on a made-up incident", Args: cobra.NoArgs, GroupID: "try",
		Long: `Makes up two AWS accounts in two Regions with a day of history and an incident in it, pulls that day
over HTTP into a new cache, and opens the window on it. Neither your AWS configuration nor your
cache is touched. Without a display it visits every screen on a virtual one (Xvfb) and writes a
picture of each under out/.

Other scenarios are smaller: deployment, certificate, neighbour and dependency are an incident each,
and on the day of quiet nothing happens; nephograph explain tells them apart.`,
	}
	flags := cmd.Flags()
	flags.StringVar(&wish.Scenario, "scenario", wish.Scenario, "`name` of the scenario")
	flags.Uint64Var(&wish.Seed, "seed", wish.Seed, "`number` that everything random follows from")
	flags.Float64Var(&wish.Scale, "scale", wish.Scale, "how many `times` as much of everything")
	flags.StringVar(&wish.Visit, "visit", "", "visit every screen, write a picture of each into this `folder`, and end")
	cmd.RunE = c.run(func(ctx context.Context, _ []string) error {
		c.standalone = true
		if !(wish.Scale > 0) {
			return fmt.Errorf("%w: --scale has to be above 0", errUsage)
		}
		wish.Cache = c.cache
		return c.deps.Demo(ctx, wish, c.raw)
	})
	return cmd
}
