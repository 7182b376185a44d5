package simulator

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"path"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"github.com/nephograph/nephograph/app"
)

// Faults is how the simulator misbehaves. Shares lie between 0 (never) and 1.
//
// Whether a request meets a fault follows from Seed, the request's own bytes and how often that very request has come,
// not from what others ask at the same time; so a drill can be repeated. Throttle, Cut, Fail and Malformed spoil the
// same request at most twice in a row, so that a client with three attempts, which is what the SDKs make, always gets
// through; a share of 1 has no such mercy. A listing has at most two empty pages in a row, and a repeated token goes on
// when it is used again, whatever the share.
type Faults struct {
	Seed     uint64
	Throttle float64 // share of calls refused for rate
	// IAM actions that are refused: logs:FilterLogEvents, logs:*. STS answers all the same, as AWS does
	Deny   []string
	Expire bool          // the session token has expired
	Slow   time.Duration // before each answer
	// share of pages without items but with a token; of BatchGetTraces: with unprocessed trace ids
	EmptyPages   float64
	RepeatTokens float64       // share of pages that answer with the very token that came, and no items
	Late         time.Duration // an item can be seen this long after its time (a log event: after its ingestion)
	Unsettled    bool          // data arrives late, out of order and in parts, and is revised: see arrival.go
	Cut          float64       // share of answers that end in the middle
	Fail         float64       // share of calls answered with a 5xx
	Malformed    float64       // share of answers that do not parse
	Quotas       bool          // hold callers to AWS's published rates
}

// faultsText is Faults in JSON, with durations as people write them.
type faultsText struct {
	Seed         uint64   `json:"seed,omitempty"`
	Throttle     float64  `json:"throttle,omitempty"`
	Deny         []string `json:"deny,omitempty"`
	Expire       bool     `json:"expire,omitempty"`
	Slow         string   `json:"slow,omitempty"`
	EmptyPages   float64  `json:"empty_pages,omitempty"`
	RepeatTokens float64  `json:"repeat_tokens,omitempty"`
	Late         string   `json:"late,omitempty"`
	Unsettled    bool     `json:"unsettled,omitempty"`
	Cut          float64  `json:"cut,omitempty"`
	Fail         float64  `json:"fail,omitempty"`
	Malformed    float64  `json:"malformed,omitempty"`
	Quotas       bool     `json:"quotas,omitempty"`
}

// MarshalJSON writes the faults with durations such as "1.5s".
func (f Faults) MarshalJSON() ([]byte, error) {
	t := faultsText{f.Seed, f.Throttle, f.Deny, f.Expire, "", f.EmptyPages, f.RepeatTokens, "", f.Unsettled, f.Cut,
		f.Fail, f.Malformed, f.Quotas}
	if f.Slow != 0 {
		t.Slow = f.Slow.String()
	}
	if f.Late != 0 {
		t.Late = f.Late.String()
	}
	return json.Marshal(t)
}

// UnmarshalJSON reads what MarshalJSON writes. A field it does not know, a share outside [0,1] and a negative duration
// are errors.
func (f *Faults) UnmarshalJSON(b []byte) error {
	var t faultsText
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	if err := d.Decode(&t); err != nil {
		return err
	}
	for name, share := range map[string]float64{
		"throttle": t.Throttle, "empty_pages": t.EmptyPages, "repeat_tokens": t.RepeatTokens,
		"cut": t.Cut, "fail": t.Fail, "malformed": t.Malformed,
	} {
		if share < 0 || share > 1 {
			return fmt.Errorf("%s is a share between 0 and 1, not %v", name, share)
		}
	}
	slow, err := readLength("slow", t.Slow)
	if err != nil {
		return err
	}
	late, err := readLength("late", t.Late)
	if err != nil {
		return err
	}
	*f = Faults{t.Seed, t.Throttle, t.Deny, t.Expire, slow, t.EmptyPages, t.RepeatTokens, late, t.Unsettled, t.Cut,
		t.Fail, t.Malformed, t.Quotas}
	return nil
}

func readLength(name, text string) (time.Duration, error) {
	if text == "" {
		return 0, nil
	}
	d, err := app.ParseLength(text)
	if err != nil {
		return 0, fmt.Errorf("%s: %w", name, err)
	}
	return d, nil
}

// mishap is what goes wrong with one call.
type mishap struct {
	slow, late                    time.Duration
	unsettled                     bool
	expired, denied               bool
	throttled, overQuota, broken  bool
	empty, repeat, cut, malformed bool
}

// before waits and refuses as the mishap says; nil lets the call be answered.
func (m mishap) before(ctx context.Context, c *call) error {
	if m.slow > 0 {
		timer := time.NewTimer(m.slow)
		defer timer.Stop()
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-timer.C:
		}
	}
	switch {
	case m.expired:
		return c.service.expired.because("The security token included in the request is expired")
	case m.denied:
		return c.service.denied.because("User: %s is not authorized to perform: %s on resource: %s because no "+
			"identity-based policy allows the %s action",
			c.principal(), c.action(), c.resource(), c.action())
	case m.throttled, m.overQuota:
		return c.service.throttled.because("Rate exceeded")
	case m.broken:
		return c.service.broken.because("The service is temporarily unable to answer the request.")
	}
	return nil
}

