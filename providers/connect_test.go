package providers_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	"github.com/aws/aws-sdk-go-v2/service/xray"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/providers"
)

const (
	secret = "wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY00"
	token  = "IQoJb3JpZ2luX2VjEJr"
)

// awsFolder puts a configuration into a folder of its own and keeps the machine's out of the test.
func awsFolder(t *testing.T, config, credentials string) {
	t.Helper()
	for _, name := range []string{"AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_REGION", "AWS_DEFAULT_REGION",
		"AWS_ENDPOINT_URL",
		"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_EC2_METADATA_DISABLED"} {
		t.Setenv(name, "")
		os.Unsetenv(name) // Setenv put the old value back at the end of the test
	}
	dir := t.TempDir()
	for name, text := range map[string]string{"AWS_CONFIG_FILE": config, "AWS_SHARED_CREDENTIALS_FILE": credentials} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		t.Setenv(name, path)
	}
}

// ledger collects what is recorded.
type ledger struct {
	mu       sync.Mutex
	requests []app.Request
}

func (l *ledger) record(r app.Request) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.requests = append(l.requests, r)
}

var (
	fast = app.QuotaList{
		{Service: "logs", Calls: []app.CallQuota{{Operation: "DescribeLogGroups", PerSecond: 1e6}}},
		{Service: "xray", Calls: []app.CallQuota{{Operation: "BatchGetTraces", PerSecond: 1e6}}},
		{Service: "sts", Calls: []app.CallQuota{{Operation: "GetCallerIdentity", PerSecond: 1e6}}},
	}
	prices = app.PriceList{{Service: "xray", Calls: []app.CallPrice{
		{Operation: "BatchGetTraces", Per: 1_000_000, Price: app.Dollar / 2,
			Regions: map[string]app.Money{"us-east-1": app.Dollar}},
	}}}
)

// fast are options under which a test does not wait.
func (l *ledger) fast() providers.Options {
	return providers.Options{
		Record:     l.record,
		Price:      prices.Price,
		Limits:     providers.NewLimits(fast),
		MaxBackoff: time.Millisecond,
	}
}

// connect returns a configuration that reaches answer, and the ledger.
func connect(t *testing.T, answer http.HandlerFunc) (aws.Config, *ledger) {
	t.Helper()
	server := httptest.NewServer(answer)
	t.Cleanup(server.Close)
	awsFolder(t,
		"[profile shop]\nregion = eu-west-1\nendpoint_url = "+server.URL+"\n",
		"[shop]\naws_access_key_id = AKIA111122223333\naws_secret_access_key = "+secret+"\naws_session_token = "+strings.Repeat(token, 20)+"\n")
	l := &ledger{}
	cfg, err := providers.Connect(t.Context(), providers.Profile{Name: "shop"}, l.fast())
	if err != nil {
		t.Fatal(err)
	}
	return cfg, l
}

func refuse(status int, code, message string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/x-amz-json-1.1")
		w.WriteHeader(status)
		fmt.Fprintf(w, `{"__type":%q,"message":%q}`, code, message)
	}
}

func groups(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/x-amz-json-1.1")
	io.WriteString(w, `{"logGroups":[{"logGroupName":"/aws/lambda/checkout"}]}`)
}

// inTurn answers the first requests with some handlers, one each, and all later ones with the last.
func inTurn(handlers ...http.HandlerFunc) http.HandlerFunc {
	var mu sync.Mutex
	return func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		h := handlers[0]
		if len(handlers) > 1 {
			handlers = handlers[1:]
		}
		mu.Unlock()
		h(w, r)
	}
}

func cut(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Length", "1000")
	io.WriteString(w, `{"logGroups":[{"logGr`)
}

func TestEveryAttemptIsRetriedAndRecorded(t *testing.T) {
	cfg, l := connect(t, inTurn(
		func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, `<html>`) },
		cut,
		refuse(400, "ThrottlingException", "Rate exceeded"),
		refuse(503, "ServiceUnavailableException", "later"),
		groups,
	))
	out, err := cloudwatchlogs.NewFromConfig(cfg).DescribeLogGroups(t.Context(),
		&cloudwatchlogs.DescribeLogGroupsInput{})
	if err != nil || len(out.LogGroups) != 1 {
		t.Fatalf("got %v, %v", out, err)
	}
	want := func(o app.Outcome, code string) app.Request {
		r := app.Request{Scope: app.Scope{Region: "eu-west-1", Profile: "shop"}, Service: "logs",
			Operation: "DescribeLogGroups", Outcome: o, Code: code}
		// AWS bills what it has answered, whatever became of it
		if o == app.Answered || code == "MalformedAnswer" || code == "NoAnswer" {
			r.Units = 1
		}
		return r
	}
	wanted := []app.Request{
		want(app.Failed, "MalformedAnswer"),
		want(app.Failed, "NoAnswer"),
		want(app.Refused, "ThrottlingException"),
		want(app.Failed, "ServiceUnavailableException"),
		want(app.Answered, ""),
	}
	if d := cmp.Diff(wanted, l.requests, cmpopts.IgnoreFields(app.Request{}, "At", "Took")); d != "" {
		t.Error(d)
	}
	for _, r := range l.requests {
		if r.At.IsZero() || r.At.Location() != time.UTC || r.Took <= 0 {
			t.Errorf("recorded at %v, took %v", r.At, r.Took)
		}
	}
}

