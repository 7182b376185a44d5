package cache

import (
	"context"
	"time"

	"github.com/gofrs/flock"
)

// claimSuffix follows the file's name in that of its lock.
const claimSuffix = ".pull"

// claimEvery is how often a claim that waits looks again.
const claimEvery = 200 * time.Millisecond

// Claim waits until nobody else, in this process or another, holds a claim on the file, and takes it: two pulls at once
// would ask and pay for the same twice, because neither sees yet what the other gets. busy is called once if there is
// something to wait for; it may be nil. The claim ends with release, or with the process. It does not keep anybody from
// reading or writing. The error is ctx's, or says that the folder takes no locks.
func (d *DB) Claim(ctx context.Context, busy func()) (release func() error, err error) {
	lock := flock.New(d.path+claimSuffix, flock.SetPermissions(0o600))
	held, err := lock.TryLock()
	if err == nil && !held {
		if busy != nil {
			busy()
		}
		_, err = lock.TryLockContext(ctx, claimEvery)
	}
	if err != nil {
		return nil, fail("claim the cache", d.path, err)
	}
	return lock.Unlock, nil
}
