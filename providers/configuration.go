package providers

import (
	"cmp"
	"context"
	"errors"
	"os"
	"slices"
	"time"

	"github.com/aws/aws-sdk-go-v2/config"
	"golang.org/x/sync/errgroup"

	"github.com/nephograph/nephograph/app"
)

// Configuration reads what the AWS configuration of this machine has to offer: the profiles of its files with how each
// gets its credentials, and what the environment sets. It asks nobody and runs nothing. Its error is Profiles'.
func Configuration(ctx context.Context) (app.AWSConfiguration, error) {
	c := app.AWSConfiguration{Files: []string{configFile(), credentialsFile()}, Environment: environment()}
	profiles, err := Profiles()
	if err != nil {
		return c, err
	}
	if c.Environment.Keys {
		c.Profiles = append(c.Profiles, app.Profile{Region: c.Environment.Region, Method: app.AccessKeys})
	}
	for _, p := range profiles {
		c.Profiles = append(c.Profiles, describe(ctx, p))
	}
	return c, nil
}

func environment() app.AWSEnvironment {
	return app.AWSEnvironment{
		Profile: cmp.Or(os.Getenv("AWS_PROFILE"), os.Getenv("AWS_DEFAULT_PROFILE")),
		Region:  cmp.Or(os.Getenv("AWS_REGION"), os.Getenv("AWS_DEFAULT_REGION")),
		Keys:    os.Getenv("AWS_ACCESS_KEY_ID") != "" && os.Getenv("AWS_SECRET_ACCESS_KEY") != "",
	}
}

func configFile() string {
	return cmp.Or(os.Getenv("AWS_CONFIG_FILE"), config.DefaultSharedConfigFilename())
}

func credentialsFile() string {
	return cmp.Or(os.Getenv("AWS_SHARED_CREDENTIALS_FILE"), config.DefaultSharedCredentialsFilename())
}

// describe says how a profile gets its credentials, in the order in which the SDK decides.
func describe(ctx context.Context, p Profile) app.Profile {
	d := app.Profile{Name: p.Name, Region: p.Region}
	shared, err := sharedConfig(ctx, p.Name)
	if err != nil {
		d.Method, d.Problem = app.OtherSource, failLoad(err)
		return d
	}
	d.Method, d.Of = methodOf(shared)
	for at := &shared; at != nil; at = at.Source {
		d.MFA = cmp.Or(d.MFA, at.MFASerial)
		d.Session = cmp.Or(sessionOf(at), d.Session)
	}
	return d
}

// sharedConfig reads one profile of the files, whose name may stand in quotation marks there (see loadProfile).
func sharedConfig(ctx context.Context, name string) (config.SharedConfig, error) {
	files := func(o *config.LoadSharedConfigOptions) {
		o.ConfigFiles, o.CredentialsFiles = []string{configFile()}, []string{credentialsFile()}
	}
	shared, err := config.LoadSharedConfigProfile(ctx, name, files)
	for _, quote := range []string{`"`, `'`} {
		if !errors.As(err, new(config.SharedConfigProfileNotExistError)) {
			break
		}
		shared, err = config.LoadSharedConfigProfile(ctx, quote+name+quote, files)
	}
	return shared, err
}

func methodOf(c config.SharedConfig) (method app.Method, of string) {
	switch {
	case c.RoleARN != "" && c.WebIdentityTokenFile != "":
		return app.WebIdentity, c.RoleARN
	case c.RoleARN != "":
		return app.AssumedRole, c.RoleARN
	case c.Credentials.HasKeys():
		return app.AccessKeys, ""
	case c.SSOAccountID != "":
		return app.IdentityCenter, cmp.Or(c.SSOSessionName, c.SSOStartURL)
	case c.LoginSession != "":
		return app.LoginSession, c.LoginSession
	case c.CredentialProcess != "":
		return app.Process, "" // its arguments may hold a secret
	}
	return app.OtherSource, ""
}

func sessionOf(c *config.SharedConfig) *app.SSOSession {
	switch {
	case c.SSOSession != nil:
		return &app.SSOSession{Name: c.SSOSession.Name, StartURL: c.SSOSession.SSOStartURL,
			Region: c.SSOSession.SSORegion}
	case c.SSOStartURL != "":
		return &app.SSOSession{StartURL: c.SSOStartURL, Region: c.SSORegion}
	}
	return nil
}

// defaultRegions are those of the partition aws that every account can use without asking for them (AWS Account
// Management Reference Guide, "Specify which AWS Regions your account can use").
var defaultRegions = []string{
	"us-east-1", "us-east-2", "us-west-1", "us-west-2", "ap-south-1", "ap-northeast-1", "ap-northeast-2",
	"ap-northeast-3", "ap-southeast-1", "ap-southeast-2", "ca-central-1", "eu-central-1", "eu-west-1", "eu-west-2",
	"eu-west-3", "eu-north-1", "sa-east-1",
}

// AnyRegion is asked who the caller is where neither the profile nor the environment names a Region.
const AnyRegion = "us-east-1"

// AnswerTime is how long a Region or a profile may take that is asked beside others: who waits sees the rest.
const AnswerTime = 15 * time.Second

// regionsAtOnce is how many Regions are asked beside each other; each has quotas of its own.
const regionsAtOnce = 8

// InRegions asks in each Region beside the others, and returns the answers in their order. A Region that does not
// answer in time has that as its problem. The error is the context's.
func InRegions(ctx context.Context, regions []string, ask func(context.Context, string) app.RegionUse) (
	[]app.RegionUse, error,
) {
	uses := make([]app.RegionUse, len(regions))
	var running errgroup.Group
	running.SetLimit(regionsAtOnce)
	for i, region := range regions {
		running.Go(func() error {
			within, stop := context.WithTimeout(ctx, AnswerTime)
			defer stop()
			uses[i] = ask(within, region)
			return nil
		})
	}
	_ = running.Wait() // none of them fails
	return uses, ctx.Err()
}

// RegionsToTry returns the Regions in which an account may have something: the profile's own first, and those that
// need no opting in. Of another partition than aws only the profile's own is known.
func RegionsToTry(own string, who app.Identity) []string {
	var regions []string
	if own != "" {
		regions = append(regions, own)
	}
	if who.Partition() != "aws" {
		return regions
	}
	for _, r := range defaultRegions {
		if !slices.Contains(regions, r) {
			regions = append(regions, r)
		}
	}
	return regions
}
