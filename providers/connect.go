package providers

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/feature/ec2/imds"
	"github.com/aws/smithy-go"
	"github.com/aws/smithy-go/logging"
	"github.com/aws/smithy-go/middleware"

	"github.com/nephograph/nephograph/app"
)

// Options say how to connect. The zero value keeps no ledger.
type Options struct {
	// Record gets every HTTP attempt once it has ended. It is called on the goroutine of the request, by several at a
	// time, and must not block.
	Record func(app.Request)
	// Account of the profile where it is known already; otherwise the record has it once GetCallerIdentity was asked.
	Account string
	// Version of this program, for the user agent.
	Version string
	// Limits of the process; nil are some of its own, which know no quotas.
	Limits *Limits
	// Price says what so many units of a call cost, as app.PriceList.Price does; nil: nothing.
	Price func(service, operation, region string, units int) app.Money
	// Sessions of the process; nil are some of its own, which nobody else shares.
	Sessions *Sessions
	// Kept returns the keys that a person has entered under the name of a profile; it is asked where the AWS
	// configuration has no such profile. Nil: there are none.
	Kept func(profile string) (keys aws.Credentials, region string, ok bool, err error)
	// MaxBackoff caps the wait before a retry; zero means five seconds.
	MaxBackoff time.Duration
}

// Time-outs of one HTTP attempt. A laptop moves between networks: an answer that has not begun by then will not come,
// and the retry finds the new way. A page is at most some megabytes, so a minute and a half is for slow links.
const (
	dialTimeout   = 5 * time.Second
	headerTimeout = 45 * time.Second
	wholeTimeout  = 90 * time.Second
)

// idleConns are kept to one host, as many as there are pulls in parallel; the transport's own default of ten would
// close and open connections all the time.
const idleConns = 16

// Connect returns the configuration for one profile in one Region, as the SDK finds it: AWS_PROFILE, AWS_REGION,
// AWS_ENDPOINT_URL, the other AWS_ variables and the files in ~/.aws. An empty profile is the default chain; an empty
// Region is the profile's. It reads files only: that credentials work is known after the first request.
//
// The instance metadata service is not asked, since on a laptop that means seconds of waiting for nobody, unless
// AWS_EC2_METADATA_DISABLED=false says that this is an instance.
func Connect(ctx context.Context, p Profile, o Options) (aws.Config, error) {
	limits := o.Limits
	if limits == nil {
		limits = NewLimits(nil)
	}
	limits.learn(p.Name, o.Account)
	sessions := o.Sessions
	if sessions == nil {
		sessions = &Sessions{}
	}
	ledger := newLedger(p.Name, o, limits)
	kept, err := keptKeys(ctx, p, o)
	if err != nil {
		return aws.Config{}, err
	}
	load := []func(*config.LoadOptions) error{
		config.WithHTTPClient(httpClient()),
		config.WithLogger(logging.Nop{}), // the SDK would write to standard error
		// here, so that clients for credentials have it
		config.WithAPIOptions([]func(*middleware.Stack) error{guardAnswers}),
		config.WithRetryer(func() aws.Retryer { return newRetryer(o.MaxBackoff) }),
	}
	switch {
	case kept != nil:
		load = append(load, config.WithCredentialsProvider(keys(*kept)))
		p.Region = cmp.Or(p.Region, environment().Region, kept.Source)
	case p.Name != "":
		load = append(load, config.WithSharedConfigProfile(p.Name))
	}
	if p.Region != "" {
		load = append(load, config.WithRegion(p.Region))
	}
	if !strings.EqualFold(os.Getenv("AWS_EC2_METADATA_DISABLED"), "false") {
		load = append(load, config.WithEC2IMDSClientEnableState(imds.ClientDisabled))
	}
	cfg, err := loadProfile(ctx, append(load, sessions.options(p.Name)...))
	if err != nil {
		return aws.Config{}, failLoad(err)
	}
	if cfg.Region == "" {
		return aws.Config{}, &app.Error{Kind: app.NotFound, Op: "connect", Err: noRegion(p.Name)}
	}
	if cfg.Credentials != nil && kept == nil {
		cfg.Credentials = credentials{sessions.provider(cfg, p.Name), ssoRoleOf(cfg)}
	}
	// only now: the loading adds AWS_CA_BUNDLE to the SDK's own client
	cfg.HTTPClient = onTime{wholeBody{cfg.HTTPClient}, time.Now}
	cfg.APIOptions = append(cfg.APIOptions,
		awsmiddleware.AddUserAgentKeyValue("nephograph", o.Version),
		func(s *middleware.Stack) error {
			return s.Finalize.Insert(&pacer{limits, p.Name}, "Retry", middleware.After)
		},
		ledger.install,
	)
	return cfg, nil
}

// keptKeys returns the keys that a person has entered under the name of a profile which the AWS configuration does not
// have, with their Region as the source; nil: there are none.
func keptKeys(ctx context.Context, p Profile, o Options) (*aws.Credentials, error) {
	if o.Kept == nil || p.Name == "" {
		return nil, nil
	}
	if _, err := sharedConfig(ctx, p.Name); !errors.As(err, new(config.SharedConfigProfileNotExistError)) {
		return nil, nil
	}
	found, region, ok, err := o.Kept(p.Name)
	if err != nil || !ok {
		return nil, err
	}
	found.Source = region
	return &found, nil
}

