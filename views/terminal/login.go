package terminal

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/phrase"
)

// Login is how a person signs in at IAM Identity Center.
type Login struct {
	// Find reads the AWS configuration of this machine.
	Find func(context.Context) (app.AWSConfiguration, error)
	// SignIn tells the code to compare in the browser, and returns when the sign-in is allowed there.
	SignIn func(context.Context, app.Profile, func(app.DeviceCode)) error
	// OpenPage opens an address in the browser.
	OpenPage func(address string) error
}

// login is the command that signs in at IAM Identity Center.
func (c *commandLine) login() *cobra.Command {
	var stay bool
	cmd := &cobra.Command{
		Use: "login", Short: "Sign in with IAM Identity Center", Args: cobra.NoArgs, GroupID: "aws",
		Long: `Signs in with IAM Identity Center for a profile of the AWS configuration that has an SSO session: opens
the browser, shows the code to compare there, and waits. The sign-in is kept where the AWS CLI and
the SDKs look for it (~/.aws/sso/cache), so that they share it; a window that is open takes it up by
itself. Without --profile it is AWS_PROFILE, or the one session that the configuration has.`,
		Example: "  nephograph login --profile prod",
	}
	cmd.Flags().BoolVar(&stay, "no-browser", false, "only print the address and the code")
	cmd.RunE = c.run(func(ctx context.Context, _ []string) error {
		p, err := c.loginProfile(ctx)
		if err != nil {
			return err
		}
		err = c.deps.Login.SignIn(ctx, p, func(code app.DeviceCode) {
			fmt.Fprintf(c.Out, "Open %s\nand allow the sign-in if the code there is %s.\n", code.Page, code.Code)
			if !stay && c.deps.Login.OpenPage(code.Page) != nil {
				c.note("No browser could be opened here; any other device will do.")
			}
		})
		if err != nil {
			return err
		}
		fmt.Fprintf(c.Out, "Signed in to %s.\n", cmp.Or(p.Session.Name, p.Session.StartURL))
		return nil
	})
	return cmd
}

// loginProfile returns the profile that is meant: the one named, the environment's, or one of the only session.
func (c *commandLine) loginProfile(ctx context.Context) (app.Profile, error) {
	if len(c.profiles) > 1 {
		return app.Profile{}, fmt.Errorf("%w: one sign-in is for one profile", errUsage)
	}
	found, err := c.deps.Login.Find(ctx)
	if err != nil {
		return app.Profile{}, err
	}
	name := found.Environment.Profile
	if len(c.profiles) == 1 {
		name = c.profiles[0]
	}
	if name != "" {
		i := slices.IndexFunc(found.Profiles, func(p app.Profile) bool { return p.Name == name })
		if i < 0 {
			return app.Profile{}, notThere("there is no profile %q in the AWS configuration", name)
		}
		if p := found.Profiles[i]; p.Session == nil {
			return app.Profile{}, notThere("profile %q has no SSO session to sign in to; its credentials: %s", name,
				p.Method)
		}
		return found.Profiles[i], nil
	}
	var sessions []app.Profile
	for _, p := range found.Profiles {
		same := func(other app.Profile) bool { return *other.Session == *p.Session }
		if p.Session != nil && !slices.ContainsFunc(sessions, same) {
			sessions = append(sessions, p)
		}
	}
	switch len(sessions) {
	case 0:
		return app.Profile{},
			notThere("no profile of the AWS configuration has an SSO session; aws configure sso makes one")
	case 1:
		return sessions[0], nil
	}
	var names []string
	for _, p := range sessions {
		names = append(names, p.Name)
	}
	return app.Profile{},
		fmt.Errorf("%w: there are several SSO sessions; name one of their profiles with --profile: %s",
			errUsage, strings.Join(names, ", "))
}

func notThere(format string, args ...any) error {
	return &app.Error{Kind: app.NotFound, Op: "connect", Err: fmt.Errorf(format, args...)}
}

// errNoCode is why a code of an MFA device is not there.
var errNoCode = errors.New("no code was given")

// AskMFA returns what asks for the codes of MFA devices on a terminal, or nil where nobody sits at one.
func AskMFA(s Streams) func(context.Context, app.MFARequest) (string, error) {
	in, ok := s.In.(interface{ Fd() uintptr })
	if !ok || !term.IsTerminal(int(in.Fd())) {
		return nil
	}
	return askMFA(s)
}

func askMFA(s Streams) func(context.Context, app.MFARequest) (string, error) {
	var one sync.Mutex
	lines := bufio.NewReader(s.In)
	return func(_ context.Context, r app.MFARequest) (string, error) {
		one.Lock()
		defer one.Unlock()
		if r.Refused {
			fmt.Fprintln(s.Err, "AWS has refused that code: it is wrong, or it was used before. Wait for the next one.")
		}
		fmt.Fprintf(s.Err, "Code of the MFA device %s, for profile %s: ", phrase.VisibleLine(r.Device),
			phrase.VisibleLine(r.Profile))
		line, err := lines.ReadString('\n')
		if code := strings.TrimSpace(line); code != "" {
			return code, nil
		}
		return "", cmp.Or(err, errNoCode)
	}
}
