package providers_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatch"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs"
	"github.com/aws/aws-sdk-go-v2/service/sts"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/providers"
)

// endless answers for ever: blanks, which all formats allow, after a beginning that is right. It counts what it sent.
func endless(status int, begin string, zipped bool, sent *atomic.Int64) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		first, blanks := []byte(begin), bytes.Repeat([]byte(" "), 1<<20)
		if zipped { // parts one after the other are one gzip file (RFC 1952, 2.2)
			w.Header().Set("Content-Encoding", "gzip")
			first, blanks = zip(first), zip(blanks)
		}
		w.WriteHeader(status)
		w.Write(first)
		for {
			n, err := w.Write(blanks)
			if sent.Add(int64(n)); err != nil {
				return
			}
		}
	}
}

func zip(text []byte) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	w.Write(text)
	w.Close()
	return b.Bytes()
}

// allocated returns how much memory f asked for in all, whether or not it was given back.
func allocated(f func()) int64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return int64(after.TotalAlloc - before.TotalAlloc)
}

// An answer without an end costs no more than a few times its limit, and is not asked for again.
func TestAnswersWithoutAnEnd(t *testing.T) {
	logs := func(cfg aws.Config) error {
		_, err := cloudwatchlogs.NewFromConfig(cfg).FilterLogEvents(t.Context(),
			&cloudwatchlogs.FilterLogEventsInput{LogGroupName: aws.String("x")})
		return err
	}
	caller := func(cfg aws.Config) error {
		_, err := sts.NewFromConfig(cfg).GetCallerIdentity(t.Context(), &sts.GetCallerIdentityInput{})
		return err
	}
	metrics := func(cfg aws.Config) error {
		_, err := cloudwatch.NewFromConfig(cfg).ListMetrics(t.Context(), &cloudwatch.ListMetricsInput{})
		return err
	}
	for name, c := range map[string]struct {
		ask    func(aws.Config) error
		status int
		begin  string
		limit  int64
	}{
		"log events":             {logs, 200, `{"events":[`, app.FilterLogEvents.Answers.Bytes},
		"metrics":                {metrics, 200, "\xa1gMetrics", app.ListMetrics.Answers.Bytes},
		"the caller":             {caller, 200, `<GetCallerIdentityResponse>`, app.SmallAnswer},
		"an error":               {logs, 400, `{"__type":"AccessDeniedException","message":"no"`, app.SmallAnswer},
		"an error of STS":        {caller, 403, `<ErrorResponse>`, app.SmallAnswer},
		"an error of the server": {logs, 500, `{`, app.SmallAnswer},
	} {
		for _, zipped := range []bool{false, true} {
			var sent atomic.Int64
			cfg, l := connect(t, endless(c.status, c.begin, zipped, &sent))
			var err error
			used := allocated(func() { err = providers.Fail("op", c.ask(cfg)) })
			// not asked for, so not unzipped
			if app.KindOf(err) != app.Endless && !(zipped && app.KindOf(err) == app.Malformed) {
				t.Errorf("%s, zipped %v: %v (%v)", name, zipped, err, app.KindOf(err))
			}
			// What lies in the buffers of the connection was sent as well; Go's buffers grow by doubling.
			if !zipped && sent.Load() > c.limit+(16<<20) || used > 16*c.limit+(64<<20) {
				t.Errorf("%s, zipped %v: %d MB were sent and %d MB used", name, zipped, sent.Load()>>20, used>>20)
			}
			if !zipped && len(l.requests) != 1 {
				t.Errorf("%s: asked %d times", name, len(l.requests))
			}
		}
	}
}

// The clients that the SDK makes for credentials are bounded too.
func TestCredentialsWithoutAnEnd(t *testing.T) {
	var sent atomic.Int64
	server := httptest.NewServer(endless(200, `<AssumeRoleResponse>`, false, &sent))
	t.Cleanup(server.Close)
	awsFolder(t, "[profile role]\nregion = eu-west-1\nrole_arn = arn:aws:iam::111122223333:role/r\nsource_profile = "+
		"shop\n"+
		"endpoint_url = "+server.URL+"\n[profile shop]\nregion = eu-west-1\nendpoint_url = "+server.URL+"\n",
		"[shop]\naws_access_key_id = AKIA111122223333\naws_secret_access_key = "+secret+"\n")
	t.Setenv("AWS_ENDPOINT_URL_STS", server.URL)
	cfg, err := providers.Connect(t.Context(), providers.Profile{Name: "role"}, (&ledger{}).fast())
	if err != nil {
		t.Fatal(err)
	}
	_, err = cfg.Credentials.Retrieve(t.Context())
	if app.KindOf(providers.Fail("op", err)) != app.Endless || sent.Load() > 64<<20 {
		t.Errorf("%v after %d MB", err, sent.Load()>>20)
	}
}

