package simulator

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/nephograph/nephograph/app"
)

// controlPath is where the simulator's own questions live, which no AWS service has.
const controlPath = "/simulator/"

// control answers the simulator's own questions:
//
//	GET  /simulator/faults            how it misbehaves
//	POST /simulator/faults            misbehave like this from now on (Faults as JSON); with ?place=account/Region in
//	                                  that place alone
//	GET  /simulator/truth?from=&to=   what there is in the range, RFC 3339; the whole world without
//	GET  /simulator/requests          how many calls ended how, by operation
//	GET  /simulator/device?user_code= allow the sign-in with that code, as a person does in the browser
//	POST /simulator/expire            end every session and sign-in that was given out so far
func (s *Server) control(w http.ResponseWriter, r *http.Request) {
	switch r.Method + " " + r.URL.Path[len(controlPath):] {
	case "GET faults":
		tell(w, s.drill.current())
	case "POST faults":
		var f Faults
		if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxBody)).Decode(&f); err != nil {
			http.Error(w, "these are no faults: "+err.Error(), http.StatusBadRequest)
			return
		}
		switch account, region, one := strings.Cut(r.URL.Query().Get("place"), "/"); {
		case one:
			s.SetFaultsAt(app.Scope{Account: account, Region: region}, f)
		default:
			s.SetFaults(f)
		}
		tell(w, f)
	case "GET truth":
		within, err := s.rangeOf(r)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		tell(w, s.world.Truth(s.presets, within))
	case "GET requests":
		tell(w, s.ledger.copy())
	case "GET device":
		s.allowDevice(w, r)
	case "POST expire":
		s.ExpireSessions()
		w.WriteHeader(http.StatusNoContent)
	default:
		http.Error(w, "the simulator answers GET and POST faults, GET truth, GET requests, GET device and POST expire "+
			"here", http.StatusNotFound)
	}
}

// rangeOf reads from and to; what is not given is the world's own end.
func (s *Server) rangeOf(r *http.Request) (app.Range, error) {
	within := s.world.Range
	for name, end := range map[string]*time.Time{"from": &within.From, "to": &within.To} {
		text := r.URL.Query().Get(name)
		if text == "" {
			continue
		}
		t, err := time.Parse(time.RFC3339Nano, text)
		if err != nil {
			return app.Range{}, fmt.Errorf("%s is a time such as 2024-05-01T12:00:00Z, not %q", name, text)
		}
		*end = t.UTC()
	}
	return within, nil
}

// tell answers with a value as JSON.
func tell(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	_ = e.Encode(v)
}

// outcome is how a call ended, as /simulator/requests counts it.
type outcome string

const (
	outcomeAnswered  outcome = "answered"
	outcomeThrottled outcome = "throttled"
	outcomeDenied    outcome = "denied"
	outcomeExpired   outcome = "expired"
	outcomeFailed    outcome = "failed"    // 5xx
	outcomeInvalid   outcome = "invalid"   // the caller's mistake
	outcomeCut       outcome = "cut"       // answered, but not to the end
	outcomeMalformed outcome = "malformed" // answered with nonsense
	outcomeCancelled outcome = "cancelled" // the caller went away
)

// ledger counts calls by operation and outcome.
type ledger struct {
	mu     sync.Mutex
	counts map[string]map[outcome]int
}

func newLedger() *ledger { return &ledger{counts: map[string]map[outcome]int{}} }

func (l *ledger) add(action string, o outcome) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.counts[action] == nil {
		l.counts[action] = map[outcome]int{}
	}
	l.counts[action][o]++
}

func (l *ledger) copy() map[string]map[outcome]int {
	l.mu.Lock()
	defer l.mu.Unlock()
	counts := make(map[string]map[outcome]int, len(l.counts))
	for action, by := range l.counts {
		counts[action] = maps.Clone(by)
	}
	return counts
}
