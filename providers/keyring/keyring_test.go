package keyring

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/zalando/go-keyring"

	"github.com/nephograph/nephograph/app"
)

const secret = "wJalrXUtnFEMI/K7MDENG"

func short() Keys {
	return Keys{AccessKeyID: "AKIAIOSFODNN7EXAMPLE", SecretAccessKey: secret, Region: "eu-west-1"}
}

// long has a session token beyond what Windows holds in an entry.
func long() Keys {
	k := short()
	k.SessionToken = strings.Repeat(secret, 300)
	return k
}

func TestKeysComeBack(t *testing.T) {
	keyring.MockInit()
	s := Store{t.TempDir()}
	for name, k := range map[string]Keys{"prod": short(), "a session": long()} {
		if err := s.Put(name, k); err != nil {
			t.Fatal(err)
		}
		if got, ok, err := s.Get(name); err != nil || !ok || got != k {
			t.Errorf("%s: %v, %v, %v", name, got, ok, err)
		}
		entry, err := keyring.Get(service, name)
		if err != nil || len(entry) > 2560 {
			t.Errorf("%s: an entry of %d bytes, %v", name, len(entry), err)
		}
	}
	if names, err := s.Names(); err != nil || strings.Join(names, ",") != "a session,prod" {
		t.Errorf("names %v, %v", names, err)
	}
	if err := s.Put("a session", short()); err != nil { // needs no sealed file any more
		t.Fatal(err)
	}
	if files, _ := filepath.Glob(filepath.Join(s.Folder, "*.sealed")); len(files) > 0 {
		t.Errorf("left behind: %v", files)
	}
	if err := s.Delete("prod"); err != nil {
		t.Fatal(err)
	}
	if _, ok, err := s.Get("prod"); ok || err != nil {
		t.Errorf("deleted keys are there: %v, %v", ok, err)
	}
}

func TestNoSecretOutsideTheKeyring(t *testing.T) {
	keyring.MockInit()
	s := Store{t.TempDir()}
	for name, k := range map[string]Keys{"prod": short(), "session": long()} {
		if err := s.Put(name, k); err != nil {
			t.Fatal(err)
		}
	}
	said := fmt.Sprintf("%v %+v %#v %s", short(), long(), long(), short())
	files, _ := filepath.Glob(filepath.Join(s.Folder, "*"))
	for _, path := range files {
		text, err := os.ReadFile(path)
		info, statErr := os.Stat(path)
		if err != nil || statErr != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v, mode %v", path, err, statErr, info.Mode())
		}
		said += string(text)
	}
	if len(files) != 2 || strings.Contains(said, secret) {
		t.Errorf("a secret is in %v or in what is printed", files)
	}
}

func TestADamagedSealIsTold(t *testing.T) {
	keyring.MockInit()
	s := Store{t.TempDir()}
	if err := s.Put("session", long()); err != nil {
		t.Fatal(err)
	}
	path := s.sealed("session")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	text[len(text)/2] ^= 1
	for _, damaged := range [][]byte{text, nil, text[:5]} {
		if err := os.WriteFile(path, damaged, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, ok, err := s.Get("session"); ok || err == nil || !strings.Contains(err.Error(), "enter the keys again") {
			t.Errorf("%d bytes: %v, %v", len(damaged), ok, err)
		}
	}
}

func TestNoKeyringKeepsNothing(t *testing.T) {
	keyring.MockInitWithError(errors.New("org.freedesktop.secrets was not provided"))
	t.Cleanup(keyring.MockInit)
	s := Store{t.TempDir()}
	for name, k := range map[string]Keys{"prod": short(), "session": long()} {
		err := s.Put(name, k)
		if app.KindOf(err) != app.NotFound || !strings.Contains(err.Error(), "kept nowhere else") {
			t.Errorf("got %v", err)
		}
	}
	if files, err := filepath.Glob(filepath.Join(s.Folder, "*")); err != nil || len(files) > 0 {
		t.Errorf("left behind: %v, %v", files, err)
	}
}
