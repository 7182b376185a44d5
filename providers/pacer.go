package providers

import (
	"context"

	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	"github.com/aws/smithy-go/middleware"
)

// pacer lets every HTTP attempt of one configuration wait for its turn. It is a middleware of the Finalize step, within
// the SDK's retries and before the request is signed, so that waiting does not age the signature.
type pacer struct {
	limits  *Limits
	profile string
}

// ID names the middleware.
func (*pacer) ID() string { return "NephographPacer" }

// HandleFinalize waits, makes the attempt, and learns from a throttled answer.
func (p *pacer) HandleFinalize(ctx context.Context, in middleware.FinalizeInput, next middleware.FinalizeHandler) (
	middleware.FinalizeOutput, middleware.Metadata, error,
) {
	pace, key := p.limits.pace(p.profile, awsmiddleware.GetRegion(ctx),
		serviceOf(awsmiddleware.GetServiceID(ctx)), awsmiddleware.GetOperationName(ctx))
	era := pace.era() // before the wait: those that queued at the old rate go out at it, and slow down once together
	if err := p.take(ctx, pace); err != nil {
		return middleware.FinalizeOutput{}, middleware.Metadata{}, err
	}
	out, metadata, err := next.HandleFinalize(ctx, in)
	now := p.limits.clock.now()
	switch {
	case err == nil:
		pace.answered(now)
	case isThrottled(err):
		if perSecond, slowed := pace.throttled(now, era); slowed {
			p.limits.slowed(p.profile, key, perSecond)
		}
	}
	return out, metadata, err
}

// take waits for a turn; one that is given up does not delay the others.
func (p *pacer) take(ctx context.Context, pace *pace) error {
	wait, give := pace.turn(p.limits.clock.now())
	err := p.limits.clock.wait(ctx, wait)
	if err != nil {
		give(p.limits.clock.now())
	}
	return err
}
