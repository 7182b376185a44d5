package providers

import (
	"context"
	"sync"
	"time"

	"github.com/nephograph/nephograph/app"
)

// Limits keep what this process asks of AWS within AWS's rates. There is one pace for each operation of an account in a
// Region, because that is what AWS counts: every configuration that is connected with the same Limits shares it,
// whatever profile it comes from. A pace begins at the default of Service Quotas (assets/quotas), falls to 0.7 of it on
// a refusal, gains 5 % of the quota with each answer and never falls below a tenth. Make one for a process. Its methods
// may be called from several goroutines.
type Limits struct {
	quotas app.QuotaList
	clock  clock

	mu       sync.Mutex
	told     func(app.Slowdown)
	accounts map[string]string // by profile, once AWS has told
	paces    map[counted]*pace
	news     map[counted]news
}

// counted is what AWS counts by itself.
type counted struct {
	place             string // an account's number, or a profile whose account is not known yet
	region            string
	service, function string
}

// clock is the time as limits see it.
type clock struct {
	now  func() time.Time
	wait func(context.Context, time.Duration) error
}

// NewLimits returns limits that begin at the quotas. What the quotas lack begins at app.UnknownQuota.
func NewLimits(quotas app.QuotaList) *Limits {
	return &Limits{
		quotas: quotas, clock: clock{time.Now, wait},
		accounts: map[string]string{}, paces: map[counted]*pace{}, news: map[counted]news{},
	}
}

// wait returns when d has passed, or with ctx's error.
func wait(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

// Hear sets who is told when AWS slows an operation down, in place of who was before; nil is nobody. It is called on
// the goroutine of the request, by several at a time, and must not block. It hears of an operation once, and again when
// the rate has halved since or ten minutes have passed.
func (l *Limits) Hear(told func(app.Slowdown)) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.told = told
	clear(l.news) // who hears it now has not heard it
}

// learn notes which account a profile leads to, as AWS has said. What was counted for the profile is joined with what
// is counted for the account.
func (l *Limits) learn(profile, account string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if account == "" || l.accounts[profile] == account {
		return
	}
	l.accounts[profile] = account
	for key, p := range l.paces {
		if key.place != unknown(profile) {
			continue
		}
		delete(l.paces, key)
		key.place = account
		if shared := l.paces[key]; shared != nil {
			shared.join(p)
		} else {
			l.paces[key] = p
		}
	}
}

// unknown is the place of a profile whose account is not known. It is no account's number.
func unknown(profile string) string { return "profile " + profile }

// pace returns the pace of an operation for a profile in a Region.
func (l *Limits) pace(profile, region, service, operation string) (*pace, counted) {
	l.mu.Lock()
	defer l.mu.Unlock()
	key := counted{place: l.accounts[profile], region: region, service: service, function: operation}
	if key.place == "" {
		key.place = unknown(profile)
	}
	if l.paces[key] == nil {
		l.paces[key] = newPace(l.quotas.Of(service, operation, region).Use)
	}
	return l.paces[key], key
}

// How much must change before a slow-down is told again.
const (
	newsWhen  = 0.5 // of the rate that was told last
	newsAfter = 10 * time.Minute
)

// news is what was told last of an operation.
type news struct {
	rate float64
	at   time.Time
}

// slowed tells of a slow-down, if it is news.
func (l *Limits) slowed(profile string, key counted, rate float64) {
	l.mu.Lock()
	now, last := l.clock.now(), l.news[key]
	told := l.told
	if told == nil || !last.at.IsZero() && rate > last.rate*newsWhen && now.Sub(last.at) < newsAfter {
		l.mu.Unlock()
		return
	}
	l.news[key] = news{rate, now}
	s := app.Slowdown{
		Scope:   app.Scope{Account: l.accounts[profile], Region: key.region, Profile: profile},
		Service: key.service, Operation: key.function, Rate: rate, At: now.UTC(),
		Quota: l.quotas.Of(key.service, key.function, key.region).PerSecond,
	}
	l.mu.Unlock()
	told(s)
}
