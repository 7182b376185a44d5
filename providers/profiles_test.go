package providers

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestProfiles(t *testing.T) {
	dir := t.TempDir()
	config, credentials := filepath.Join(dir, "config"), filepath.Join(dir, "credentials")
	t.Setenv("AWS_CONFIG_FILE", config)
	t.Setenv("AWS_SHARED_CREDENTIALS_FILE", credentials)
	if got, err := Profiles(); err != nil || len(got) != 0 {
		t.Fatalf("without files: %v, %v", got, err)
	}
	write(t, config, `# comment
[default]
region = eu-west-1
[profile shop-prod]
  region = not-this-one
region=eu-central-1 # where the shop is
s3 =
  region = nor-this
[profile "quoted"]
[sso-session corp]
region = us-west-2
[services x]
region = us-west-2
`)
	write(t, credentials,
		"[shop-data]\naws_secret_access_key = region = no\nregion = eu-north-1\n[shop-prod]\naws_access_key_id=AKIA\n")
	got, err := Profiles()
	want := []Profile{{"default", "eu-west-1"}, {"quoted", ""}, {"shop-data", "eu-north-1"},
		{"shop-prod", "eu-central-1"}}
	if d := cmp.Diff(want, got); err != nil || d != "" {
		t.Error(err, d)
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func FuzzReadProfiles(f *testing.F) {
	f.Add("[profile a]\nregion = b\n", true)
	f.Add("[a]\nregion=b c\n[", false)
	f.Add("[profile ]\nregion", true)
	f.Fuzz(func(t *testing.T, text string, isConfig bool) {
		regions := map[string]string{}
		if err := readProfiles(strings.NewReader(text), isConfig, regions); err != nil {
			return
		}
		for name, region := range regions {
			if name == "" || strings.ContainsAny(region, " \n") {
				t.Errorf("profile %q has the Region %q", name, region)
			}
		}
	})
}
