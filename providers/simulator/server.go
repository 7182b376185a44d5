// Package simulator is an AWS endpoint on loopback over a made-up world. It speaks the wire protocols of STS,
// CloudWatch, CloudWatch Logs, X-Ray, CloudTrail and the tagging API as the services do, checks parameters and page
// sizes as they do, and can be told to misbehave (Faults). The demo, the tests and the fault drills reach it through
// the real SDK; any other AWS client can, too.
//
// It is a peer, not a mock: Debian's awscli reads the same counts from it. world.Truth counts and hashes the made-up
// values directly, without wire format, SDK or cache, and the sorted JSON lines of the commands must give the same
// digests, also under throttling, empty pages, repeated tokens, and after being killed ten times.
//
// It does not check signatures: the Authorization header only says which account (by the access key's id) and which
// Region (by the credential scope) is meant. It never leaves the loopback interface and needs no credentials.
package simulator

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/providers/simulator/world"
)

// Options says how a Server behaves. The zero value behaves well.
type Options struct {
	Presets app.Presets // which readings the truth about metrics is told for
	Faults  Faults
	// Clock tells the simulated time, by which AWS's retention and late delivery are measured. Without one, time starts
	// at the world's end when the server is made, and runs from there: so a world of last year is as fresh as today's.
	Clock func() time.Time
}

// Server answers AWS API calls about a world. It is safe for concurrent use; the world must not change any more.
type Server struct {
	world    *world.World
	presets  app.Presets
	clock    func() time.Time
	places   map[app.Scope]*place // by Scope.Place
	services []*service
	tokens   tokenKey
	drill    *drill
	ledger   *ledger
	insights insights
	requests atomic.Uint64 // for request ids
}

// New returns a server over w. Making it indexes the world, which takes about 20 ms a 100,000 items.
func New(w *world.World, o Options) *Server {
	s := &Server{
		world: w, presets: o.Presets, clock: o.Clock,
		places:   map[app.Scope]*place{},
		services: services(),
		tokens:   newTokenKey(w.Seed),
		drill:    newDrill(o.Faults),
		ledger:   newLedger(),
	}
	if s.clock == nil {
		made := time.Now()
		s.clock = func() time.Time { return w.Range.To.Add(time.Since(made)) }
	}
	for _, p := range w.Places {
		s.places[p.Scope.Place()] = newPlace(p)
	}
	return s
}

// SetFaults changes how the server misbehaves, and forgets which requests it has seen.
func (s *Server) SetFaults(f Faults) { s.drill.set(f) }

// SetFaultsAt changes how the server misbehaves in one place, whatever it does elsewhere, until SetFaults.
func (s *Server) SetFaultsAt(place app.Scope, f Faults) { s.drill.setAt(place, f) }

// errNotLoopback is why Start refuses an address.
var errNotLoopback = errors.New("the simulator listens on loopback addresses only, such as 127.0.0.1:4580")

// Start listens on addr, a loopback address with a port (0 for any free one), and serves until ctx ends. It returns the
// URL under which clients reach it, and a function that waits until the server has stopped and says why if it was not
// for ctx.
func (s *Server) Start(ctx context.Context, addr string) (url string, wait func() error, err error) {
	if addr, err = loopback(addr); err != nil {
		return "", nil, err
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", addr)
	if err != nil {
		return "", nil, fmt.Errorf("cannot listen on %s: %w", addr, err)
	}
	web := &http.Server{Handler: s, ReadHeaderTimeout: 10 * time.Second,
		BaseContext: func(net.Listener) context.Context { return ctx }}
	done := make(chan error, 1)
	stop := context.AfterFunc(ctx, func() { _ = web.Close() })
	go func() {
		err := web.Serve(listener)
		stop()
		if ctx.Err() != nil && errors.Is(err, http.ErrServerClosed) {
			err = nil
		}
		done <- err
	}()
	return "http://" + listener.Addr().String(), func() error { err := <-done; done <- err; return err }, nil
}

// loopback returns addr with localhost spelled as an address, or an error if others could reach it.
func loopback(addr string) (string, error) {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return "", fmt.Errorf("%w: %w", errNotLoopback, err)
	}
	if host == "localhost" {
		host = "127.0.0.1"
	}
	if ip, err := netip.ParseAddr(host); err != nil || !ip.IsLoopback() {
		return "", fmt.Errorf("%q refused: %w", addr, errNotLoopback)
	}
	return net.JoinHostPort(host, port), nil
}

// maxBody bounds a request. The largest honest one is 500 metric queries, which is about 300 kB.
const maxBody = 4 << 20

// ServeHTTP answers one API call, or one of the simulator's own questions under /simulator/.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if strings.HasPrefix(r.URL.Path, controlPath) {
		s.control(w, r)
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		http.Error(w, "the request is larger than any AWS operation takes, or was cut off",
			http.StatusRequestEntityTooLarge)
		return
	}
	service, name := s.route(r, body)
	if service == nil {
		http.Error(w, "the simulator knows no AWS service that is asked like this", http.StatusNotFound)
		return
	}
	s.serve(w, r, service, name, body)
}

