package providers

import (
	"cmp"
	"errors"
	"io"
	"math/rand/v2"
	"net"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/ratelimit"
	"github.com/aws/aws-sdk-go-v2/aws/retry"

	"github.com/nephograph/nephograph/app"
)

// How often and how patiently to retry.
const (
	attempts     = 10 // with a fifth of the calls throttled, one in ten million fails
	fewAttempts  = 3  // where more only keep a person waiting: no network, or answers that make no sense
	firstBackoff = 100 * time.Millisecond
	maxBackoff   = 5 * time.Second
)

// retryer is the SDK's standard retryer with three changes. It has no token bucket: that one gives up for all when a
// fifth of the calls is throttled for long, and the pacer already slows down. It waits less, for the same reason. And
// answers that broke off or do not parse are asked again, which the SDK would not do, the latter only a few times, as
// are hosts that cannot be reached.
type retryer struct {
	*retry.Standard
	backoff retry.BackoffDelayer
}

func newRetryer(longest time.Duration) retryer {
	longest = cmp.Or(longest, maxBackoff)
	backoff := retry.BackoffDelayerFunc(func(attempt int, _ error) (time.Duration, error) {
		ceiling := min(firstBackoff<<min(attempt, 16), longest) // attempts count from 1
		// full jitter: AWS architecture blog, "Exponential Backoff And Jitter"
		return rand.N(ceiling + 1), nil
	})
	return retryer{
		Standard: retry.NewStandard(func(o *retry.StandardOptions) {
			o.MaxAttempts = attempts
			o.RateLimiter = ratelimit.None
			o.Retryables = append(o.Retryables, retry.IsErrorRetryableFunc(spoiled))
		}),
		backoff: backoff,
	}
}

// RetryDelay returns how long to wait, or the error itself where retrying is no use.
func (r retryer) RetryDelay(attempt int, err error) (time.Duration, error) {
	kind := kindOf(err)
	if attempt >= fewAttempts && (isDial(err) || kind == app.Malformed || kind == app.NotAWS) {
		return 0, err
	}
	return r.backoff.BackoffDelay(attempt, err)
}

// isDial reports whether no connection was made, so that AWS never saw the request.
func isDial(err error) bool {
	var op *net.OpError
	var dns *net.DNSError
	return errors.As(err, &dns) || errors.As(err, &op) && op.Op == "dial"
}

// spoiled lets a request be made again whose answer broke off or does not parse.
func spoiled(err error) aws.Ternary {
	var endless endlessError
	if errors.As(err, &endless) {
		return aws.FalseTernary
	}
	if errors.Is(err, io.ErrUnexpectedEOF) || isMalformed(err) || kindOf(err) == app.NotAWS {
		return aws.TrueTernary
	}
	return aws.UnknownTernary
}
