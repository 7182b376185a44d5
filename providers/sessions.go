package providers

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/credentials/ssocreds"
	"github.com/aws/aws-sdk-go-v2/credentials/stscreds"
	"github.com/aws/aws-sdk-go-v2/service/sso"
	"github.com/aws/aws-sdk-go-v2/service/ssooidc"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	"github.com/aws/smithy-go"

	"github.com/nephograph/nephograph/app"
)

// AskMFA asks a person for the code of an MFA device. It may be called on any goroutine, and returns an error where
// nobody gives one.
type AskMFA func(context.Context, app.MFARequest) (code string, err error)

// Sessions are the credentials of this process: one provider a profile, whichever Regions it is used in, so that each
// is renewed once and a code is asked for once. The zero value asks nobody for codes.
type Sessions struct {
	mu       sync.Mutex
	ask      AskMFA
	profiles map[string]aws.CredentialsProvider
	devices  map[string]*aws.CredentialsCache // sessions that began with a code, by access key and device
	needs    map[string]need                  // by profile
}

// need is what a profile's credentials need of a person from time to time.
type need struct {
	session *app.SSOSession       // that is signed in to; nil: none
	device  *aws.CredentialsCache // the session that began with a code; nil: none
}

// Ask sets who is asked for codes from now on; nil: nobody is.
func (s *Sessions) Ask(ask AskMFA) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ask = ask
}

func (s *Sessions) asker() AskMFA {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.ask
}

// Forget lets a profile's credentials be got anew, as the configuration is then. A session that began with a code is
// kept until it ends or AWS refuses it.
func (s *Sessions) Forget(profile string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.profiles, profile)
}

// ForgetCodes ends the sessions that began with a code, as far as this process knows them.
func (s *Sessions) ForgetCodes() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.devices, s.profiles = nil, nil
}

// Until returns when a person has to sign in again for a profile; zero if the credentials last or renew themselves, or
// when that is not known. It reads a file at most.
func (s *Sessions) Until(ctx context.Context, profile string) time.Time {
	s.mu.Lock()
	n := s.needs[profile]
	s.mu.Unlock()
	switch {
	case n.device != nil:
		if got, err := n.device.Retrieve(ctx); err == nil && got.CanExpire {
			return got.Expires
		}
	case n.session != nil:
		return signedInUntil(*n.session)
	}
	return time.Time{}
}

// options hand a code to roles that ask for one in a way that device sessions do not cover.
func (s *Sessions) options(profile string) []func(*config.LoadOptions) error {
	ask := s.asker()
	if ask == nil {
		return nil
	}
	return []func(*config.LoadOptions) error{config.WithAssumeRoleCredentialOptions(
		func(o *stscreds.AssumeRoleOptions) {
			device := aws.ToString(o.SerialNumber)
			o.TokenProvider = func() (string, error) {
				return ask(context.Background(), app.MFARequest{Profile: profile, Device: device})
			}
		})}
}

// provider returns the credentials of a profile: those that are in use, or else those of cfg.
func (s *Sessions) provider(cfg aws.Config, profile string) aws.CredentialsProvider {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.profiles[profile] == nil {
		if s.profiles == nil {
			s.profiles = map[string]aws.CredentialsProvider{}
		}
		s.profiles[profile] = s.begin(cfg, profile)
	}
	return s.profiles[profile]
}

// begin is called with the lock held.
func (s *Sessions) begin(cfg aws.Config, profile string) aws.CredentialsProvider {
	if s.needs == nil {
		s.needs = map[string]need{}
	}
	if s.devices == nil {
		s.devices = map[string]*aws.CredentialsCache{}
	}
	shared, ok := sharedOf(cfg)
	if !ok {
		return cfg.Credentials
	}
	n := need{}
	for at := &shared; at != nil; at = at.Source {
		if own := sessionOf(at); own != nil {
			n.session = own
		}
	}
	found := cfg.Credentials
	if made, ok := s.chain(cfg, &shared, profile, &n); ok && !environmentWins(profile) {
		found = made
	}
	s.needs[profile] = n
	return found
}

// environmentWins reports whether the credentials of the environment count for more than those of the files.
func environmentWins(profile string) bool {
	return profile == "" && (environment().Keys || os.Getenv("AWS_WEB_IDENTITY_TOKEN_FILE") != "")
}

// chain returns the credentials of a profile that comes of keys, of IAM Identity Center, or of roles assumed from
// these; ok is false for others, which the SDK knows better. It is made here once more because the SDK's own asks STS
// and IAM Identity Center at their public endpoints, whatever AWS_ENDPOINT_URL and endpoint_url say: it makes these
// clients before it has read the endpoint (config v1.33). It is called with the lock held.
func (s *Sessions) chain(cfg aws.Config, c *config.SharedConfig, profile string, n *need) (
	base aws.CredentialsProvider, ok bool,
) {
	switch {
	case c.Source != nil:
		if base, ok = s.chain(cfg, c.Source, profile, n); !ok {
			return nil, false
		}
	case c.Credentials.HasKeys():
		base = keys(c.Credentials)
	case c.SSOAccountID != "" && c.SSORoleName != "" && sessionOf(c) != nil && c.CredentialSource == "":
		base = ssoProvider(cfg, c)
	default:
		return nil, false
	}
	if base == nil || c.RoleARN == "" {
		return base, base != nil
	}
	ask := ""
	if c.MFASerial != "" {
		if s.ask == nil {
			return nil, false
		}
		if own, ok := base.(lasting); ok {
			n.device = s.device(cfg, own, c.MFASerial, profile)
			base = n.device
		} else {
			ask = c.MFASerial
		}
	}
	return s.assume(cfg, c, base, ask, profile), true
}