// route finds the service and the name of the operation that a request is for.
func (s *Server) route(r *http.Request, body []byte) (*service, string) {
	for _, service := range s.services {
		if name, ok := service.wire.operation(service, r, body); ok {
			return service, name
		}
	}
	return nil, ""
}

// serve lets the call go wrong as the drill says, or answers it.
func (s *Server) serve(w http.ResponseWriter, r *http.Request, service *service, name string, body []byte) {
	reply := &reply{service: service, id: s.requestID()}
	c, err := s.call(r, service, name, body)
	var result any
	if err == nil {
		reply.mishap = s.drill.next(c)
		err = reply.mishap.before(r.Context(), c)
	}
	if err == nil {
		c.mishap = reply.mishap
		result, err = c.operation.answer(c)
	}
	action := service.action("unknown") // names that callers make up are not kept
	if c != nil {
		action = c.action()
	}
	if r.Context().Err() != nil {
		s.ledger.add(action, outcomeCancelled)
		return
	}
	s.ledger.add(action, reply.send(w, result, err))
}

// requestID returns an id in the form that AWS gives its requests.
func (s *Server) requestID() string {
	n := mix(s.world.Seed, s.requests.Add(1))
	return fmt.Sprintf("%08x-%04x-4%03x-a%03x-%012x", uint32(n>>32), uint16(n>>16), n&0xfff, n>>52, n&0xffffffffffff)
}

// call is one authenticated request on its way to an answer.
type call struct {
	server    *Server
	service   *service
	operation *operation
	scope     app.Scope // account and Region, without profile
	place     *place    // empty, not nil, in a Region where the account has nothing
	now       time.Time
	mishap    mishap
	body      []byte
}

// call reads who asks for what and where.
func (s *Server) call(r *http.Request, service *service, name string, body []byte) (*call, error) {
	scope, err := s.caller(r, service)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(service.operations, func(o operation) bool { return o.name == name })
	if i < 0 {
		return nil, service.unknown.because("The simulator does not know the operation %s of %s.", name, service.prefix)
	}
	c := &call{server: s, service: service, operation: &service.operations[i], scope: scope, now: s.clock(), body: body}
	if c.place = s.places[scope]; c.place == nil {
		c.place = newPlace(&world.Place{Scope: scope})
	}
	return c, nil
}

// read decodes the call's parameters.
func (c *call) read(into any) error {
	if err := c.service.wire.read(c.body, into); err != nil {
		return c.service.unreadable.because("%v", err)
	}
	return nil
}

// action is the operation as IAM names it: logs:FilterLogEvents.
func (c *call) action() string { return c.service.action(c.operation.name) }

// principal is who makes the call, as the simulated STS says.
func (c *call) principal() string { return principal(c.scope.Account) }

func principal(account string) string { return "arn:aws:iam::" + account + ":user/oncall" }

// caller reads account and Region from the Authorization header of Signature Version 4:
// AWS4-HMAC-SHA256 Credential=AKIA.../20240102/eu-west-1/logs/aws4_request, SignedHeaders=..., Signature=...
func (s *Server) caller(r *http.Request, service *service) (app.Scope, error) {
	header := r.Header.Get("Authorization")
	if header == "" {
		return app.Scope{}, service.unsigned.because("Missing Authentication Token")
	}
	_, credential, _ := strings.Cut(header, "Credential=")
	credential, _, _ = strings.Cut(credential, ",")
	parts := strings.Split(strings.TrimSpace(credential), "/")
	if !strings.HasPrefix(header, "AWS4-HMAC-SHA256 ") || len(parts) != 5 {
		return app.Scope{}, service.badlySigned.because(
			"Authorization header requires 'Credential' parameter of Signature Version 4. Authorization=%s", header)
	}
	if parts[3] != service.signing {
		return app.Scope{}, service.badlySigned.because("Credential should be scoped to correct service: '%s'.",
			service.signing)
	}
	return app.Scope{Account: s.account(parts[0]), Region: parts[2]}, nil
}

// account returns the account whose twelve digits end the access key's id; any other key is the first account's.
func (s *Server) account(key string) string {
	for _, p := range s.world.Places {
		if strings.HasSuffix(key, p.Scope.Account) {
			return p.Scope.Account
		}
	}
	if len(s.world.Places) == 0 {
		return "000000000000"
	}
	return s.world.Places[0].Scope.Account
}

// AWSConfig returns the text of ~/.aws/config and ~/.aws/credentials with a profile for each account of the world,
// named as its first place says, which reaches this server at url.
func (s *Server) AWSConfig(url string) (config, credentials string) {
	var c, k strings.Builder
	var seen []string
	for _, p := range s.world.Places {
		if slices.Contains(seen, p.Scope.Account) {
			continue
		}
		seen = append(seen, p.Scope.Account)
		name := cmp.Or(p.Scope.Profile, "simulator-"+strconv.Itoa(len(seen)))
		fmt.Fprintf(&c, "[profile %s]\nregion = %s\nendpoint_url = %s\n\n", name, p.Scope.Region, url)
		fmt.Fprintf(&k, "[%s]\naws_access_key_id = AKIA%s\naws_secret_access_key = simulated\n\n", name,
			p.Scope.Account)
	}
	return c.String(), k.String()
}
