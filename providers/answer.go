package providers

import (
	"bufio"
	"context"
	"fmt"
	"io"

	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	"github.com/aws/smithy-go/middleware"
	smithyhttp "github.com/aws/smithy-go/transport/http"

	"github.com/nephograph/nephograph/app"
)

// guardAnswers adds the check of every HTTP answer to a stack, of the services and of what the SDK asks for credentials
// alike. It is the innermost of the Deserialize step, so that nothing of the SDK reads a body before it, not even to
// throw it away.
func guardAnswers(s *middleware.Stack) error {
	return s.Deserialize.Add(middleware.DeserializeMiddlewareFunc("NephographAnswer", guardAnswer), middleware.After)
}

// guardAnswer bounds the body of an answer, and refuses one that is a web page.
func guardAnswer(ctx context.Context, in middleware.DeserializeInput, next middleware.DeserializeHandler) (
	middleware.DeserializeOutput, middleware.Metadata, error,
) {
	out, metadata, err := next.HandleDeserialize(ctx, in)
	response, ok := out.RawResponse.(*smithyhttp.Response)
	if err != nil || !ok || response.Body == nil {
		return out, metadata, err
	}
	service := serviceOf(awsmiddleware.GetServiceID(ctx))
	failed := response.StatusCode < 200 || response.StatusCode > 299
	most := app.AnswerBytes(service, awsmiddleware.GetOperationName(ctx), failed)
	body := &boundedBody{body: response.Body, left: most, most: most}
	head := bufio.NewReaderSize(body, pageHead)
	response.Body = struct {
		io.Reader
		io.Closer
	}{head, body}
	if page := pageOf(head, service, response); page != nil {
		return out, metadata, page
	}
	return out, metadata, nil
}

// boundedBody is a body that fails where it goes on beyond its bound. It counts what is read of it, decompressed.
type boundedBody struct {
	body       io.ReadCloser
	left, most int64
}

// Read reads up to the bound, and one byte beyond to tell whether the body ends there.
func (b *boundedBody) Read(p []byte) (int, error) {
	if b.left < 0 {
		return 0, endlessError(b.most)
	}
	if int64(len(p)) > b.left+1 {
		p = p[:b.left+1]
	}
	n, err := b.body.Read(p)
	if b.left -= int64(n); b.left < 0 {
		return n - 1, endlessError(b.most)
	}
	return n, err
}

// Close closes the body.
func (b *boundedBody) Close() error { return b.body.Close() }

// endlessError is how many bytes a body had when reading was given up.
type endlessError int64

func (e endlessError) Error() string {
	return fmt.Sprintf("the answer has more than %d MB, which none of AWS's has", int64(e)>>20)
}

// RetryableError tells the SDK that another try is of no use.
func (endlessError) RetryableError() bool { return false }
