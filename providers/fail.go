package providers

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/aws-sdk-go-v2/credentials/ssocreds"
	"github.com/aws/smithy-go"

	"github.com/nephograph/nephograph/app"
)

// Fail turns what the SDK returned into an *app.Error for the operation op, such as "logs:FilterLogEvents". What it
// says is AWS's own sentence and code, without anything that could be a secret: AWS repeats the signed headers of a
// request, the session token among them, when it refuses a signature. The SDK's error is not kept for the same reason.
//
// Cancellation is no failure: it comes back as an error that wraps context.Canceled. Nil and errors that are *app.Error
// already come back as they are.
func Fail(op string, err error) error {
	var made *app.Error
	switch {
	case err == nil || errors.As(err, &made):
		return err
	case errors.Is(err, context.Canceled):
		return fmt.Errorf("%s: %w", op, context.Canceled)
	}
	return &app.Error{Kind: kindOf(err), Op: op, Err: errors.New(textOf(err))}
}

// kindOf sorts an error of the SDK. The order matters: a code says more than a status, and an answer that broke off
// also fails to parse.
func kindOf(err error) app.Kind {
	if kind, ok := kindOfCode(err); ok {
		return kind
	}
	var skew skewError
	if errors.As(err, &skew) {
		return app.Skewed
	}
	var endless endlessError
	if errors.As(err, &endless) {
		return app.Endless
	}
	var status interface{ HTTPStatusCode() int }
	if errors.As(err, &status) {
		switch code := status.HTTPStatusCode(); {
		case code == http.StatusTooManyRequests:
			return app.Throttled
		case code >= 500:
			return app.Offline
		}
	}
	var credentials *credentialsError
	var page *pageError
	switch {
	case errors.As(err, &page):
		return app.NotAWS
	case isNoAnswer(err):
		return app.Offline
	case errors.As(err, &credentials):
		return app.SignedOut
	case isMalformed(err):
		return app.Malformed
	}
	return app.Unknown
}

// codeKinds sorts AWS's error codes by how they begin; the first that fits counts. They come with and without
// "Exception" at the end, and with EC2's "Client." in front.
var codeKinds = []struct {
	prefix string
	kind   app.Kind
}{
	{"AccessDenied", app.Denied},
	{"UnauthorizedOperation", app.Denied},
	{"NotAuthorized", app.Denied},
	{"Expired", app.SignedOut}, // ExpiredToken, ExpiredTokenException
	{"TokenRefreshRequired", app.SignedOut},
	{"UnrecognizedClient", app.SignedOut},
	{"InvalidClientTokenId", app.SignedOut},
	{"InvalidAccessKeyId", app.SignedOut},
	{"MissingAuthenticationToken", app.SignedOut},
	{"SignatureDoesNotMatch", app.SignedOut},
	{"InvalidSignature", app.SignedOut},
	{"IncompleteSignature", app.SignedOut},
	{"RequestExpired", app.Skewed},
	{"RequestTimeTooSkewed", app.Skewed},
	{"AuthFailure", app.SignedOut},
	{"OptInRequired", app.SignedOut},
	{"Unauthorized", app.SignedOut}, // UnauthorizedException: IAM Identity Center, the session has ended
	{"Throttl", app.Throttled},      // Throttling, ThrottlingException, ThrottledException
	{"TooManyRequests", app.Throttled},
	{"LimitExceeded", app.Throttled},
	{"RequestLimitExceeded", app.Throttled},
	{"RequestThrottled", app.Throttled},
	{"SlowDown", app.Throttled},
	{"ServiceUnavailable", app.Offline},
	{"InternalFailure", app.Offline},
	{"InternalServiceError", app.Offline},
	{"InternalServiceFault", app.Offline},
	{"InternalServerError", app.Offline},
	{"RequestTimeout", app.Offline},
	{"ResourceNotFound", app.NotFound},
	{"MalformedQuery", app.Malformed}, // StartQuery: the text of the query
}

func kindOfCode(err error) (app.Kind, bool) {
	var api smithy.APIError
	if !errors.As(err, &api) {
		return app.Unknown, false
	}
	code := strings.TrimPrefix(api.ErrorCode(), "Client.")
	for _, c := range codeKinds {
		if strings.HasPrefix(code, c.prefix) {
			return c.kind, true
		}
	}
	return app.Unknown, false
}

// isThrottled reports whether AWS refused for rate; nil is not.
func isThrottled(err error) bool {
	return err != nil && (kindOf(err) == app.Throttled ||
		retry.IsErrorThrottles(retry.DefaultThrottles).IsErrorThrottle(err).Bool())
}

