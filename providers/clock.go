package providers

import (
	"fmt"
	"net/http"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
)

// mostSkew is how far the time in a signature may be from AWS's
// (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html).
const mostSkew = 5 * time.Minute

// onTime looks at the time of AWS's refusals. The SDK would sign anew with AWS's time and go on, but what is asked next
// is ranges up to now, and a wrong now would note as known what is not: so the clock has to be set first.
type onTime struct {
	aws.HTTPClient
	now func() time.Time
}

// Do sends a request. A refusal by a server whose clock is far from ours is a skewError.
func (c onTime) Do(r *http.Request) (*http.Response, error) {
	answer, err := c.HTTPClient.Do(r)
	if err != nil || answer.StatusCode < http.StatusBadRequest {
		return answer, err
	}
	theirs, unsaid := http.ParseTime(answer.Header.Get("Date"))
	if unsaid != nil {
		return answer, nil
	}
	if ahead := c.now().Sub(theirs); ahead.Abs() > mostSkew {
		answer.Body.Close()
		return nil, skewError(ahead)
	}
	return answer, nil
}

// skewError is by how much this computer's clock is ahead of AWS's, or behind it, below zero.
type skewError time.Duration

func (e skewError) Error() string {
	d, where := time.Duration(e).Round(time.Minute), "ahead of"
	if d < 0 {
		d, where = -d, "behind"
	}
	length := fmt.Sprintf("%d min", d/time.Minute)
	if h := d / time.Hour; h > 0 {
		length = fmt.Sprintf("%d h %d min", h, (d%time.Hour)/time.Minute)
	}
	return fmt.Sprintf("this computer's clock is %s %s AWS's, which refuses its requests", length, where)
}

// RetryableError tells the SDK that another try is of no use.
func (skewError) RetryableError() bool { return false }
