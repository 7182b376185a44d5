package providers_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sts"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/providers"
	"github.com/nephograph/nephograph/providers/simulator"
	"github.com/nephograph/nephograph/providers/simulator/world"
)

// centre is a simulator with an IAM Identity Center, and a home folder with nothing but a configuration for it.
type centre struct {
	*simulator.Server
	t    *testing.T
	url  string
	home string
}

func newCentre(t *testing.T, o simulator.Options) *centre {
	t.Helper()
	made := &world.World{Seed: 7, Places: []*world.Place{
		{Scope: app.Scope{Account: "111122223333", Region: "eu-west-1", Profile: "shop-prod"}},
		{Scope: app.Scope{Account: "444455556666", Region: "us-east-1", Profile: "shop-data"}}}}
	c := &centre{Server: simulator.New(made, o), t: t, home: t.TempDir()}
	ctx, stop := context.WithCancel(context.Background())
	url, wait, err := c.Start(ctx, "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { stop(); _ = wait() })
	c.url = url
	t.Setenv("HOME", c.home)
	awsFolder(t, c.SSOConfig(url), "")
	return c
}

// profile returns what the configuration says of a profile.
func (c *centre) profile(name string) app.Profile {
	c.t.Helper()
	found, err := providers.Configuration(c.t.Context())
	if err != nil {
		c.t.Fatal(err)
	}
	i := slices.IndexFunc(found.Profiles, func(p app.Profile) bool { return p.Name == name })
	if i < 0 {
		c.t.Fatalf("there is no profile %s in %+v", name, found.Profiles)
	}
	return found.Profiles[i]
}

// who asks who the caller is under a profile.
func (c *centre) who(o providers.Options, profile, region string) (string, error) {
	c.t.Helper()
	cfg, err := providers.Connect(c.t.Context(), providers.Profile{Name: profile, Region: region}, o)
	if err != nil {
		return "", err
	}
	out, err := sts.NewFromConfig(cfg).GetCallerIdentity(c.t.Context(), &sts.GetCallerIdentityInput{})
	if err != nil {
		return "", providers.Fail("sts:GetCallerIdentity", err)
	}
	return *out.Arn, nil
}

// allow opens the page of a sign-in, as a person's browser does.
func (c *centre) allow(code app.DeviceCode) {
	answer, err := http.Get(code.Page)
	if err != nil {
		c.t.Fatal(err)
	}
	answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		c.t.Errorf("the page %s answers %s", code.Page, answer.Status)
	}
}

func TestSignIn(t *testing.T) {
	c := newCentre(t, simulator.Options{})
	o := providers.Options{Sessions: &providers.Sessions{}}
	if _, err := c.who(o, "shop-prod", ""); app.KindOf(err) != app.SignedOut {
		t.Fatalf("before the sign-in: %v", err)
	}
	var shown app.DeviceCode
	err := providers.SignIn(t.Context(), c.profile("shop-prod"),
		func(code app.DeviceCode) { shown = code; c.allow(code) })
	if err != nil || len(shown.Code) != 9 || !strings.Contains(shown.Page, shown.Code) {
		t.Fatalf("shown %+v: %v", shown, err)
	}
	for profile, account := range map[string]string{"shop-prod": "111122223333", "shop-data": "444455556666"} {
		want := "arn:aws:sts::" + account + ":assumed-role/AWSReservedSSO_ReadOnly_0123456789abcdef/ann"
		if got, err := c.who(o, profile, ""); err != nil || got != want {
			t.Errorf("%s is %s, %v; the session is shared", profile, got, err)
		}
	}
	c.ExpireSessions()
	o.Sessions.Forget("shop-prod")
	if got, err := c.who(o, "shop-prod", ""); app.KindOf(err) != app.SignedOut {
		t.Errorf("after the session has ended: %s, %v", got, err)
	}
	if err := providers.SignIn(t.Context(), c.profile("shop-prod"), c.allow); err != nil {
		t.Fatal(err)
	}
	if _, err := c.who(o, "shop-prod", ""); err != nil {
		t.Errorf("after the second sign-in: %v", err)
	}
}

