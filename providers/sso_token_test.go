package providers

import (
	"testing"
	"time"
)

func TestSignedInUntil(t *testing.T) {
	for _, c := range []struct {
		text string
		want time.Time
	}{
		{`{"accessToken":"a","expiresAt":"2026-05-03T12:00:00Z"}`, time.Date(2026, 5, 3, 12, 0, 0, 0, time.UTC)},
		// as old versions of the AWS CLI wrote
		{`{"accessToken":"a","expiresAt":"2026-05-03T12:00:00UTC"}`, time.Time{}},
		{`{"accessToken":"a","expiresAt":"2026-05-03T12:00:00Z","refreshToken":"r"}`, time.Time{}},
		{`[]`, time.Time{}}, {``, time.Time{}}, {`{"expiresAt":7}`, time.Time{}},
	} {
		if got := readUntil([]byte(c.text)); !got.Equal(c.want) {
			t.Errorf("%s lasts until %v, want %v", c.text, got, c.want)
		}
	}
}

func FuzzSSOToken(f *testing.F) {
	f.Add([]byte(`{"accessToken":"a","expiresAt":"2026-05-03T12:00:00Z","refreshToken":""}`))
	f.Add([]byte(`{"expiresAt":"9999-99-99T99:99:99Z"}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		if until := readUntil(text); !until.IsZero() && until.Year() > 9999 {
			t.Errorf("%q lasts until %v", text, until)
		}
	})
}
