package providers_test

import (
	"crypto/sha1"
	"encoding/hex"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/providers"
)

// The AWS CLI and botocore take the quotation marks of a profile's name away.
func TestAProfileWhoseNameStandsInQuotationMarks(t *testing.T) {
	keys := "aws_access_key_id = AKIAEXAMPLE\naws_secret_access_key = s\n"
	for name, config := range map[string]string{
		`"my prod"`: "[profile \"my prod\"]\nregion = eu-west-1\n" + keys,
		`'my prod'`: "[profile 'my prod']\nregion = eu-west-1\n" + keys,
		"without":   "[profile my prod]\nregion = eu-west-1\n" + keys,
	} {
		awsFolder(t, config, "")
		cfg, err := providers.Connect(t.Context(), providers.Profile{Name: "my prod"}, providers.Options{})
		if err != nil || cfg.Region != "eu-west-1" {
			t.Errorf("%s: %v, %q", name, err, cfg.Region)
			continue
		}
		if got, err := cfg.Credentials.Retrieve(t.Context()); err != nil || got.AccessKeyID != "AKIAEXAMPLE" {
			t.Errorf("%s: %v", name, err)
		}
		t.Setenv("AWS_PROFILE", "my prod")
		if cfg, err := providers.Connect(t.Context(), providers.Profile{}, providers.Options{}); err != nil ||
			cfg.Region != "eu-west-1" {
			t.Errorf("%s by AWS_PROFILE: %v, %q", name, err, cfg.Region)
		}
	}
}

// Who is signed in but has not the role is not helped by signing in again.
func TestARoleThatIsNotAssigned(t *testing.T) {
	portal := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("X-Amzn-ErrorType", "ForbiddenException")
		w.WriteHeader(http.StatusForbidden)
		fmt.Fprint(w, `{"message":"No access","__type":"com.amazonaws.switchboard.portal#ForbiddenException"}`)
	}))
	t.Cleanup(portal.Close)
	sso := "region = eu-west-1\nsso_session = corp\nsso_account_id = 111122223333\nsso_role_name = " +
		"Operator\n[sso-session corp]\nsso_region = eu-west-1\n" +
		"sso_start_url = https://corp.awsapps.com/start\n"
	for name, config := range map[string]string{
		"a profile": "[profile shop]\n" + sso,
		"a role from it": "[profile shop]\nregion = eu-west-1\nrole_arn = " +
			"arn:aws:iam::444455556666:role/ops\nsource_profile = base\n[profile base]\n" + sso,
	} {
		awsFolder(t, config, "")
		home := t.TempDir()
		t.Setenv("HOME", home)
		t.Setenv("AWS_ENDPOINT_URL_SSO", portal.URL)
		sum := sha1.Sum([]byte("corp"))
		folder := filepath.Join(home, ".aws", "sso", "cache")
		token := fmt.Sprintf(`{"accessToken":"t","expiresAt":%q}`, time.Now().Add(time.Hour).UTC().Format(time.RFC3339))
		if err := os.MkdirAll(folder, 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, hex.EncodeToString(sum[:])+".json"), []byte(token),
			0o600); err != nil {
			t.Fatal(err)
		}
		cfg, err := providers.Connect(t.Context(), providers.Profile{Name: "shop"}, providers.Options{})
		if err != nil {
			t.Fatal(err)
		}
		_, err = cloudwatchlogs.NewFromConfig(cfg).DescribeLogGroups(t.Context(),
			&cloudwatchlogs.DescribeLogGroupsInput{})
		err = providers.Fail("logs:DescribeLogGroups", err)
		if app.KindOf(err) != app.NotFound || !strings.Contains(err.Error(),
			"the role Operator in account 111122223333 is not assigned to you") {
			t.Errorf("%s: %v: %v", name, app.KindOf(err), err)
		}
	}
}
