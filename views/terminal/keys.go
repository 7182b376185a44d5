package terminal

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"
)

// Keys are access keys as a person enters them.
type Keys struct{ AccessKeyID, SecretAccessKey, SessionToken, Region string }

// KeyStore keeps access keys under the system's keyring.
type KeyStore struct {
	Names  func() ([]string, error)
	Put    func(name string, k Keys) error
	Delete func(name string) error
}

// keys is the command that keeps access keys under the system's keyring.
func (c *commandLine) keys() *cobra.Command {
	cmd := &cobra.Command{
		Use: "keys", Short: "Keep access keys under the system's keyring", GroupID: "aws", Args: cobra.NoArgs,
		Long: `Keeps access keys that no AWS configuration has, under the system's keyring and nowhere else: Secret
Service, macOS Keychain, Windows Credential Manager. Their name is a profile for all commands and the
window; a profile of the AWS configuration with that name comes first.`,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	add := &cobra.Command{
		Use: "add NAME", Short: "Enter access keys under a name", Args: cobra.ExactArgs(1),
		Long: `Asks for an access key id, a secret access key, a session token (empty for none) and a Region, a line
each. On a terminal the secrets are not shown as they are typed.`,
		RunE: c.run(func(_ context.Context, args []string) error {
			k, err := c.readKeys()
			if err != nil {
				return err
			}
			if err := c.deps.Keys.Put(args[0], k); err != nil {
				return err
			}
			fmt.Fprintf(c.Out, "Kept under the system's keyring; use them with --profile %s.\n", args[0])
			return nil
		}),
	}
	list := &cobra.Command{Use: "list", Short: "List the names", Args: cobra.NoArgs,
		RunE: c.run(func(context.Context, []string) error {
			names, err := c.deps.Keys.Names()
			for _, name := range names {
				fmt.Fprintln(c.Out, name)
			}
			return err
		})}
	remove := &cobra.Command{Use: "remove NAME", Short: "Forget the keys of a name", Args: cobra.ExactArgs(1),
		RunE: c.run(func(_ context.Context, args []string) error { return c.deps.Keys.Delete(args[0]) })}
	cmd.AddCommand(add, list, remove)
	return cmd
}

// readKeys asks for keys, a line each.
func (c *commandLine) readKeys() (k Keys, err error) {
	lines := bufio.NewReader(c.In)
	for _, q := range []struct {
		words  string
		hidden bool
		into   *string
	}{{"Access key id", false, &k.AccessKeyID}, {"Secret access key", true, &k.SecretAccessKey},
		{"Session token, empty for none", true, &k.SessionToken}, {"Region", false, &k.Region}} {
		fmt.Fprint(c.Err, q.words+": ")
		if *q.into, err = c.readLine(lines, q.hidden); err != nil {
			return Keys{}, err
		}
	}
	return k, nil
}

// readLine reads a line; a hidden one is not shown as it is typed on a terminal.
func (c *commandLine) readLine(lines *bufio.Reader, hidden bool) (string, error) {
	if in, ok := c.In.(interface{ Fd() uintptr }); ok && hidden && term.IsTerminal(int(in.Fd())) {
		text, err := term.ReadPassword(int(in.Fd()))
		fmt.Fprintln(c.Err)
		return strings.TrimSpace(string(text)), err
	}
	line, err := lines.ReadString('\n')
	if err == io.EOF {
		err = nil
	}
	return strings.TrimSpace(line), err
}
