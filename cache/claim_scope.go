package cache

import (
	"context"
	"os"
	"path/filepath"

	"github.com/gofrs/flock"

	"github.com/nephograph/nephograph/app"
)

// ClaimScope waits until nobody else, in this process or another, holds a claim on the scope, and takes it: two pulls of one
// scope at once would ask and pay for the same twice, because neither sees yet what the other gets. busy is called once if
// there is something to wait for; it may be nil. The claim ends with release, or with the process. It does not keep
// anybody from reading or writing. The error is ctx's, or says that the folder takes no locks.
func (d *DB) ClaimScope(ctx context.Context, s app.Scope, busy func()) (release func() error, err error) {
	folder := d.path + ".pulls" // a lock is a file of its own, and stays: who removes it may let two in
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, fail("claim a scope", d.path, err)
	}
	lock := flock.New(filepath.Join(folder, s.Account+"-"+s.Region), flock.SetPermissions(0o600))
	held, err := lock.TryLock()
	if err == nil && !held {
		if busy != nil {
			busy()
		}
		_, err = lock.TryLockContext(ctx, claimEvery)
	}
	if err != nil {
		return nil, fail("claim a scope", d.path, err)
	}
	return lock.Unlock, nil
}
