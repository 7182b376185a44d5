package simulator

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/fxamacker/cbor/v2"
)

// service is one AWS service: how it is spoken to, and in which words it refuses.
type service struct {
	prefix     string // of its IAM actions: cloudwatch
	signing    string // its name in a credential scope: monitoring
	wire       wire
	target     string // of the JSON protocol: what comes before the operation; of CBOR: the service's shape
	operations []operation
	open       bool // calls are not signed

	// What every service can say, each in its own words.
	throttled, denied, expired, unsigned, badlySigned, broken, unknown, unreadable refusal
	// a parameter's value is not allowed
	invalid refusal
	// a page token that it did not give, or gave for another question
	badToken refusal
}

// services returns what the simulator speaks. X-Ray comes last: its paths are the least telling.
func services() []*service {
	return []*service{monitoringService(), logsService(), trailService(), taggingService(), stsService(),
		oidcService(), portalService(), tracingService()}
}

// Actions returns the operations that the simulator answers, but for those of a sign-in, as IAM names them:
// logs:FilterLogEvents.
func Actions() (names []string) {
	for _, s := range services() {
		for _, o := range s.operations {
			if !o.signIn {
				names = append(names, s.action(o.name))
			}
		}
	}
	return names
}

// action returns an operation of the service as IAM names it.
func (s *service) action(operation string) string { return s.prefix + ":" + operation }

// operation is one API operation.
type operation struct {
	name string
	path string  // of a REST service
	rate float64 // AWS's default quota in requests a second, where it is published; per account and Region
	// resource names what a denial is about, in IAM's words; "*" where it is empty.
	resource func(*call) string
	answer   func(*call) (any, error)
	signIn   bool // it gives credentials, and tells nothing of the world
}

// refusal is an error answer of AWS.
type refusal struct {
	status  int
	code    string // the name of the error's shape
	old     string // the name of the same error in the Query protocol, where it has another
	message string
	outcome outcome // as the ledger counts it; "invalid" if empty
}

// Error returns code and message.
func (r *refusal) Error() string { return r.code + ": " + r.message }

// because returns the refusal with a message.
func (r refusal) because(format string, args ...any) *refusal {
	r.message = fmt.Sprintf(format, args...)
	return &r
}

// wire is a protocol of AWS (smithy.io, "AWS protocols").
type wire interface {
	// operation returns the operation that a request names, and whether the request is for this service.
	operation(s *service, r *http.Request, body []byte) (string, bool)
	read(body []byte, into any) error
	write(into *bytes.Buffer, answer any) error
	// refuse returns the body of an error answer and sets the headers that go with it.
	refuse(h http.Header, r *refusal, requestID string) []byte
	contentType() string
}

// reply is the answer to one call on its way out.
type reply struct {
	service *service
	id      string
	mishap  mishap
}

// send writes the answer, or the refusal if err is one, and returns how the call ended.
func (p *reply) send(w http.ResponseWriter, answer any, err error) outcome {
	var body bytes.Buffer
	if err == nil {
		err = p.service.wire.write(&body, answer)
	}
	if err != nil {
		return p.refuse(w, err)
	}
	return p.deliver(w, body.Bytes())
}

// deliver writes the body of an answer as the mishap leaves it.
func (p *reply) deliver(w http.ResponseWriter, body []byte) outcome {
	result := outcomeAnswered
	sent := body
	switch {
	case p.mishap.malformed:
		sent, result = append([]byte("\x00"), body[:len(body)/2]...), outcomeMalformed
		body = sent
	case p.mishap.cut:
		sent, result = body[:len(body)/2], outcomeCut
	}
	p.header(w.Header(), len(body))
	w.WriteHeader(http.StatusOK)
	// A handler that writes less than its Content-Length makes the server close the connection: the client sees an
	// unexpected end.
	_, _ = w.Write(sent)
	return result
}

// refuse writes an error answer. An error that is no refusal is a mistake in the simulator, told as a 500.
func (p *reply) refuse(w http.ResponseWriter, err error) outcome {
	var r *refusal
	if !errors.As(err, &r) {
		r = p.service.broken.because("simulator: %v", err)
	}
	body := p.service.wire.refuse(w.Header(), r, p.id)
	p.header(w.Header(), len(body))
	w.WriteHeader(r.status)
	_, _ = w.Write(body)
	if r.outcome == "" {
		return outcomeInvalid
	}
	return r.outcome
}

