package providers

import (
	"context"
	"maps"
	"sync"

	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	"github.com/aws/smithy-go/middleware"
	"golang.org/x/time/rate"
)

// Rates are requests a second by IAM action, such as "cloudtrail:LookupEvents"; "*" is for what the table does not name.
type Rates map[string]float64

// With returns the rates with those of other in their place.
func (r Rates) With(other Rates) Rates {
	all := maps.Clone(r)
	maps.Copy(all, other)
	return all
}

// DefaultRates are AWS's default quotas per account in that Region (user guides of CloudWatch, CloudWatch Logs and
// CloudTrail, "quotas"; noted on 2026-11-20). A quota is shared with everybody else who uses the account, and may have been raised or be
// lower than the table says: the pacer adapts downwards by itself. X-Ray publishes no quotas; there the number is where
// adapting starts.
func DefaultRates(region string) Rates {
	rates := Rates{
		"cloudwatch:ListMetrics":          25,
		"cloudwatch:GetMetricData":        50, // of 500: the quota on datapoints a second is met first
		"cloudwatch:DescribeAlarms":       9,
		"cloudwatch:DescribeAlarmHistory": 20,
		"logs:DescribeLogGroups":          10,
		"logs:FilterLogEvents":            10,
		"xray:GetTraceSummaries":          20,
		"xray:BatchGetTraces":             40,
		"xray:GetServiceGraph":            10,
		"cloudtrail:LookupEvents":         2,
		"*":                               10,
	}
	switch region {
	case "us-east-1":
		rates["logs:FilterLogEvents"] = 25
	case "eu-central-1": // one of five Regions with a lower quota; in the others the pacer finds it
		rates["logs:FilterLogEvents"] = 5
	}
	return rates
}

// pacer lets every HTTP attempt of one configuration wait for its turn. It is a middleware of the Finalize step, within
// the SDK's retries and before the request is signed, so that waiting does not age the signature.
type pacer struct {
	rates Rates

	mu    sync.Mutex
	paces map[string]*pace // by IAM action
}

func newPacer(rates Rates) *pacer { return &pacer{rates: rates, paces: map[string]*pace{}} }

// ID names the middleware.
func (*pacer) ID() string { return "NephographPacer" }

// HandleFinalize waits, makes the attempt, and learns from a throttled answer.
func (p *pacer) HandleFinalize(ctx context.Context, in middleware.FinalizeInput, next middleware.FinalizeHandler) (
	middleware.FinalizeOutput, middleware.Metadata, error,
) {
	pace := p.pace(serviceOf(awsmiddleware.GetServiceID(ctx)).iam + ":" + awsmiddleware.GetOperationName(ctx))
	era := pace.era()
	if err := pace.limiter.Wait(ctx); err != nil {
		return middleware.FinalizeOutput{}, middleware.Metadata{}, err
	}
	out, metadata, err := next.HandleFinalize(ctx, in)
	switch {
	case err == nil:
		pace.answered()
	case isThrottled(err):
		pace.throttled(era)
	}
	return out, metadata, err
}

func (p *pacer) pace(action string) *pace {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.paces[action] == nil {
		top, ok := p.rates[action]
		if !ok {
			top = p.rates["*"]
		}
		p.paces[action] = newPace(top)
	}
	return p.paces[action]
}

// How a pace adapts: additive increase, multiplicative decrease, as TCP does. With a fifth of the calls refused for no
// reason of ours it settles at two thirds of the quota; where the true quota is lower, one call in about nine finds it.
const (
	slowDown  = 0.7  // of the rate, on being throttled
	speedUp   = 0.05 // of the quota, on an answer
	slowest   = 0.1  // of the quota
	burstTime = 0.2  // seconds of quota that may go out at once
)

// pace is the rate of one operation.
type pace struct {
	limiter *rate.Limiter
	top     rate.Limit

	mu  sync.Mutex
	age int // counts the slow-downs
}

func newPace(perSecond float64) *pace {
	top := rate.Limit(perSecond)
	return &pace{limiter: rate.NewLimiter(top, max(1, int(perSecond*burstTime))), top: top}
}

// era tells attempts before a slow-down from those after.
func (p *pace) era() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.age
}

// throttled slows down, once for all attempts that were on their way together.
func (p *pace) throttled(era int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if era != p.age {
		return
	}
	p.age++
	p.limiter.SetLimit(max(p.limiter.Limit()*slowDown, p.top*slowest))
}

// answered recovers some speed.
func (p *pace) answered() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if now := p.limiter.Limit(); now < p.top {
		p.limiter.SetLimit(min(now+p.top*speedUp, p.top))
	}
}
