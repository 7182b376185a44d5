package alarms

import "github.com/nephograph/nephograph/app/related"

// DetailReader is what the details of alarms ask of the cache; *cache.DB satisfies it.
type DetailReader interface {
	related.EvidenceReader
}