func (p *reply) header(h http.Header, length int) {
	h.Set("Content-Type", p.service.wire.contentType())
	h.Set("Content-Length", strconv.Itoa(length))
	h.Set("X-Amzn-Requestid", p.id)
}

// jsonWire is AWS JSON 1.1: one path, the operation in a header.
type jsonWire struct{}

func (jsonWire) contentType() string { return "application/x-amz-json-1.1" }

// operation reads X-Amz-Target: Logs_20140328.FilterLogEvents. Some clients put the service's package before it.
func (jsonWire) operation(s *service, r *http.Request, _ []byte) (string, bool) {
	target := r.Header.Get("X-Amz-Target")
	dot := strings.LastIndexByte(target, '.')
	if dot < 0 {
		return "", false
	}
	shape := target[:dot]
	return target[dot+1:], shape == s.target || strings.HasSuffix(shape, "."+s.target)
}

func (jsonWire) read(body []byte, into any) error { return readJSON(body, into) }

func (jsonWire) write(into *bytes.Buffer, answer any) error { return writeJSON(into, answer) }

func (jsonWire) refuse(_ http.Header, r *refusal, _ string) []byte {
	return plainJSON(map[string]string{"__type": r.code, "message": r.message})
}

// restWire is AWS REST JSON: the path names the operation, the error's code stands in a header.
type restWire struct{}

func (restWire) contentType() string { return "application/json" }

func (restWire) operation(s *service, r *http.Request, _ []byte) (string, bool) {
	for _, o := range s.operations {
		if o.path == r.URL.Path {
			return o.name, true
		}
	}
	// A path of its own, signed for this service: an operation that the simulator lacks.
	return strings.Trim(r.URL.Path, "/"), strings.Contains(r.Header.Get("Authorization"), "/"+s.signing+"/aws4_request")
}

func (restWire) read(body []byte, into any) error { return readJSON(body, into) }

func (restWire) write(into *bytes.Buffer, answer any) error { return writeJSON(into, answer) }

func (restWire) refuse(h http.Header, r *refusal, _ string) []byte {
	h.Set("X-Amzn-Errortype", r.code)
	return plainJSON(map[string]string{"Message": r.message})
}

// readJSON decodes parameters. Members that are not known are ignored, as AWS's JSON services do.
func readJSON(body []byte, into any) error {
	if len(bytes.TrimSpace(body)) == 0 {
		return nil
	}
	d := json.NewDecoder(bytes.NewReader(body))
	if err := d.Decode(into); err != nil {
		return err
	}
	if _, err := d.Token(); err != io.EOF {
		return errors.New("data after the end of the request's object")
	}
	return nil
}

func writeJSON(into *bytes.Buffer, answer any) error {
	e := json.NewEncoder(into)
	e.SetEscapeHTML(false) // log messages are full of < and >, which AWS sends as they are
	return e.Encode(answer)
}

// plainJSON encodes what cannot fail to encode.
func plainJSON(v map[string]string) []byte {
	b, _ := json.Marshal(v)
	return b
}

// cborWire is Smithy RPC v2 CBOR, as CloudWatch's newest clients speak it (smithy.io, "Smithy RPC v2 CBOR protocol").
type cborWire struct {
	in  cbor.DecMode
	out cbor.EncMode
}

// newCBORWire panics only if its own constant options contradict each other.
func newCBORWire() cborWire {
	in, err := cbor.DecOptions{MaxArrayElements: 1 << 16, MaxMapPairs: 1 << 12,
		IndefLength: cbor.IndefLengthAllowed}.DecMode()
	if err != nil {
		panic(err)
	}
	// timestamps are tag 1
	out, err := cbor.EncOptions{Time: cbor.TimeUnixDynamic, TimeTag: cbor.EncTagRequired}.EncMode()
	if err != nil {
		panic(err)
	}
	return cborWire{in, out}
}

