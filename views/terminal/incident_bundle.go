package terminal

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/phrase"
)

// BundleExtension ends the name of a bundle.
const BundleExtension = ".nephograph"

// bundle is the command that makes one file of an incident.
func (c *commandLine) bundle() *cobra.Command {
	var out string
	var encrypt, yes bool
	var lock app.BundleLock
	cmd := &cobra.Command{
		Use: "bundle INCIDENT", Short: "Hand an incident on as one file", Args: cobra.ExactArgs(1), GroupID: "read",
		Long: `Writes an incident and what the cache has of its time and places into one file, which a colleague
opens with nephograph open: read-only, without an AWS account, a network or any configuration. What
leaves is listed before the file is written. It is masked as the cache is, and encrypted by age
(https://age-encryption.org) if asked: by a passphrase, or for recipients.`,
		Example: "  nephograph bundle 2026-05-03-checkout-5xx --out checkout.nephograph --encrypt",
	}
	flags := cmd.Flags()
	flags.StringVar(&out, "out", "", "`file` to write (default: INCIDENT"+BundleExtension+")")
	flags.BoolVar(&encrypt, "encrypt", false, "encrypt it by a passphrase, which is asked for")
	flags.StringSliceVar(&lock.Recipients, "recipient", nil, "encrypt it for these `keys` of age (age1…)")
	flags.BoolVar(&yes, "yes", false, "write it without a question")
	cmd.MarkFlagsMutuallyExclusive("encrypt", "recipient")
	cmd.RunE = c.run(func(ctx context.Context, args []string) error {
		return c.withIncident(ctx, args[0], func(ctx context.Context, s *Store, i app.Incident) error {
			draft, err := s.Incidents.Prepare(ctx, i)
			if err != nil {
				return err
			}
			defer draft.Close()
			c.listContents(draft.Contents())
			if leaves, err := c.mayLeave(yes); err != nil || !leaves {
				return err
			}
			if encrypt {
				if lock.Passphrase, err = c.newPassphrase(); err != nil {
					return err
				}
			}
			if out == "" {
				out = i.ID + BundleExtension
			}
			return c.writeBundle(draft, lock, out)
		})
	})
	return cmd
}

// listContents says what would leave.
func (c *commandLine) listContents(b app.BundleContents) {
	fmt.Fprintln(c.Err, "What leaves with the bundle:")
	for _, line := range phrase.BundleContents(b, c.zone()) {
		fmt.Fprintln(c.Err, "  "+line)
	}
}

// mayLeave asks a person; where none looks on, calling the command is the answer.
func (c *commandLine) mayLeave(yes bool) (bool, error) {
	if yes || !isTerminal(c.Err) {
		return true, nil
	}
	fmt.Fprint(c.Err, "Write it? [y/N] ")
	answer, err := bufio.NewReader(c.In).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return false, err
	}
	if answer = strings.ToLower(strings.TrimSpace(answer)); answer == "y" || answer == "yes" {
		return true, nil
	}
	c.note("Nothing was written.")
	return false, nil
}

// WriteBundle writes a bundle beside the file and renames it, so that no half of one is sent, and returns its length.
func WriteBundle(draft Draft, lock app.BundleLock, out string) (int64, error) {
	f, err := os.CreateTemp(filepath.Dir(out), ".bundle-*") // 0600
	if err != nil {
		return 0, err
	}
	defer os.Remove(f.Name()) // without effect once it has been renamed
	if err := errors.Join(draft.Write(f, lock), f.Close()); err != nil {
		return 0, err
	}
	info, err := os.Stat(f.Name())
	if err != nil {
		return 0, err
	}
	return info.Size(), os.Rename(f.Name(), out)
}

func (c *commandLine) writeBundle(draft Draft, lock app.BundleLock, out string) error {
	size, err := WriteBundle(draft, lock, out)
	if err != nil {
		return err
	}
	how := "not encrypted"
	if lock.Passphrase != "" || len(lock.Recipients) > 0 {
		how = "encrypted"
	}
	fmt.Fprintf(c.Out, "%s: %s, %s.\n", out, phrase.Bytes(size), how)
	return nil
}

// newPassphrase asks twice at a terminal, and reads a line from anything else.
func (c *commandLine) newPassphrase() (string, error) {
	first, err := c.passphrase("Passphrase: ")
	if err != nil {
		return "", err
	}
	if _, person := c.keyboard(); person {
		again, err := c.passphrase("Again: ")
		if err == nil && again != first {
			err = fmt.Errorf("%w: the two passphrases are not the same", errUsage)
		}
		if err != nil {
			return "", err
		}
	}
	if first == "" {
		return "", fmt.Errorf("%w: a passphrase cannot be empty", errUsage)
	}
	return first, nil
}

// keyboard returns the terminal that the command is read from; false if it is none.
func (c *commandLine) keyboard() (int, bool) {
	f, ok := c.In.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return 0, false
	}
	return int(f.Fd()), true
}

// passphrase asks for one, which is not shown.
func (c *commandLine) passphrase(prompt string) (string, error) {
	fd, person := c.keyboard()
	if !person {
		text, err := bufio.NewReader(io.LimitReader(c.In, 1<<16)).ReadString('\n')
		if errors.Is(err, io.EOF) {
			err = nil
		}
		return strings.TrimRight(text, "\r\n"), err
	}
	fmt.Fprint(c.Err, prompt)
	text, err := term.ReadPassword(fd)
	fmt.Fprintln(c.Err)
	return string(text), err
}

// OpenOptions say which file to open, and how.
type OpenOptions struct {
	Path  string // of a bundle, or a cache file
	Key   app.BundleKey
	Visit string // as WindowOptions has it
}

// open is the command that opens a bundle, or a cache file that is only read.
func (c *commandLine) open() *cobra.Command {
	var identity string
	wish := OpenOptions{}
	cmd := &cobra.Command{
		Use: "open FILE", Short: "Open a bundle, or any cache file, to be read only", Args: cobra.ExactArgs(1),
		GroupID: "try",
		Long: `Opens the window on the bundle of an incident, or on a cache file, without reading the AWS
configuration, the settings or the cache of this machine. Nothing is pulled and nothing of the file
is changed. A file that is not as this program makes it is refused.`,
	}
	cmd.Flags().StringVar(&identity, "identity", "", "`file` with the identities of age that open an encrypted bundle")
	cmd.Flags().StringVar(&wish.Visit, "visit", "", "as without a command")
	_ = cmd.Flags().MarkHidden("visit") // it is there
	cmd.RunE = c.run(func(ctx context.Context, args []string) error {
		c.standalone = true
		wish.Path = args[0]
		if identity != "" {
			text, err := os.ReadFile(identity)
			if err != nil {
				return err
			}
			wish.Key.Identities = string(text)
		}
		err := c.deps.Open(ctx, wish, c.raw)
		if errors.Is(err, app.ErrBundleLocked) && identity == "" {
			if wish.Key.Passphrase, err = c.passphrase("Passphrase: "); err == nil {
				err = c.deps.Open(ctx, wish, c.raw)
			}
		}
		return err
	})
	return cmd
}