// loadProfile loads the configuration. A name with a blank stands in quotation marks in the file ([profile "my
// prod"]), which the AWS CLI and botocore take away and the SDK for Go takes for a part of the name: a profile that
// is not there without them is looked for with them.
func loadProfile(ctx context.Context, load []func(*config.LoadOptions) error) (aws.Config, error) {
	cfg, err := config.LoadDefaultConfig(ctx, load...)
	var missing config.SharedConfigProfileNotExistError
	if !errors.As(err, &missing) {
		return cfg, err
	}
	for _, quote := range []string{`"`, `'`} {
		named := append(slices.Clip(load), config.WithSharedConfigProfile(quote+missing.Profile+quote))
		quoted, failed := config.LoadDefaultConfig(ctx, named...)
		if !errors.As(failed, new(config.SharedConfigProfileNotExistError)) {
			return quoted, failed
		}
	}
	return cfg, err
}

// ssoRole is a role that IAM Identity Center gives credentials of; the zero value is none.
type ssoRole struct{ profile, role, account string }

// ssoRoleOf returns the role that a configuration, or the profile that it starts from, asks IAM Identity Center for.
func ssoRoleOf(cfg aws.Config) ssoRole {
	for _, source := range cfg.ConfigSources {
		shared, ok := source.(config.SharedConfig)
		for profile := &shared; ok && profile != nil; profile = profile.Source {
			if profile.SSORoleName != "" {
				return ssoRole{profile.Profile, profile.SSORoleName, profile.SSOAccountID}
			}
		}
	}
	return ssoRole{}
}

// httpClient keeps the SDK's transport, with its proxies from the environment, and changes time-outs only.
func httpClient() *awshttp.BuildableClient {
	return awshttp.NewBuildableClient().
		WithTimeout(wholeTimeout).
		WithDialerOptions(func(d *net.Dialer) { d.Timeout = dialTimeout }).
		WithTransportOptions(func(t *http.Transport) {
			t.ResponseHeaderTimeout = headerTimeout
			t.MaxIdleConnsPerHost = idleConns
		})
}

// noRegion says what to do where neither the profile nor the environment names a Region.
func noRegion(profile string) error {
	if profile == "" {
		return errors.New("no Region is set: name one in AWS_REGION or ~/.aws/config")
	}
	return fmt.Errorf("profile %q names no Region: name one in AWS_REGION or ~/.aws/config", profile)
}

// failLoad says why the files in ~/.aws do not give a configuration.
func failLoad(err error) error {
	var missing config.SharedConfigProfileNotExistError
	if errors.As(err, &missing) {
		return &app.Error{Kind: app.NotFound, Op: "connect",
			Err: fmt.Errorf("there is no profile %q in the AWS configuration", missing.Profile)}
	}
	var noToken config.AssumeRoleTokenProviderNotSetError
	if errors.As(err, &noToken) {
		return &app.Error{Kind: app.SignedOut, Op: "connect",
			Err: errors.New("the profile's role asks for an MFA code")}
	}
	var unreadable config.SharedConfigLoadError
	if errors.As(err, &unreadable) {
		return &app.Error{Kind: app.Malformed, Op: "connect", Err: errors.New(redact(err.Error()))}
	}
	return Fail("connect", err)
}

// credentials marks what goes wrong on the way to credentials, which the SDK does not tell from other failures.
type credentials struct {
	aws.CredentialsProvider
	sso ssoRole
}

// Retrieve returns the credentials of the provider within.
func (c credentials) Retrieve(ctx context.Context) (aws.Credentials, error) {
	got, err := c.CredentialsProvider.Retrieve(ctx)
	switch {
	case err == nil:
		return got, nil
	case isNotAssigned(err):
		return got, &app.Error{Kind: app.NotFound, Op: "connect", Err: c.sso.notAssigned()}
	}
	return got, &credentialsError{err}
}

func (r ssoRole) notAssigned() error {
	return fmt.Errorf("the role %s in account %s is not assigned to you in IAM Identity Center, or its name is wrong "+
		"in "+
		"the AWS configuration (profile %s); signing in again does not help", r.role, r.account,
		strings.Trim(r.profile, `"'`))
}

// isNotAssigned reports whether IAM Identity Center knows who asks and refuses the role: "No access", a 403 (IAM
// Identity Center Portal API reference, GetRoleCredentials).
func isNotAssigned(err error) bool {
	var operation *smithy.OperationError
	for errors.As(err, &operation) { // a role may be assumed from this one
		if operation.Operation() == "GetRoleCredentials" {
			var answer smithy.APIError
			return errors.As(operation.Err, &answer) &&
				(answer.ErrorCode() == "ForbiddenException" || answer.ErrorCode() == "ResourceNotFoundException")
		}
		err = operation.Err
	}
	return false
}

type credentialsError struct{ error }

func (e *credentialsError) Unwrap() error { return e.error }
