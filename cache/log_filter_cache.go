package cache

import (
	"sync"

	"github.com/nephograph/nephograph/cache/block"
)

// filterCache keeps the filters of blocks in memory. A search while a person types checks all of them at each key, and
// most of its time would go into reading them.
type filterCache struct {
	mu      sync.RWMutex
	byBlock map[int64]block.Filter
	bytes   int
}

// maxFilterBytes bounds the memory of filters: those of two and a half million events. When there are more, all are
// dropped, including those of blocks that no longer exist, and the ones in use are read again.
const maxFilterBytes = 48 << 20

// get returns the filter of a block, nil if it is not in memory.
func (f *filterCache) get(id int64) block.Filter {
	f.mu.RLock()
	defer f.mu.RUnlock()
	return f.byBlock[id]
}

func (f *filterCache) set(id int64, filter block.Filter) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.byBlock == nil || f.bytes+len(filter) > maxFilterBytes {
		f.byBlock, f.bytes = map[int64]block.Filter{}, 0
	}
	f.byBlock[id] = filter
	f.bytes += len(filter)
}