// isNoAnswer reports whether the network failed: no connection, no name, no time, or an answer that broke off.
func isNoAnswer(err error) bool {
	var operation *net.OpError
	var name *net.DNSError
	var late interface{ Timeout() bool } // also of a missing file, which is not late
	var sent interface{ ConnectionError() bool }
	return errors.Is(err, context.DeadlineExceeded) || errors.Is(err, io.ErrUnexpectedEOF) ||
		errors.As(err, &operation) || errors.As(err, &name) ||
		errors.As(err, &late) && late.Timeout() || errors.As(err, &sent) && sent.ConnectionError()
}

// isMalformed reports whether AWS, or somebody in between, answered what does not parse.
func isMalformed(err error) bool {
	var unread *smithy.DeserializationError
	var syntax *json.SyntaxError
	return errors.As(err, &unread) || errors.As(err, &syntax)
}

// textOf says in one sentence what went wrong.
func textOf(err error) string {
	var api smithy.APIError
	var operation *smithy.OperationError
	var credentials *credentialsError
	var skew skewError
	var endless endlessError
	var page *pageError
	switch {
	case errors.As(err, &skew):
		return skew.Error()
	case errors.As(err, &endless):
		return endless.Error()
	case errors.As(err, &page):
		return page.Error()
	case errors.As(err, &api):
		return textOfAnswer(api)
	case errors.As(err, &credentials) && errors.As(credentials.error, &operation) && operation.Service() == "ec2imds":
		return "no credentials were found on this machine" // the end of the chain, which Connect has closed
	case credentials != nil:
		return "no credentials: " + redact(innermost(credentials.error).Error())
	case errors.Is(err, io.ErrUnexpectedEOF):
		return "the answer broke off"
	}
	if isMalformed(err) {
		return "the answer does not parse: " + redact(innermost(err).Error())
	}
	return redact(textOfNetwork(err))
}

// textOfNetwork says which address did not answer, and why.
func textOfNetwork(err error) string {
	var name *net.DNSError
	var operation *net.OpError
	var sent *url.Error
	switch {
	case errors.As(err, &name) && name.IsNotFound:
		return "there is no host " + name.Name
	case name != nil:
		return fmt.Sprintf("the host %s cannot be looked up: %s", name.Name, name.Err)
	case errors.As(err, &operation) && operation.Addr != nil:
		return fmt.Sprintf("%s at %s", bottom(operation), operation.Addr)
	case !errors.As(err, &sent):
		return innermost(err).Error()
	}
	address, wrong := url.Parse(sent.URL)
	switch {
	case wrong != nil || address.Host == "":
		return "the endpoint is not a URL" // nor is it shown: what stands in its place may be anything, a password too
	case sent.Timeout():
		return "no answer in time from " + address.Host
	}
	return fmt.Sprintf("%s at %s", innermost(err), address.Host)
}

// bottom returns the reason below all wrappers, such as "connection refused".
func bottom(err error) error {
	for inner := errors.Unwrap(err); inner != nil; inner = errors.Unwrap(inner) {
		err = inner
	}
	return err
}

// clockCodes are answered when the time in a request is too far from AWS's.
var clockCodes = []string{"RequestExpired", "RequestTimeTooSkewed"}

func textOfAnswer(api smithy.APIError) string {
	// What follows a line break is the canonical request that AWS expected, with every signed header.
	message, _, _ := strings.Cut(strings.TrimSpace(api.ErrorMessage()), "\n")
	message = cmp.Or(redact(message), "AWS gave no reason")
	code := api.ErrorCode()
	if !codeForm.MatchString(code) {
		code = "no code"
	}
	skewed := slices.Contains(clockCodes, code) || strings.Contains(message, "Signature expired") ||
		strings.Contains(message, "not yet current")
	if skewed {
		message += "; this computer's clock is probably wrong"
	}
	return fmt.Sprintf("%s (%s)", message, code)
}

// innermost returns the error that a person understands: below the SDK's wrappers, but not below those whose own text
// has the address, the file or the reason.
func innermost(err error) error {
	for {
		switch err.(type) {
		case *net.OpError, *net.DNSError, *fs.PathError, *ssocreds.InvalidTokenError:
			return err
		}
		inner := errors.Unwrap(err)
		if inner == nil {
			return err
		}
		err = inner
	}
}

// longest text that a person reads in an error.
const longest = 300

var (
	secretField = regexp.MustCompile(`(?i)(x-amz-security-token|security[-_ ]?token|session[-_ ]?token|secret[-_a-z ` +
		`]*key|authorization|signature|password|credential)(["']?\s*[:=]\s*)("[^"]*"|'[^']*'|[^,;]+)`)
	// session tokens have several hundred characters, names have not
	longRun = regexp.MustCompile(`[A-Za-z0-9+/=_%-]{100,}`)
)

// redact removes what could be a secret, and cuts.
func redact(text string) string {
	text = secretField.ReplaceAllString(text, "$1$2…")
	text = longRun.ReplaceAllString(text, "…")
	if runes := []rune(text); len(runes) > longest {
		return string(runes[:longest]) + "…"
	}
	return text
}
