package terminal

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/nephograph/nephograph/app/mask"
)

// Settings is what holds for a cache file, and where that is said.
type Settings struct {
	File   string // which need not be there
	Values []Setting
}

// Setting is one value of the settings file.
type Setting struct {
	Name  string `json:"name"`
	Value string `json:"value"` // as the file has it
	From  string `json:"from"`  // default, or the line of the file
}

// settingsLong is the help of the command and the manual of the file.
const settingsLong = `What holds for the cache, and where each value comes from: a line of the settings file, or the
default.

The file is YAML. All of it may be left out:

  cap: $5                  # of paid calls in a month; none for no cap
  keep:
    size: 2GB              # of the cache file; any for no bound
    logs: 30d              # forever by default; likewise alarms, metrics, traces, trail
  mask:
    skip: [card]           # or mask: off
  follow:
    logs: 30s
    traces: never
  workspaces:              # what differs for one cache file
    /home/ann/prod.db:
      cap: $20

What is masked is masked on its way into the cache, one asterisk for each character. The rules are
%s.
NEPHOGRAPH_SETTINGS names another file.`

// settings is the command that says what is set.
func (c *commandLine) settings() *cobra.Command {
	cmd := &cobra.Command{
		Use: "settings", Short: "What is set, and where", Args: cobra.NoArgs, GroupID: "read",
		Long: fmt.Sprintf(settingsLong, strings.Join(mask.Rules(), ", ")),
		RunE: c.run(func(context.Context, []string) error {
			s, err := c.deps.Settings(c.cache)
			if err != nil {
				return err
			}
			if c.json {
				return printLines(c, s.Values)
			}
			t := newTable("SETTING", "VALUE", "FROM")
			for _, v := range s.Values {
				t.add(v.Name, v.Value, v.From)
			}
			c.show(t)
			c.note("The file is %s.", s.File)
			return nil
		}),
	}
	cmd.AddCommand(&cobra.Command{
		Use: "path", Short: "Where the settings file is, whether or not there is one", Args: cobra.NoArgs,
		Example: "  $EDITOR \"$(nephograph settings path)\"",
		RunE: c.run(func(context.Context, []string) error {
			file, err := c.deps.SettingsFile()
			if err != nil {
				return err
			}
			_, err = fmt.Fprintln(c.Out, file)
			return err
		}),
	})
	return cmd
}
