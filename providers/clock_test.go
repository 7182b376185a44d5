package providers

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	given "github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/sts"

	"github.com/nephograph/nephograph/app"
)

// A clock that is wrong is told with the difference, after one request; one that AWS would let pass is not.
func TestClockIsWrong(t *testing.T) {
	theirs := time.Date(2026, 5, 3, 12, 0, 0, 0, time.UTC)
	for _, test := range []struct {
		ahead  time.Duration
		status int
		date   string // in place of theirs
		kind   app.Kind
		says   string
	}{
		{24*time.Hour + 3*time.Minute, 403, "", app.Skewed,
			"sts:GetCallerIdentity: this computer's clock is 24 h 3 min ahead of AWS's, which refuses its requests"},
		{-12 * time.Minute, 403, "", app.Skewed,
			"sts:GetCallerIdentity: this computer's clock is 12 min behind AWS's, which refuses its requests"},
		{4 * time.Minute, 403, "", app.Denied, "sts:GetCallerIdentity: no (AccessDenied)"},
		{24 * time.Hour, 403, "yesterday", app.Denied, "sts:GetCallerIdentity: no (AccessDenied)"},
		{24 * time.Hour, 200, "", app.Unknown, ""}, // who answers does not mind
	} {
		asked := 0
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			asked++
			w.Header().Set("Date", theirs.Format(http.TimeFormat))
			if test.date != "" {
				w.Header().Set("Date", test.date)
			}
			w.Header().Set("Content-Type", "text/xml")
			w.WriteHeader(test.status)
			if test.status == 200 {
				w.Write([]byte(`<GetCallerIdentityResponse><GetCallerIdentityResult><Account>1</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`))
				return
			}
			w.Write([]byte(`<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>`))
		}))
		cfg := aws.Config{Region: "eu-west-1", BaseEndpoint: aws.String(server.URL),
			Credentials: given.NewStaticCredentialsProvider("AKIDEXAMPLE", "x", ""),
			HTTPClient:  onTime{http.DefaultClient, func() time.Time { return theirs.Add(test.ahead) }}}
		_, err := sts.NewFromConfig(cfg).GetCallerIdentity(t.Context(), nil)
		server.Close()
		if err = Fail("sts:GetCallerIdentity", err); test.says == "" {
			if err != nil {
				t.Error(err)
			}
			continue
		}
		var e *app.Error
		if !errors.As(err, &e) || e.Kind != test.kind || e.Error() != test.says || asked != 1 {
			t.Errorf("%s ahead: %v after %d requests, want %s", test.ahead, err, asked, test.says)
		}
	}
}
