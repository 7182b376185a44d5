package providers

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"

	"github.com/nephograph/nephograph/app"
)

func TestKinds(t *testing.T) {
	answer := func(code string) error {
		return &smithy.OperationError{ServiceID: "CloudWatch", OperationName: "X",
			Err: &smithy.GenericAPIError{Code: code, Message: "because"}}
	}
	status := func(n int) error {
		return &smithyhttp.ResponseError{Response: &smithyhttp.Response{Response: &http.Response{StatusCode: n}},
			Err: errors.New("x")}
	}
	tests := []struct {
		err  error
		want app.Kind
	}{
		{answer("AccessDenied"), app.Denied},
		{answer("AccessDeniedException"), app.Denied},
		{answer("UnauthorizedOperation"), app.Denied},
		{answer("Client.UnauthorizedOperation"), app.Denied},
		{answer("ExpiredToken"), app.SignedOut},
		{answer("ExpiredTokenException"), app.SignedOut},
		{answer("UnrecognizedClientException"), app.SignedOut},
		{answer("InvalidClientTokenId"), app.SignedOut},
		{answer("MissingAuthenticationToken"), app.SignedOut},
		{answer("SignatureDoesNotMatch"), app.SignedOut},
		{answer("RequestExpired"), app.Skewed},
		{answer("RequestTimeTooSkewed"), app.Skewed},
		{skewError(time.Hour), app.Skewed},
		{answer("UnauthorizedException"), app.SignedOut},
		{answer("Throttling"), app.Throttled},
		{answer("ThrottlingException"), app.Throttled},
		{answer("ThrottledException"), app.Throttled},
		{answer("TooManyRequestsException"), app.Throttled},
		{answer("LimitExceededException"), app.Throttled},
		{answer("RequestLimitExceeded"), app.Throttled},
		{answer("ResourceNotFoundException"), app.NotFound},
		{answer("ResourceNotFound"), app.NotFound},
		{answer("InternalFailure"), app.Offline},
		{answer("ValidationException"), app.Unknown},
		{status(503), app.Offline},
		{status(429), app.Throttled},
		{status(418), app.Unknown},
		{&net.DNSError{Err: "no such host", Name: "logs.example"}, app.Offline},
		{&url.Error{Op: "Post", URL: "https://x", Err: &net.OpError{Op: "dial", Err: errors.New("refused")}},
			app.Offline},
		{context.DeadlineExceeded, app.Offline},
		{&smithy.DeserializationError{Err: io.ErrUnexpectedEOF}, app.Offline},
		{&smithy.DeserializationError{Err: errors.New("invalid character '<'")}, app.Malformed},
		{&credentialsError{errors.New("the SSO session has expired or is invalid")}, app.SignedOut},
		{&credentialsError{answer("AccessDenied")}, app.Denied},
		{&credentialsError{&net.DNSError{Err: "no such host"}}, app.Offline},
		{errors.New("what is this"), app.Unknown},
	}
	for _, test := range tests {
		err := Fail("logs:FilterLogEvents", fmt.Errorf("wrapped: %w", test.err))
		var failed *app.Error
		if !errors.As(err, &failed) || failed.Kind != test.want || failed.Op != "logs:FilterLogEvents" ||
			failed.Err == nil {
			t.Errorf("%v: got %v (%v), want %v", test.err, err, app.KindOf(err), test.want)
		}
	}
}

func TestFailLeavesTheseAlone(t *testing.T) {
	if err := Fail("x", nil); err != nil {
		t.Errorf("nil became %v", err)
	}
	made := fmt.Errorf("wrapped: %w", &app.Error{Kind: app.TooMuch, Op: "y", Err: errors.New("z")})
	if err := Fail("x", made); err != made {
		t.Errorf("%v became %v", made, err)
	}
	err := Fail("x", &smithy.CanceledError{Err: context.Canceled})
	var failed *app.Error
	if !errors.Is(err, context.Canceled) || errors.As(err, &failed) {
		t.Errorf("cancellation became %v", err)
	}
}

func TestText(t *testing.T) {
	tests := []struct {
		err  error
		want string
	}{
		{&smithy.GenericAPIError{Code: "ThrottlingException", Message: "Rate exceeded"},
			"op: Rate exceeded (ThrottlingException)"},
		{&smithy.GenericAPIError{Code: "RequestExpired", Message: "Request has expired."},
			"op: Request has expired.; this computer's clock is probably wrong (RequestExpired)"},
		{&smithy.GenericAPIError{Code: "InvalidSignatureException",
			Message: "Signature expired: 20250101T000000Z is now earlier than"},
			"op: Signature expired: 20250101T000000Z is now earlier than; this computer's clock is probably wrong " +
				"(InvalidSignatureException)"},
		{&smithy.GenericAPIError{Code: "X"}, "op: AWS gave no reason (X)"},
		{&url.Error{Op: "Post", URL: "https://logs.example/",
			Err: &net.OpError{Op: "dial", Net: "tcp", Err: errors.New("connection refused")}},
			"op: dial tcp: connection refused at logs.example"},
		{&url.Error{Op: "Post", URL: "https://logs.example/",
			Err: &net.OpError{Op: "dial", Addr: &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 9},
				Err: os.NewSyscallError("connect", syscall.ECONNREFUSED)}}, "op: connection refused at 127.0.0.1:9"},
		{&net.DNSError{Err: "no such host", Name: "sts.moon.amazonaws.com", Server: "10.0.0.2:53", IsNotFound: true},
			"op: there is no host sts.moon.amazonaws.com"},
		{&net.DNSError{Err: "server misbehaving", Name: "sts.example"},
			"op: the host sts.example cannot be looked up: server misbehaving"},
		{&url.Error{Op: "Post", URL: "https://user:hidden@logs.example/?password=x", Err: context.DeadlineExceeded},
			"op: no answer in time from logs.example"},
		{&url.Error{Op: "Post", URL: "secret", Err: errors.New("unsupported protocol scheme")},
			"op: the endpoint is not a URL"},
		{&smithy.DeserializationError{Err: io.ErrUnexpectedEOF}, "op: the answer broke off"},
	}
	for _, test := range tests {
		if got := Fail("op", test.err).Error(); got != test.want {
			t.Errorf("%v:\n got %s\nwant %s", test.err, got, test.want)
		}
	}
	if got := redact(strings.Repeat("ä ", 1000)); len([]rune(got)) != longest+1 {
		t.Errorf("%d characters are left", len([]rune(got)))
	}
}