// A fifth of the calls throttled for long must not use up a budget of retries.
func TestThrottlingNeverStarvesRetries(t *testing.T) {
	n := 0
	cfg, _ := connect(t, func(w http.ResponseWriter, r *http.Request) {
		if n++; n%2 == 1 {
			refuse(400, "ThrottlingException", "Rate exceeded")(w, r)
			return
		}
		groups(w, r)
	})
	client := cloudwatchlogs.NewFromConfig(cfg)
	for i := range 150 { // the SDK's bucket of 500 tokens would be empty after about 125
		if _, err := client.DescribeLogGroups(t.Context(), &cloudwatchlogs.DescribeLogGroupsInput{}); err != nil {
			t.Fatalf("call %d: %v", i, err)
		}
	}
}

func TestTheLedgerLearnsTheAccountThePriceAndTheUnits(t *testing.T) {
	cfg, l := connect(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/Traces" {
			io.WriteString(w, `{"Traces":[{"Id":"1-5fad4cc9-70259536495de84a2a6282cd"}`+
				`,{"Id":"1-5fad4cc9-70259536495de84a2a6282ce"}]}`)
			return
		}
		io.WriteString(w, `<GetCallerIdentityResponse><GetCallerIdentityResult><Account>111122223333</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`)
	})
	if _, err := sts.NewFromConfig(cfg).GetCallerIdentity(t.Context(), &sts.GetCallerIdentityInput{}); err != nil {
		t.Fatal(err)
	}
	if _, err := xray.NewFromConfig(cfg).BatchGetTraces(t.Context(),
		&xray.BatchGetTracesInput{TraceIds: []string{"a", "b"}}); err != nil {
		t.Fatal(err)
	}
	for i, want := range []struct {
		cost  app.Money
		units int
	}{{0, 1}, {1000, 2}} { // two traces at $0.50 a million
		if r := l.requests[i]; r.Account != "111122223333" || r.Cost != want.cost || r.Units != want.units {
			t.Errorf("%s: account %q, cost %d of %d units, want %+v", r.Operation, r.Account, r.Cost, r.Units, want)
		}
	}
}

// AWS repeats the signed headers of a request, session token and all, when it refuses a signature.
func TestNoSecretsInErrorsAndRecords(t *testing.T) {
	for _, code := range []string{"SignatureDoesNotMatch", "InvalidSignatureException", "ValidationException",
		"AccessDeniedException", "odd code " + secret} {
		cfg, l := connect(t, func(w http.ResponseWriter, r *http.Request) {
			headers := fmt.Sprintf("X-Amz-Security-Token: %s, Authorization=%s token %s\nx-amz-security-token:%s",
				r.Header.Get("X-Amz-Security-Token"), r.Header.Get("Authorization"),
				r.Header.Get("X-Amz-Security-Token"), r.Header.Get("X-Amz-Security-Token"))
			if !strings.Contains(headers, token) {
				t.Error("the request had no token to repeat")
			}
			refuse(400, code, "The canonical request should have been "+headers)(w, r)
		})
		_, err := cloudwatchlogs.NewFromConfig(cfg).DescribeLogGroups(t.Context(),
			&cloudwatchlogs.DescribeLogGroupsInput{})
		if err == nil {
			t.Fatal("no error")
		}
		said := fmt.Sprintf("%v %+v", providers.Fail("logs:DescribeLogGroups", err), l.requests)
		for e := error(providers.Fail("x", err)); e != nil; e = errors.Unwrap(e) {
			said += e.Error()
		}
		for _, hidden := range []string{secret, token, "AWS4-HMAC"} {
			if strings.Contains(said, hidden) {
				t.Errorf("%s: %q is in %s", code, hidden, said)
			}
		}
	}
}

