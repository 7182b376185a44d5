package bundle

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"filippo.io/age"

	"github.com/nephograph/nephograph/app"
)

// Lock says how a bundle is encrypted.
type Lock = app.BundleLock

// Key opens an encrypted bundle.
type Key = app.BundleKey

// ageHead begins each file of age.
const ageHead = "age-encryption.org/"

// maxWork bounds the work of a passphrase as a power of two: age writes 18, which takes a second, and each step
// doubles that. Who made the file chose the number.
const maxWork = 20

// lockedWriter returns what encrypts for w; closing it does not close w.
func lockedWriter(w io.Writer, l Lock) (io.WriteCloser, error) {
	var to []age.Recipient
	switch {
	case l.Passphrase != "" && len(l.Recipients) > 0:
		return nil, errors.New("a bundle is encrypted by a passphrase or for recipients, not both")
	case l.Passphrase != "":
		r, err := age.NewScryptRecipient(l.Passphrase)
		if err != nil {
			return nil, err
		}
		to = append(to, r)
	case len(l.Recipients) > 0:
		var err error
		if to, err = recipients(l.Recipients); err != nil {
			return nil, err
		}
	default:
		return open{w}, nil
	}
	return age.Encrypt(w, to...)
}

// recipients reads public keys of age.
func recipients(texts []string) (all []age.Recipient, err error) {
	for _, text := range texts {
		r, err := age.ParseX25519Recipient(strings.TrimSpace(text))
		if err != nil {
			return nil, fmt.Errorf("%q is no recipient of age; one begins with age1", text)
		}
		all = append(all, r)
	}
	return all, nil
}

// open passes on what is written.
type open struct{ io.Writer }

// Close does nothing.
func (open) Close() error { return nil }

// unlockedReader decrypts.
func unlockedReader(r io.Reader, k Key) (io.Reader, error) {
	var ids []age.Identity
	switch {
	case k.Passphrase != "":
		id, err := age.NewScryptIdentity(k.Passphrase)
		if err != nil {
			return nil, malformed(err)
		}
		id.SetMaxWorkFactor(maxWork)
		ids = append(ids, id)
	case k.Identities != "":
		var err error
		if ids, err = age.ParseIdentities(strings.NewReader(k.Identities)); err != nil {
			return nil, malformed(fmt.Errorf("the identities cannot be read: %w", err))
		}
	default:
		return nil, malformed(app.ErrBundleLocked)
	}
	plain, err := age.Decrypt(r, ids...)
	var none *age.NoIdentityMatchError
	switch {
	case errors.As(err, &none):
		return nil, malformed(app.ErrBundleKey)
	case err != nil:
		return nil, malformed(fmt.Errorf("it cannot be decrypted: %w", err))
	}
	return plain, nil
}