// lasting are the keys of a user, which have no session and no end.
type lasting struct{ aws.CredentialsProvider }

// keys returns credentials that are what they are.
func keys(c aws.Credentials) aws.CredentialsProvider {
	fixed := aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) { return c, nil })
	if c.SessionToken != "" {
		return fixed
	}
	return lasting{fixed}
}

// ssoProvider returns credentials of a role that IAM Identity Center gives.
func ssoProvider(cfg aws.Config, c *config.SharedConfig) aws.CredentialsProvider {
	session := *sessionOf(c)
	cfg.Region = session.Region
	path, err := tokenFile(session)
	if err != nil {
		return nil
	}
	return aws.NewCredentialsCache(ssocreds.New(sso.NewFromConfig(cfg), c.SSOAccountID, c.SSORoleName,
		session.StartURL, func(o *ssocreds.Options) {
			o.CachedTokenFilepath = path
			if session.Name != "" {
				o.SSOTokenProvider = ssocreds.NewSSOTokenProvider(ssooidc.NewFromConfig(cfg), path)
			}
		}))
}

// sharedOf returns what the files say of the profile that a configuration was loaded for.
func sharedOf(cfg aws.Config) (config.SharedConfig, bool) {
	for _, source := range cfg.ConfigSources {
		if shared, ok := source.(config.SharedConfig); ok {
			return shared, true
		}
	}
	return config.SharedConfig{}, false
}

// device returns the session that begins with a code of a device. All profiles that start from the same keys with the
// same device share it. It is called with the lock held.
func (s *Sessions) device(cfg aws.Config, own lasting, serial, profile string) *aws.CredentialsCache {
	fixed, _ := own.Retrieve(context.Background()) // which has nothing to fail on
	name := fixed.AccessKeyID + " " + serial
	if s.devices[name] == nil {
		cfg.Credentials = own
		s.devices[name] = aws.NewCredentialsCache(&deviceSession{
			api: sts.NewFromConfig(cfg), ask: s.ask, request: app.MFARequest{Profile: profile, Device: serial},
		})
	}
	return s.devices[name]
}

// assume returns the role's credentials. ask is the device whose code the role itself asks for, "" for none.
func (s *Sessions) assume(cfg aws.Config, c *config.SharedConfig, from aws.CredentialsProvider, ask, profile string,
) aws.CredentialsProvider {
	cfg.Credentials = from
	code := s.ask
	return aws.NewCredentialsCache(stscreds.NewAssumeRoleProvider(sts.NewFromConfig(cfg), c.RoleARN,
		func(o *stscreds.AssumeRoleOptions) {
			o.RoleSessionName = c.RoleSessionName
			if c.ExternalID != "" {
				o.ExternalID = aws.String(c.ExternalID)
			}
			if c.RoleDurationSeconds != nil {
				o.Duration = *c.RoleDurationSeconds
			}
			if ask != "" {
				o.SerialNumber = aws.String(ask)
				o.TokenProvider = func() (string, error) {
					return code(context.Background(), app.MFARequest{Profile: profile, Device: ask})
				}
			}
		}))
}

// deviceSession gets the credentials of a user's session with a code (STS API reference, GetSessionToken: at most 36
// hours, 12 by default, and from keys that last alone).
type deviceSession struct {
	api     *sts.Client
	ask     AskMFA
	request app.MFARequest
}

// codesAsked is how many codes are tried: a code is good for 30 seconds and once, and people mistype.
const codesAsked = 3

// ErrNoCode is why a role with MFA cannot be assumed.
var ErrNoCode = errors.New("no code of the MFA device was given")

// Retrieve asks for a code and begins the session.
func (d *deviceSession) Retrieve(ctx context.Context) (aws.Credentials, error) {
	request := d.request
	for range codesAsked {
		code, err := d.ask(ctx, request)
		if err != nil {
			return aws.Credentials{}, &app.Error{Kind: app.SignedOut, Op: "connect", Err: ErrNoCode}
		}
		out, err := d.api.GetSessionToken(ctx, &sts.GetSessionTokenInput{
			SerialNumber: aws.String(d.request.Device), TokenCode: aws.String(strings.TrimSpace(code))})
		if err == nil && out.Credentials != nil {
			got := out.Credentials
			return aws.Credentials{
				AccessKeyID: aws.ToString(got.AccessKeyId), SecretAccessKey: aws.ToString(got.SecretAccessKey),
				SessionToken: aws.ToString(got.SessionToken), CanExpire: true, Expires: aws.ToTime(got.Expiration),
			}, nil
		}
		if !isWrongCode(err) {
			return aws.Credentials{}, err
		}
		request.Refused = true
	}
	return aws.Credentials{}, &app.Error{Kind: app.SignedOut, Op: "connect",
		Err: fmt.Errorf("%w that AWS accepts", ErrNoCode)}
}

// isWrongCode reports whether AWS refused a code: "MultiFactorAuthentication failed with invalid MFA one time pass
// code", an AccessDenied; or one that is not of six digits.
func isWrongCode(err error) bool {
	var answer smithy.APIError
	return errors.As(err, &answer) && (strings.Contains(answer.ErrorMessage(), "MultiFactorAuthentication failed") ||
		answer.ErrorCode() == "ValidationError")
}