// TestTheAWSCLIUsesTheSignIn asks with Amazon's own tool, which nobody here wrote.
func TestTheAWSCLIUsesTheSignIn(t *testing.T) {
	tool, err := exec.LookPath("aws")
	if err != nil {
		t.Skip("awscli is not installed")
	}
	c := newCentre(t, simulator.Options{})
	if err := providers.SignIn(t.Context(), c.profile("shop-prod"), c.allow); err != nil {
		t.Fatal(err)
	}
	files, _ := filepath.Glob(filepath.Join(c.home, ".aws", "sso", "cache", "*"))
	if len(files) != 1 {
		t.Fatalf("the sign-in is kept in %v", files)
	}
	info, err := os.Stat(files[0])
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("others may read the sign-in: %v, %v", info.Mode(), err)
	}
	ask := exec.CommandContext(t.Context(), tool, "sts", "get-caller-identity", "--profile", "shop-data", "--output",
		"json")
	ask.Env = append(os.Environ(), "AWS_PAGER=")
	out, err := ask.CombinedOutput()
	var who struct{ Account string }
	if jsonErr := json.Unmarshal(out, &who); err != nil || jsonErr != nil || who.Account != "444455556666" {
		t.Errorf("awscli says %s: %v", out, err)
	}
}

func TestSignInEndsWithTheContext(t *testing.T) {
	c := newCentre(t, simulator.Options{})
	ctx, stop := context.WithCancel(t.Context())
	err := providers.SignIn(ctx, c.profile("shop-prod"), func(app.DeviceCode) { stop() })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if files, _ := filepath.Glob(filepath.Join(c.home, ".aws", "sso", "cache", "*")); len(files) > 0 {
		t.Errorf("a sign-in that was given up leaves %v", files)
	}
}

func TestSignInWhereThereIsNothingToSignInTo(t *testing.T) {
	newCentre(t, simulator.Options{})
	err := providers.SignIn(t.Context(), app.Profile{Name: "keys", Method: app.AccessKeys}, nil)
	if app.KindOf(err) != app.NotFound || !strings.Contains(err.Error(), "access keys") {
		t.Errorf("got %v", err)
	}
}

const keyProfile = "[base]\naws_access_key_id=AKIA111122223333\naws_secret_access_key=" + secret + "\n"

func (c *centre) roles() {
	role := func(name, account, role, more string) string {
		return fmt.Sprintf("[profile %s]\nregion=eu-west-1\nendpoint_url=%s\nsource_profile=base\n"+
			"role_arn=arn:aws:iam::%s:role/%s\n%s\n", name, c.url, account, role, more)
	}
	device := "mfa_serial=arn:aws:iam::111122223333:mfa/ann"
	awsFolder(c.t, role("prod", "111122223333", "ops-mfa", device)+role("data", "444455556666", "ops-mfa", device)+
		role("partner", "444455556666", "audit-external", "external_id="+simulator.ExternalID)+
		role("stranger", "444455556666", "audit-external", "external_id=guess"), keyProfile)
}

