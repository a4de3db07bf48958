package graph

import (
	"context"
	"sync"

	"github.com/hashicorp/golang-lru/v2/simplelru"
)

// cache keeps what was made of texts: of those used last, as many as have so many bytes together.
type cache[V any] struct {
	mu    sync.Mutex
	list  *simplelru.LRU[string, V]
	size  func(key string, value V) int
	bytes int
	most  int
}

// newCache makes one of so many bytes; size tells how many an entry has, apart from what keeps it.
func newCache[V any](most int, size func(key string, value V) int) *cache[V] {
	c := &cache[V]{most: most, size: func(key string, value V) int { return size(key, value) + entryBytes }}
	// a number that is never reached, for the bytes decide; it fails for 0 only
	c.list, _ = simplelru.NewLRU(most, func(key string, value V) { c.bytes -= c.size(key, value) })
	return c
}

// entryBytes is what keeps an entry; it keeps many short texts from taking much.
const entryBytes = 256

// Get gives what was made of a text.
func (c *cache[V]) Get(_ context.Context, key string) (V, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.list.Get(key)
}

// Add remembers what was made of a text; the same is made of it each time.
func (c *cache[V]) Add(_ context.Context, key string, value V) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.list.Contains(key) {
		c.bytes += c.size(key, value)
	}
	c.list.Add(key, value)
	for c.bytes > c.most && c.list.Len() > 1 {
		c.list.RemoveOldest()
	}
}
