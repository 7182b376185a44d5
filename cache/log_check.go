package cache

import (
	"database/sql"
	"errors"
	"fmt"
	"math"

	"github.com/nephograph/nephograph/cache/block"
)

// blocks opens every block of log events and returns what is wrong with the first that is not as its head says; SQLite
// does not look into them.
func (r *readTx) blocks() (finding string, err error) {
	heads, err := r.heads("logs_blocks", sql.Named("from", math.MinInt64), sql.Named("to", math.MaxInt64),
		sql.Named("groups", nil))
	if err != nil {
		return "", err
	}
	u := block.NewUnpacker()
	for _, h := range heads {
		err := r.open(u, h.id)
		if err == nil {
			err = r.column("logs_filter", h.id, func(column []byte) error {
				_, err := u.OpenFilter(column)
				return err
			})
		}
		if errors.Is(err, block.ErrDamaged) {
			return fmt.Sprintf("%d log events of %s cannot be read", h.events,
				milli(h.first).Format("2006-01-02 15:04")), nil
		}
		if err != nil {
			return "", err
		}
		if !h.matches(u) {
			return fmt.Sprintf("the log events of %s are not those that it says it holds",
				milli(h.first).Format("2006-01-02 15:04")), nil
		}
	}
	return "", nil
}

// matches reports whether a head is true of the block that is open.
func (h *blockHead) matches(u *block.Unpacker) bool {
	at := u.Times.At
	if len(at) != h.events || len(at) == 0 || at[0] != h.first || at[len(at)-1] != h.last ||
		len(u.Text.Folded) != h.size {
		return false
	}
	levels := h.levels
	for i, l := range u.Times.Levels {
		if int(l) >= len(levels) || l != u.Text.Levels[i] || i > 0 && at[i] < at[i-1] {
			return false
		}
		levels[l]--
	}
	return levels == [len(levels)]int{}
}
