// Package keyring keeps access keys that a person has entered by hand, under the system's keyring alone: Secret
// Service, macOS Keychain, Windows Credential Manager. Where there is none, or it stays locked, nothing is kept.
//
// Windows holds at most 2,560 bytes an entry, and session tokens can be longer. What is too long is sealed
// (AES-256-GCM) in a file beside the list of names, and the keyring holds its 32-byte key.
package keyring

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/zalando/go-keyring"

	"github.com/nephograph/nephograph/app"
)

// service is the name under which the system shows the entries.
const service = "nephograph"

// mostInKeyring is what an entry holds in any keyring: Windows takes 2,560 bytes, and go-keyring encodes some
// characters.
const mostInKeyring = 2000

// mostSealed bounds a sealed file; a session token has some kilobytes.
const mostSealed = 1 << 20

// sealedBy begins an entry that is the key of a sealed file.
const sealedBy = "sealed:"

// Keys are access keys. They are shown to nobody: String and JSON of other packages have no use for them.
type Keys struct {
	AccessKeyID     string `json:"access_key_id"`
	SecretAccessKey string `json:"secret_access_key"`
	SessionToken    string `json:"session_token,omitempty"`
	Region          string `json:"region,omitempty"`
}

// String hides the secrets.
func (k Keys) String() string { return "access key " + k.AccessKeyID }

// GoString hides the secrets.
func (k Keys) GoString() string { return k.String() }

// Store keeps keys by name. Folder has the list of names and the sealed files, and no secret in the clear.
type Store struct{ Folder string }

// Put keeps keys under a name, in the place of others of that name.
func (s Store) Put(name string, k Keys) error {
	if strings.TrimSpace(name) == "" || k.AccessKeyID == "" || k.SecretAccessKey == "" {
		return fail(errors.New("a name, an access key id and a secret access key are needed"))
	}
	if s.Folder == "" {
		return fail(errors.New("there is no folder on this machine for the list of names"))
	}
	text, err := json.Marshal(k)
	if err != nil {
		return fail(err)
	}
	entry := string(text)
	if len(text) > mostInKeyring {
		if entry, err = s.seal(name, text); err != nil {
			return fail(err)
		}
	} else if err := remove(s.sealed(name)); err != nil {
		return fail(err)
	}
	if err := keyring.Set(service, name, entry); err != nil {
		_ = remove(s.sealed(name)) // nothing opens it any more
		return unavailable(err)
	}
	names, err := s.Names()
	if err != nil || slices.Contains(names, name) {
		return err
	}
	return s.keepNames(append(names, name))
}

// Get returns the keys of a name; ok is false if there are none.
func (s Store) Get(name string) (k Keys, ok bool, err error) {
	entry, err := keyring.Get(service, name)
	switch {
	case errors.Is(err, keyring.ErrNotFound):
		return Keys{}, false, nil
	case err != nil:
		return Keys{}, false, unavailable(err)
	}
	text := []byte(entry)
	if key, sealed := strings.CutPrefix(entry, sealedBy); sealed {
		if text, err = s.unseal(name, key); err != nil {
			return Keys{}, false, fail(err)
		}
	}
	if json.Unmarshal(text, &k) != nil { // whose error would quote what it read
		return Keys{}, false, fail(errors.New("the entry " + name + " is not of this program"))
	}
	return k, true, nil
}

// Delete forgets the keys of a name. One that is not there is no error.
func (s Store) Delete(name string) error {
	if err := keyring.Delete(service, name); err != nil && !errors.Is(err, keyring.ErrNotFound) {
		return unavailable(err)
	}
	if err := remove(s.sealed(name)); err != nil {
		return fail(err)
	}
	names, err := s.Names()
	if err != nil {
		return err
	}
	return s.keepNames(slices.DeleteFunc(names, func(n string) bool { return n == name }))
}

// Names lists the names, sorted. It does not ask the keyring.
func (s Store) Names() ([]string, error) {
	if s.Folder == "" {
		return nil, nil
	}
	text, err := os.ReadFile(filepath.Join(s.Folder, "names.json"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var names []string
	if err == nil {
		err = json.Unmarshal(text, &names)
	}
	if err != nil {
		return nil, fail(err)
	}
	slices.Sort(names)
	return names, nil
}

func (s Store) keepNames(names []string) error {
	slices.Sort(names)
	text, err := json.Marshal(names)
	if err == nil {
		err = s.write(filepath.Join(s.Folder, "names.json"), text)
	}
	return fail(err)
}

// sealed is where the sealed file of a name is. Names may have characters that file names cannot.
func (s Store) sealed(name string) string {
	digest := sha256.Sum256([]byte(name))
	return filepath.Join(s.Folder, hex.EncodeToString(digest[:8])+".sealed")
}

// seal writes text under a key of its own, and returns the entry that opens it.
func (s Store) seal(name string, text []byte) (entry string, err error) {
	key := make([]byte, 32)
	_, _ = rand.Read(key) // never fails (crypto/rand)
	box, err := cipherOf(key)
	if err != nil {
		return "", err
	}
	nonce := make([]byte, box.NonceSize())
	_, _ = rand.Read(nonce)
	if err := s.write(s.sealed(name), box.Seal(nonce, nonce, text, []byte(name))); err != nil {
		return "", err
	}
	return sealedBy + base64.StdEncoding.EncodeToString(key), nil
}

// errSealed is why a sealed file cannot be opened.
var errSealed = errors.New("the sealed file of these keys is missing, damaged or of another entry; " +
	"enter the keys again")

func (s Store) unseal(name, encoded string) ([]byte, error) {
	key, err := base64.StdEncoding.DecodeString(encoded)
	if err != nil {
		return nil, errSealed
	}
	box, err := cipherOf(key)
	if err != nil {
		return nil, errSealed
	}
	path := s.sealed(name)
	if info, err := os.Stat(path); err != nil || info.Size() > mostSealed {
		return nil, errSealed
	}
	text, err := os.ReadFile(path)
	if err != nil || len(text) < box.NonceSize() {
		return nil, errSealed
	}
	opened, err := box.Open(nil, text[:box.NonceSize()], text[box.NonceSize():], []byte(name))
	if err != nil {
		return nil, errSealed
	}
	return opened, nil
}

func cipherOf(key []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

// write replaces a file at once, for the user alone to read.
func (s Store) write(path string, contents []byte) error {
	if err := os.MkdirAll(s.Folder, 0o700); err != nil {
		return err
	}
	if err := os.WriteFile(path+".new", contents, 0o600); err != nil {
		return err
	}
	return os.Rename(path+".new", path)
}

func remove(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

func fail(err error) error {
	if err == nil {
		return nil
	}
	return &app.Error{Kind: app.Unknown, Op: "keyring", Err: err}
}

// unavailable says that the keyring does not answer: none runs, as on a machine without a desktop, or it is locked.
func unavailable(err error) error {
	return &app.Error{Kind: app.NotFound, Op: "connect", Err: fmt.Errorf("the system's keyring cannot be used: none "+
		"runs, or it is locked (%w); keys are kept nowhere else", err)}
}