// resource is what the call is about, as IAM's sentence of denial names it.
func (c *call) resource() string {
	if c.operation.resource == nil {
		return "*"
	}
	return c.operation.resource(c)
}

// maxSpoilt is how often in a row a request is spoilt by shares below 1: one less than the SDKs' three attempts.
const maxSpoilt = 2

// maxRemembered bounds the memory of which requests have come. Forgetting only starts their counts anew.
const maxRemembered = 1 << 16

// drill decides what goes wrong with each call.
type drill struct {
	mu      sync.Mutex
	faults  Faults
	at      map[app.Scope]Faults // of single places, in the stead of faults
	seen    map[uint64]*attempts
	buckets map[string]*rate.Limiter
}

// attempts is what the drill remembers of one request.
type attempts struct {
	count    uint64 // how often it has come
	spoilt   int    // in a row
	repeated bool   // the last answer was its own token
}

func newDrill(f Faults) *drill {
	d := &drill{}
	d.set(f)
	return d
}

func (d *drill) set(f Faults) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.faults, d.at, d.seen, d.buckets = f, map[app.Scope]Faults{}, map[uint64]*attempts{}, map[string]*rate.Limiter{}
}

// setAt changes what goes wrong in one place.
func (d *drill) setAt(place app.Scope, f Faults) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.at[place.Place()] = f
}

// of returns what goes wrong in the place of a call. It is called with the lock held.
func (d *drill) of(c *call) Faults {
	if f, ok := d.at[c.scope]; ok {
		return f
	}
	return d.faults
}

func (d *drill) current() Faults {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.faults
}

// next decides about the call.
func (d *drill) next(c *call) mishap {
	d.mu.Lock()
	defer d.mu.Unlock()
	f := d.of(c)
	m := mishap{slow: f.Slow, late: f.Late, unsettled: f.Unsettled, expired: f.Expire, denied: f.denies(c),
		overQuota: f.Quotas && !d.withinQuota(c)}
	if m.expired || m.denied || m.overQuota || !f.byChance() {
		return m
	}
	request := fingerprint(c)
	a := d.seen[request]
	if a == nil {
		if len(d.seen) >= maxRemembered {
			clear(d.seen)
		}
		a = &attempts{}
		d.seen[request] = a
	}
	a.count++
	chance := func(kind uint64, share float64) bool {
		return float64(mix(f.Seed^request, a.count*8+kind)>>11)/(1<<53) < share
	}
	hard := func(kind uint64, share float64) bool {
		return chance(kind, share) && (a.spoilt < maxSpoilt || share >= 1)
	}
	switch {
	case hard(0, f.Throttle):
		m.throttled = true
	case hard(1, f.Fail):
		m.broken = true
	case hard(2, f.Cut):
		m.cut = true
	case hard(3, f.Malformed):
		m.malformed = true
	}
	if m.throttled || m.broken || m.cut || m.malformed {
		a.spoilt++
		return m
	}
	a.spoilt = 0
	m.repeat = !a.repeated && chance(4, f.RepeatTokens)
	a.repeated = m.repeat
	m.empty = !m.repeat && chance(5, f.EmptyPages)
	return m
}

func (f Faults) byChance() bool {
	return f.Throttle+f.EmptyPages+f.RepeatTokens+f.Cut+f.Fail+f.Malformed > 0
}

// denies reports whether a policy refuses the call. GetCallerIdentity needs no permission and cannot be denied
// (STS API reference, GetCallerIdentity).
func (f Faults) denies(c *call) bool {
	if c.service.prefix == "sts" {
		return false
	}
	for _, action := range f.Deny {
		if ok, err := path.Match(action, c.action()); ok && err == nil {
			return true
		}
	}
	return false
}

// withinQuota takes one request from the operation's bucket of this account and Region.
func (d *drill) withinQuota(c *call) bool {
	quota := c.operation.rate
	if c.operation.name == "FilterLogEvents" {
		quota = filterLogEventsRate(c.scope.Region)
	}
	if quota == 0 {
		return true
	}
	key := c.scope.String() + "/" + c.action()
	bucket := d.buckets[key]
	if bucket == nil {
		bucket = rate.NewLimiter(rate.Limit(quota), max(1, int(quota)))
		d.buckets[key] = bucket
	}
	return bucket.AllowN(c.now, 1)
}

// fingerprint tells one request from another.
func fingerprint(c *call) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(c.scope.String() + "\n" + c.action() + "\n"))
	_, _ = h.Write(c.body)
	return h.Sum64()
}

// mix makes a number out of two that shares no pattern with them (Steele, Lea and Flood, "Fast splittable
// pseudorandom number generators", OOPSLA 2014).
func mix(a, b uint64) uint64 {
	z := a + (b+1)*0x9e3779b97f4a7c15
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}
