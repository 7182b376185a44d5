package providers

import (
	"bytes"
	"io"
	"net/http"

	"github.com/aws/aws-sdk-go-v2/aws"
)

// wholeBody sends each request's body from memory. The SDK closes a body as soon as the answer's header is there; where
// the answer comes before net/http has looked for the end of the body, as it does from an endpoint on this machine, the
// closed body fails (smithy-go's safeReadCloser returns io.EOF from WriteTo) and net/http takes the connection down
// under the answer: about one page in fifteen was asked twice, and stood in the ledger as failed.
type wholeBody struct{ next aws.HTTPClient }

// Do sends the request with a body of its own. Requests of these APIs have a few kilobytes.
func (w wholeBody) Do(r *http.Request) (*http.Response, error) {
	if r.Body != nil && r.Body != http.NoBody {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return nil, err
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
	}
	return w.next.Do(r)
}
