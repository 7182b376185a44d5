package terminal

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/nephograph/nephograph/app"
)

type pinner interface {
	Pins(context.Context) ([]app.Pin, error)
	Pin(context.Context, app.Pin) error
	Unpin(ctx context.Context, name string) (bool, error)
}

// pin is the command that keeps a stretch of time from being forgotten.
func (c *commandLine) pin() *cobra.Command {
	var pin app.Pin
	cmd := &cobra.Command{
		Use: "pin NAME", Short: "Keep a stretch of time, whatever the settings say", Args: cobra.ExactArgs(1),
		Long: `Keeps a stretch of time from being forgotten until it is unpinned: everywhere, or in one account
and Region.`,
		Example: "  nephograph cache pin outage-3-may --from '2026-05-03 11:00' " +
			"--to '2026-05-03 14:00' --why 'for the review'",
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
		return c.withExisting(ctx, func(ctx context.Context, s *Store) error {
			if err := s.CacheFile.Pin(ctx, pin); err != nil {
				return err
			}
			return c.printPins(ctx, s.CacheFile)
		})
	})
	return cmd
}

// unpin is the command that lets a stretch of time be forgotten.
func (c *commandLine) unpin() *cobra.Command {
	return &cobra.Command{
		Use: "unpin NAME", Short: "Let what was pinned be forgotten when its time comes", Args: cobra.ExactArgs(1),
		RunE: c.run(func(ctx context.Context, args []string) error {
			return c.withExisting(ctx, func(ctx context.Context, s *Store) error {
				found, err := s.CacheFile.Unpin(ctx, args[0])
				if err != nil {
					return err
				}
				if !found {
					return c.noPin(ctx, s.CacheFile, args[0])
				}
				return c.printPins(ctx, s.CacheFile)
			})
		}),
	}
}

// noPin says which pins there are instead.
func (c *commandLine) noPin(ctx context.Context, file pinner, name string) error {
	pins, err := file.Pins(ctx)
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
	return &app.Error{Kind: app.NotFound, Op: "cache", Err: fmt.Errorf("there is no pin %q, there is %s", name,
		strings.Join(names, ", "))}
}

// printPins shows the pins that there are now.
func (c *commandLine) printPins(ctx context.Context, file pinner) error {
	pins, err := file.Pins(ctx)
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

func (c *commandLine) pinTable(pins []app.Pin) *table {
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