// TestACodeIsAskedForOnce has two profiles with one device in three Regions, all at once, and a first code that is
// wrong.
func TestACodeIsAskedForOnce(t *testing.T) {
	c := newCentre(t, simulator.Options{})
	c.roles()
	var asked atomic.Int64
	o := providers.Options{Sessions: &providers.Sessions{}}
	o.Sessions.Ask(func(_ context.Context, r app.MFARequest) (string, error) {
		n := asked.Add(1)
		if r.Device != "arn:aws:iam::111122223333:mfa/ann" || r.Refused != (n > 1) {
			t.Errorf("asked for %+v the time %d", r, n)
		}
		return []string{"012345", "123456"}[n-1], nil
	})
	var all sync.WaitGroup
	for _, profile := range []string{"prod", "data"} {
		for _, region := range []string{"eu-west-1", "us-east-1", "ap-south-1"} {
			all.Go(func() {
				if arn, err := c.who(o, profile, region); err != nil ||
					!strings.Contains(arn, "assumed-role/ops-mfa/") {
					t.Errorf("%s in %s: %s, %v", profile, region, arn, err)
				}
			})
		}
	}
	all.Wait()
	if asked.Load() != 2 {
		t.Errorf("a code was asked for %d times, one of them for a wrong one", asked.Load())
	}
	if until := o.Sessions.Until(t.Context(), "prod"); time.Until(until) < 30*time.Minute {
		t.Errorf("the session lasts until %v", until)
	}
}

func TestNobodyGivesACode(t *testing.T) {
	c := newCentre(t, simulator.Options{})
	c.roles()
	o := providers.Options{Sessions: &providers.Sessions{}}
	o.Sessions.Ask(func(context.Context, app.MFARequest) (string, error) { return "", errors.New("closed") })
	if _, err := c.who(o, "prod", ""); app.KindOf(err) != app.SignedOut || !strings.Contains(err.Error(), "no code") {
		t.Errorf("got %v", err)
	}
	var asked int
	o.Sessions.Ask(func(context.Context, app.MFARequest) (string, error) { asked++; return "0", nil })
	o.Sessions.ForgetCodes()
	if _, err := c.who(o, "prod", ""); app.KindOf(err) != app.SignedOut || asked != 3 {
		t.Errorf("after %d wrong codes: %v", asked, err)
	}
}

func TestExternalID(t *testing.T) {
	c := newCentre(t, simulator.Options{})
	c.roles()
	if arn, err := c.who(providers.Options{}, "partner", ""); err != nil || !strings.Contains(arn, "audit-external") {
		t.Errorf("with the external id: %s, %v", arn, err)
	}
	if _, err := c.who(providers.Options{}, "stranger", ""); app.KindOf(err) != app.Denied ||
		strings.Contains(err.Error(), secret) {
		t.Errorf("with another one: %v", err)
	}
}

func TestSignInsDoneElsewhereAreSeen(t *testing.T) {
	c := newCentre(t, simulator.Options{})
	ctx, stop := context.WithCancel(t.Context())
	changed, ended := make(chan struct{}, 10), make(chan struct{})
	began := make(chan struct{})
	go func() {
		defer close(ended)
		close(began)
		providers.WatchCredentials(ctx, func() { changed <- struct{}{} })
	}()
	<-began
	if err := providers.SignIn(t.Context(), c.profile("shop-prod"), c.allow); err != nil { // takes a second at least
		t.Fatal(err)
	}
	<-changed
	stop()
	<-ended
}

// TestKeysEnteredByHand are used where the files have no such profile, and never in the place of one.
func TestKeysEnteredByHand(t *testing.T) {
	c := newCentre(t, simulator.Options{})
	c.roles()
	t.Setenv("AWS_ENDPOINT_URL", c.url)
	o := providers.Options{Kept: func(profile string) (keys aws.Credentials, region string, ok bool, err error) {
		return aws.Credentials{AccessKeyID: "AKIA444455556666", SecretAccessKey: secret}, "us-east-1", profile == "lab",
			nil
	}}
	if arn, err := c.who(o, "lab", ""); err != nil || !strings.Contains(arn, ":444455556666:") {
		t.Errorf("lab is %s, %v", arn, err)
	}
	if arn, err := c.who(o, "base", "eu-west-1"); err != nil || !strings.Contains(arn, ":111122223333:") {
		t.Errorf("base is %s, %v", arn, err)
	}
	if _, err := c.who(o, "nobody", ""); app.KindOf(err) != app.NotFound {
		t.Errorf("nobody: %v", err)
	}
}