func TestWhatIsSaidOfAFailure(t *testing.T) {
	down := httptest.NewServer(nil)
	down.Close()
	tests := []struct {
		name, config, credentials string
		kind                      app.Kind
		text                      string
	}{
		{"nobody there", "[default]\nregion=eu-west-1\nendpoint_url=" + down.URL,
			"[default]\naws_access_key_id=AKIA\naws_secret_access_key=s", app.Offline, "connection refused"},
		{"no credentials", "[default]\nregion=eu-west-1\nendpoint_url=" + down.URL, "", app.SignedOut,
			"no credentials were found on this machine"},
		{"no SSO session", "[default]\nregion=eu-west-1\nsso_session=s\nsso_account_id=111122223333\nsso_role_name=r\n[sso-session s]\nsso_region=eu-west-1\nsso_start_url=https://example.awsapps.com/start", "", app.SignedOut, "no credentials: open "},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			awsFolder(t, test.config, test.credentials)
			t.Setenv("HOME", t.TempDir()) // SSO sessions are looked for there
			l := &ledger{}
			cfg, err := providers.Connect(t.Context(), providers.Profile{}, l.fast())
			if err != nil {
				t.Fatal(err)
			}
			_, err = cloudwatchlogs.NewFromConfig(cfg).DescribeLogGroups(t.Context(),
				&cloudwatchlogs.DescribeLogGroupsInput{})
			err = providers.Fail("logs:DescribeLogGroups", err)
			if app.KindOf(err) != test.kind || !strings.Contains(err.Error(), test.text) {
				t.Errorf("got %v: %v", app.KindOf(err), err)
			}
			if test.kind == app.SignedOut && len(l.requests) > 0 {
				t.Errorf("nothing was sent, but recorded is %+v", l.requests)
			}
		})
	}
}

func TestConnectRefuses(t *testing.T) {
	tests := []struct {
		name    string
		config  string
		profile string
		kind    app.Kind
		text    string
	}{
		{"no such profile", "[profile shop]\nregion=eu-west-1", "shpo", app.NotFound, `no profile "shpo"`},
		{"no Region", "[profile shop]\n", "shop", app.NotFound,
			`profile "shop" names no Region: name one in AWS_REGION`},
		{"nothing is set", "", "", app.NotFound, "no Region is set: name one in AWS_REGION"},
		{"a role with MFA", "[profile " +
			"shop]\nregion=eu-west-1\nrole_arn=arn:aws:iam::111122223333:role/ops\n" +
			"mfa_serial=arn:aws:iam::111122223333:mfa/ops\nsource_profile=base\n" +
			"[profile base]\naws_access_key_id=AKIA\n" +
			"aws_secret_access_key=s", "shop", app.SignedOut, "MFA"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			awsFolder(t, test.config, "")
			_, err := providers.Connect(t.Context(), providers.Profile{Name: test.profile}, providers.Options{})
			var failed *app.Error
			if !errors.As(err, &failed) || failed.Kind != test.kind || !strings.Contains(err.Error(), test.text) {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestCancelEndsTheWaitForATurn(t *testing.T) {
	_, l := connect(t, groups)
	slow, err := providers.Connect(t.Context(), providers.Profile{Name: "shop"}, providers.Options{
		Limits: providers.NewLimits(app.QuotaList{{Service: "logs",
			Calls: []app.CallQuota{{Operation: "DescribeLogGroups", PerSecond: 1e-9}}}}), Record: l.record,
	})
	if err != nil {
		t.Fatal(err)
	}
	client := cloudwatchlogs.NewFromConfig(slow)
	if _, err := client.DescribeLogGroups(t.Context(), &cloudwatchlogs.DescribeLogGroupsInput{}); err != nil {
		t.Fatal(err) // the first may go out at once
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = client.DescribeLogGroups(ctx, &cloudwatchlogs.DescribeLogGroupsInput{})
	if failed := providers.Fail("op", err); !errors.Is(failed, context.Canceled) || app.KindOf(failed) != app.Unknown {
		t.Errorf("got %v", failed)
	}
	if len(l.requests) != 1 {
		t.Errorf("%d requests were sent", len(l.requests))
	}
}

// TestNobodyAnswers asks through the whole SDK, at addresses where AWS is not.
func TestNobodyAnswers(t *testing.T) {
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	tests := []struct{ endpoint, says string }{
		{gone.URL, "connection refused at " + strings.TrimPrefix(gone.URL, "http://")},
		{"not-a-url", "the endpoint is not a URL"},
		{"https://sts.moon.invalid", "sts.moon.invalid"}, // RFC 6761: no such host, or nobody to ask
	}
	for _, test := range tests {
		awsFolder(t, "", "")
		t.Setenv("AWS_ENDPOINT_URL", test.endpoint)
		t.Setenv("AWS_ACCESS_KEY_ID", "AKIAEXAMPLE")
		t.Setenv("AWS_SECRET_ACCESS_KEY", secret)
		cfg, err := providers.Connect(t.Context(), providers.Profile{Region: "eu-west-1"},
			providers.Options{MaxBackoff: time.Nanosecond})
		if err != nil {
			t.Fatal(err)
		}
		_, err = sts.NewFromConfig(cfg).GetCallerIdentity(t.Context(), &sts.GetCallerIdentityInput{})
		err = providers.Fail("sts:GetCallerIdentity", err)
		if app.KindOf(err) != app.Offline || !strings.Contains(err.Error(), test.says) {
			t.Errorf("%s: %v (%v), which does not say %q", test.endpoint, err, app.KindOf(err), test.says)
		}
	}
}