func (cborWire) contentType() string { return "application/cbor" }

func (cborWire) operation(s *service, r *http.Request, _ []byte) (string, bool) {
	return strings.CutPrefix(r.URL.Path, "/service/"+s.target+"/operation/")
}

func (c cborWire) read(body []byte, into any) error {
	if len(body) == 0 {
		return nil
	}
	return c.in.Unmarshal(body, into)
}

func (c cborWire) write(into *bytes.Buffer, answer any) error {
	return c.out.NewEncoder(into).Encode(answer)
}

// refuse names the error by its shape, and by its old code in the header that clients of the Query protocol read.
func (c cborWire) refuse(h http.Header, r *refusal, _ string) []byte {
	h.Set("Smithy-Protocol", "rpc-v2-cbor")
	fault := "Sender"
	if r.status >= 500 {
		fault = "Receiver"
	}
	if r.old != "" {
		h.Set("X-Amzn-Query-Error", r.old+";"+fault)
	}
	member := "message"
	if r.code == "InternalServiceFault" { // the one shape of CloudWatch that spells it so
		member = "Message"
	}
	b, _ := c.out.Marshal(map[string]string{"__type": "com.amazonaws.cloudwatch#" + r.code, member: r.message})
	return b
}

// queryWire is the Query protocol: a form in, XML out.
type queryWire struct {
	version string // of the API
	space   string // XML namespace
}

func (queryWire) contentType() string { return "text/xml" }

func (q queryWire) operation(_ *service, r *http.Request, body []byte) (string, bool) {
	if !strings.HasPrefix(r.Header.Get("Content-Type"), "application/x-www-form-urlencoded") {
		return "", false
	}
	form, err := url.ParseQuery(string(body))
	if err != nil || form.Get("Version") != q.version {
		return "", false
	}
	return form.Get("Action"), true
}

// read does nothing: no operation that is spoken in this protocol has parameters.
func (queryWire) read([]byte, any) error { return nil }

func (queryWire) write(into *bytes.Buffer, answer any) error {
	return xml.NewEncoder(into).Encode(answer)
}

type queryError struct {
	XMLName   xml.Name `xml:"ErrorResponse"`
	Space     string   `xml:"xmlns,attr"`
	Type      string   `xml:"Error>Type"`
	Code      string   `xml:"Error>Code"`
	Message   string   `xml:"Error>Message"`
	RequestID string   `xml:"RequestId"`
}

func (q queryWire) refuse(_ http.Header, r *refusal, requestID string) []byte {
	answer := queryError{Space: q.space, Type: "Sender", Code: r.code, Message: r.message, RequestID: requestID}
	if r.status >= 500 {
		answer.Type = "Receiver"
	}
	b, _ := xml.Marshal(answer)
	return b
}

// seconds is a time in JSON: epoch seconds with as many decimals as it needs, down to microseconds.
type seconds time.Time

// MarshalJSON writes the number without going through a float, which would cost the last digit.
func (s seconds) MarshalJSON() ([]byte, error) { return s.append(nil), nil }

func (s seconds) append(b []byte) []byte {
	micro := time.Time(s).UnixMicro()
	b = strconv.AppendInt(b, micro/1e6, 10)
	if rest := micro % 1e6; rest > 0 {
		b = append(b, strings.TrimRight(fmt.Sprintf(".%06d", rest), "0")...)
	}
	return b
}

// UnmarshalJSON reads epoch seconds, whole or with decimals, to the millisecond, which is what AWS keeps.
func (s *seconds) UnmarshalJSON(b []byte) error {
	var f float64
	if err := json.Unmarshal(b, &f); err != nil {
		return fmt.Errorf("a timestamp is a number of seconds since 1970, not %s", b)
	}
	if f < 0 || f > float64(endOfTime.Unix()) {
		return fmt.Errorf("timestamp %s is out of range", b)
	}
	*s = seconds(time.UnixMilli(int64(f*1000 + 0.5)).UTC())
	return nil
}

// or returns the time, or the other if there is none.
func (s *seconds) or(other time.Time) time.Time {
	if s == nil {
		return other
	}
	return time.Time(*s)
}
