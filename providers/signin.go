package providers

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/ssooidc"
	"github.com/aws/aws-sdk-go-v2/service/ssooidc/types"
	"github.com/aws/smithy-go/logging"
	"github.com/aws/smithy-go/middleware"

	"github.com/nephograph/nephograph/app"
)

// The grants of a sign-in (IAM Identity Center OIDC API Reference, CreateToken).
const (
	deviceGrant  = "urn:ietf:params:oauth:grant-type:device_code"
	refreshGrant = "refresh_token"
	accessScope  = "sso:account:access"
)

// Between two questions whether a person has allowed the sign-in: as long as AWS says, and longer by slowDownBy each
// time that it says SlowDown (RFC 8628, section 3.5).
const (
	usualInterval = 5 * time.Second
	slowDownBy    = 5 * time.Second
)

// SignIn signs in at IAM Identity Center for a profile: it gives show the code that a person has to compare in the
// browser, waits until the sign-in is allowed there, and keeps the token where the SDKs and the AWS CLI look for it.
// show is called on this goroutine. Errors are *app.Error or the context's.
func SignIn(ctx context.Context, p app.Profile, show func(app.DeviceCode)) error {
	if p.Session == nil {
		return &app.Error{Kind: app.NotFound, Op: "connect", Err: fmt.Errorf(
			"profile %q does not sign in with IAM Identity Center; its credentials are %s", p.Name, p.Method)}
	}
	api, err := oidcClient(ctx, p)
	if err != nil {
		return err
	}
	s := signIn{api: api, session: *p.Session}
	token, err := s.run(ctx, show)
	if err != nil {
		return Fail("sso-oauth:CreateToken", err)
	}
	if err := token.keep(s.session); err != nil {
		return &app.Error{Kind: app.ReadOnly, Op: "connect", Err: fmt.Errorf("the sign-in cannot be kept: %w", err)}
	}
	return nil
}

// oidcClient returns a client of the Region of the profile's session, which reaches what the profile's requests reach.
func oidcClient(ctx context.Context, p app.Profile) (*ssooidc.Client, error) {
	load := []func(*config.LoadOptions) error{
		config.WithHTTPClient(httpClient()),
		config.WithLogger(logging.Nop{}),
		config.WithAPIOptions([]func(*middleware.Stack) error{guardAnswers}),
		config.WithRegion(p.Session.Region),
		// a profile whose role asks for a code can be loaded, and nothing is signed here
		config.WithCredentialsProvider(aws.AnonymousCredentials{}),
	}
	if p.Name != "" {
		load = append(load, config.WithSharedConfigProfile(p.Name))
	}
	cfg, err := loadProfile(ctx, load)
	if err != nil {
		return nil, failLoad(err)
	}
	cfg.HTTPClient = onTime{wholeBody{cfg.HTTPClient}, time.Now}
	return ssooidc.NewFromConfig(cfg), nil
}

// signIn is one way through the device authorization grant.
type signIn struct {
	api     *ssooidc.Client
	session app.SSOSession
}

func (s signIn) run(ctx context.Context, show func(app.DeviceCode)) (ssoToken, error) {
	client, err := s.api.RegisterClient(ctx, s.registration())
	if err != nil {
		return ssoToken{}, err
	}
	device, err := s.api.StartDeviceAuthorization(ctx, &ssooidc.StartDeviceAuthorizationInput{
		ClientId: client.ClientId, ClientSecret: client.ClientSecret, StartUrl: aws.String(s.session.StartURL)})
	if err != nil {
		return ssoToken{}, err
	}
	code, err := shownOf(device)
	if err != nil {
		return ssoToken{}, err
	}
	show(code)
	out, err := s.await(ctx, client, device)
	if err != nil {
		return ssoToken{}, err
	}
	return s.token(client, out), nil
}

// registration is of this program as a client; with the scope and the grant by which a named session renews itself.
func (s signIn) registration() *ssooidc.RegisterClientInput {
	in := &ssooidc.RegisterClientInput{ClientName: aws.String("nephograph"), ClientType: aws.String("public")}
	if s.session.Name != "" {
		in.Scopes = []string{accessScope}
		in.GrantTypes = []string{deviceGrant, refreshGrant}
	}
	return in
}

// errPage is why a sign-in goes no further: the browser is given no address but one of the web.
var errPage = errors.New("the page for the sign-in is no web address")

// shownOf reads what a person is shown. Its address comes from an answer and is handed to the browser.
func shownOf(device *ssooidc.StartDeviceAuthorizationOutput) (app.DeviceCode, error) {
	code := app.DeviceCode{Code: aws.ToString(device.UserCode), Page: aws.ToString(device.VerificationUriComplete)}
	if code.Page == "" {
		code.Page = aws.ToString(device.VerificationUri)
	}
	page, err := url.Parse(code.Page)
	if err != nil || page.Host == "" || page.Scheme != "https" && page.Scheme != "http" {
		return app.DeviceCode{}, &app.Error{Kind: app.Malformed, Op: "sso-oauth:StartDeviceAuthorization", Err: errPage}
	}
	return code, nil
}

// await asks until a person has allowed or refused the sign-in, or the code has expired.
func (s signIn) await(ctx context.Context, client *ssooidc.RegisterClientOutput,
	device *ssooidc.StartDeviceAuthorizationOutput) (*ssooidc.CreateTokenOutput, error) {
	interval := usualInterval
	if device.Interval > 0 {
		interval = time.Duration(device.Interval) * time.Second
	}
	for {
		if err := sleep(ctx, interval); err != nil {
			return nil, err
		}
		out, err := s.api.CreateToken(ctx, &ssooidc.CreateTokenInput{ClientId: client.ClientId,
			ClientSecret: client.ClientSecret, GrantType: aws.String(deviceGrant), DeviceCode: device.DeviceCode})
		var pending *types.AuthorizationPendingException
		var slow *types.SlowDownException
		var late *types.ExpiredTokenException
		switch {
		case err == nil:
			return out, nil
		case errors.As(err, &pending):
		case errors.As(err, &slow):
			interval += slowDownBy
		case errors.As(err, &late):
			return nil, &app.Error{Kind: app.SignedOut, Op: "sso-oauth:CreateToken",
				Err: errors.New("the code has expired before the sign-in was allowed")}
		default:
			return nil, err
		}
	}
}

func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

func (s signIn) token(client *ssooidc.RegisterClientOutput, out *ssooidc.CreateTokenOutput) ssoToken {
	t := ssoToken{StartURL: s.session.StartURL, Region: s.session.Region, AccessToken: aws.ToString(out.AccessToken),
		ExpiresAt: time.Now().Add(time.Duration(out.ExpiresIn) * time.Second).UTC().Format(time.RFC3339)}
	if s.session.Name != "" && aws.ToString(out.RefreshToken) != "" {
		t.ClientID, t.ClientSecret = aws.ToString(client.ClientId), aws.ToString(client.ClientSecret)
		t.RegistrationExpiresAt = time.Unix(client.ClientSecretExpiresAt, 0).UTC().Format(time.RFC3339)
		t.RefreshToken = aws.ToString(out.RefreshToken)
	}
	return t
}
