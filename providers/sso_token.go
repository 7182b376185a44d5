package providers

import (
	"cmp"
	"encoding/json"
	"os"
	"path/filepath"
	"time"

	"github.com/aws/aws-sdk-go-v2/credentials/ssocreds"

	"github.com/nephograph/nephograph/app"
)

// ssoToken is a sign-in at IAM Identity Center as SDKs and the AWS CLI keep it, one file a session in ~/.aws/sso/cache
// (AWS SDKs and Tools Reference Guide, "IAM Identity Center credential provider").
type ssoToken struct {
	StartURL    string `json:"startUrl"`
	Region      string `json:"region"`
	AccessToken string `json:"accessToken"`
	ExpiresAt   string `json:"expiresAt"` // RFC 3339, in UTC
	// The rest is for a new token without a person; the older form, without a session, has none of it.
	ClientID              string `json:"clientId,omitempty"`
	ClientSecret          string `json:"clientSecret,omitempty"`
	RegistrationExpiresAt string `json:"registrationExpiresAt,omitempty"`
	RefreshToken          string `json:"refreshToken,omitempty"`
}

// tokenFile returns where the token of a session is, whether or not it is there: under the session's name, or the start
// URL in the older form.
func tokenFile(s app.SSOSession) (string, error) {
	return ssocreds.StandardCachedTokenFilepath(cmp.Or(s.Name, s.StartURL))
}

// keep writes the token in one step, for the user alone to read, so that nobody reads half of it.
func (t ssoToken) keep(s app.SSOSession) error {
	path, err := tokenFile(s)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	text, err := json.Marshal(t)
	if err != nil {
		return err
	}
	return replaceFile(path, text)
}

// replaceFile puts a file in the place of another, with all its contents at once; the user alone may read it.
func replaceFile(path string, contents []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*") // its mode is 0600
	if err != nil {
		return err
	}
	_, err = f.Write(contents)
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		_ = os.Remove(f.Name())
	}
	return err
}

// signedInUntil returns when the sign-in of a session ends, as its token says; zero if there is none, or if it renews
// itself without a person.
func signedInUntil(s app.SSOSession) time.Time {
	path, err := tokenFile(s)
	if err != nil {
		return time.Time{}
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return time.Time{}
	}
	return readUntil(text)
}

func readUntil(text []byte) time.Time {
	var t ssoToken
	if json.Unmarshal(text, &t) != nil || t.RefreshToken != "" {
		return time.Time{}
	}
	until, err := time.Parse(time.RFC3339, t.ExpiresAt)
	if err != nil {
		return time.Time{}
	}
	return until
}