// A body of exactly its limit is whole.
func TestAnAnswerAtItsLimit(t *testing.T) {
	begin, end := `{"logGroups":[`, `]}`
	for extra, whole := range map[int64]bool{0: true, 1: false} {
		cfg, _ := connect(t, func(w http.ResponseWriter, _ *http.Request) {
			blanks := app.DescribeLogGroups.Answers.Bytes + extra - int64(len(begin)+len(end))
			io.WriteString(w, begin+strings.Repeat(" ", int(blanks))+end)
		})
		_, err := cloudwatchlogs.NewFromConfig(cfg).DescribeLogGroups(t.Context(),
			&cloudwatchlogs.DescribeLogGroupsInput{})
		if (err == nil) != whole {
			t.Errorf("%d bytes more than the limit: %v", extra, err)
		}
	}
}

func TestWebPages(t *testing.T) {
	for name, c := range map[string]struct {
		status int
		header http.Header
		body   string
		want   string
		kind   app.Kind
	}{
		"a hotel": {200, nil,
			"<!DOCTYPE html><html><head><style>p{}</style><title>\n Sign in &amp; surf </title></head><body>Hi",
			"instead of an answer came an HTML page with the status 200, “Sign in & surf”; it seems to be a sign-in " +
				"page", app.NotAWS},
		"a proxy": {407, http.Header{"Proxy-Authenticate": {"Basic"}}, "<html><h1>Cache Access Denied</h1>",
			"instead of an answer came an HTML page with the status 407, “Cache Access Denied”; it seems to be of a " +
				"proxy", app.NotAWS},
		"another": {404, nil, "<HTML><BODY><h1>404</h1> nginx</BODY>",
			"instead of an answer came an HTML page with the status 404, “404 nginx”; the endpoint seems to be none " +
				"of AWS's", app.NotAWS},
		"a store": {403, nil, "\ufeff <?xml version=\"1.0\"?>\n<Error><Code>AccessDenied</Code></Error>",
			"instead of an answer came XML with the status 403, “AccessDenied”; the endpoint seems to be none of AWS's",
			app.NotAWS},
		"nothing to do": {200, nil, "<UnknownOperationException/>",
			"instead of an answer came XML with the status 200; the endpoint seems to be none of AWS's", app.NotAWS},
		"a balancer": {503, nil, "<html><head><title>503 Service Temporarily Unavailable</title></head>",
			"instead of an answer came an HTML page with the status 503, “503 Service Temporarily Unavailable”",
			app.Offline},
		"a secret": {200, nil, "<html>password: hunter2 and more</html>",
			"instead of an answer came an HTML page with the status 200, “password: …”; it seems to be a sign-in page",
			app.NotAWS},
		"no page": {200, nil, "< 5", "", app.Malformed},
	} {
		cfg, _ := connect(t, func(w http.ResponseWriter, _ *http.Request) {
			for k, v := range c.header {
				w.Header()[k] = v
			}
			w.WriteHeader(c.status)
			io.WriteString(w, c.body)
		})
		_, err := cloudwatchlogs.NewFromConfig(cfg).DescribeLogGroups(t.Context(),
			&cloudwatchlogs.DescribeLogGroupsInput{})
		var failed *app.Error
		if !errors.As(providers.Fail("logs:DescribeLogGroups", err), &failed) || failed.Kind != c.kind ||
			c.want != "" && failed.Err.Error() != c.want {
			t.Errorf("%s: %v", name, failed)
		}
	}
	var once sync.Once
	cfg, l := connect(t, func(w http.ResponseWriter, r *http.Request) {
		page := false
		once.Do(func() { page = true })
		if page {
			io.WriteString(w, "<html>one moment</html>")
			return
		}
		groups(w, r)
	})
	out, err := cloudwatchlogs.NewFromConfig(cfg).DescribeLogGroups(t.Context(),
		&cloudwatchlogs.DescribeLogGroupsInput{})
	if err != nil || len(out.LogGroups) != 1 || len(l.requests) != 2 {
		t.Errorf("after one page %v, %v in %d requests", out, err, len(l.requests))
	}
	cfg, _ = connect(t, func(w http.ResponseWriter, _ *http.Request) {
		io.WriteString(w, `<?xml `+
			`version="1.0"?><GetCallerIdentityResponse><GetCallerIdentityResult><Account>1</Account>`+
			`</GetCallerIdentityResult></GetCallerIdentityResponse>`)
	})
	if who, err := sts.NewFromConfig(cfg).GetCallerIdentity(t.Context(), &sts.GetCallerIdentityInput{}); err != nil ||
		aws.ToString(who.Account) != "1" {
		t.Errorf("%v, %v", who, err)
	}
}
