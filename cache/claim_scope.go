package cache

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"github.com/gofrs/flock"

	"github.com/nephograph/nephograph/app"
)

// ClaimScope waits until nobody else, in this process or another, holds a claim on the scope or on the whole file, and
// takes it: two pulls of one scope at once would ask and pay for the same twice, because neither sees yet what the
// other gets. Claims on different scopes do not wait for each other. busy is called once if there is something to wait
// for; it may be nil. The claim ends with release, or with the process. It does not keep anybody from reading or
// writing. The error is ctx's, or says that the folder takes no locks.
func (d *DB) ClaimScope(ctx context.Context, s app.Scope, busy func()) (release func() error, err error) {
	release, err = d.claimScope(ctx, s, busy)
	if err != nil {
		return nil, fail("claim a scope", d.path, err)
	}
	return release, nil
}

func (d *DB) claimScope(ctx context.Context, s app.Scope, busy func()) (release func() error, err error) {
	folder := d.path + ".pulls" // a lock is a file of its own, and stays: who removes it may let two in
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, err
	}
	whole := flock.New(d.path+claimSuffix, flock.SetPermissions(0o600))
	own := flock.New(filepath.Join(folder, s.Account+"-"+s.Region), flock.SetPermissions(0o600))
	told := busy == nil
	wait := func(try func() (bool, error), waiting func() (bool, error)) error {
		held, err := try()
		if err != nil || held {
			return err
		}
		if !told {
			told = true
			busy()
		}
		_, err = waiting()
		return err
	}
	if err := wait(whole.TryRLock, func() (bool, error) { return whole.TryRLockContext(ctx, claimEvery) }); err != nil {
		return nil, err
	}
	if err := wait(own.TryLock, func() (bool, error) { return own.TryLockContext(ctx, claimEvery) }); err != nil {
		return nil, errors.Join(err, whole.Unlock())
	}
	return func() error { return errors.Join(own.Unlock(), whole.Unlock()) }, nil
}
