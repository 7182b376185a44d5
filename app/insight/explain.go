package insight

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/resource"
)

const (
	// leastScore is from which score on something is suspected.
	leastScore = 0.5
	// mostSuspects bounds the list: a person reads on after three.
	mostSuspects = 12
	// cameAfter is how much later than the symptom a cause may show: metrics are stamped with the beginning of their
	// period, and logs come from clocks that differ.
	cameAfter = 2 * time.Minute
)

// Explain ranks what may have caused a symptom. It is evidence and no verdict: where nothing stands out no suspect is
// named. What each kind is worth says how directly it names a cause: a change that concerns what then went wrong, a
// resource at its limit, logs that speak of credentials, a service by its own excess, and last what is only unusual.
func Explain(e Evidence) Explanation {
	x := explainer{Evidence: e, near: newNames(e.Symptom.Near), watched: newNames(e.Symptom.Watched)}
	x.services()
	x.metrics()
	x.patterns()
	x.changes()
	return x.explanation()
}

// explainer collects suspects.
type explainer struct {
	Evidence
	near, watched *names
	found         []Suspect
	looked        map[SuspectKind]int
}

func (x *explainer) look(kind SuspectKind, n int) {
	if x.looked == nil {
		x.looked = map[SuspectKind]int{}
	}
	x.looked[kind] += n
}

// isNear reports whether something belongs to what the symptom was seen on. Where that is not known, everything may.
func (x *explainer) isNear(name resource.Name) bool {
	return len(x.Symptom.Near) == 0 || x.near.concernName(name)
}

// inTime reports whether something began early enough to be a cause.
func (x *explainer) inTime(at time.Time) bool { return !at.After(x.Symptom.At.Add(cameAfter)) }

// services suspects those that are slow or fail by themselves. Where requests fail and no service stands out by its
// failures, one that is slow may: its callers give up. And the other way round, where calls are made again. It then
// counts less.
func (x *explainer) services() {
	r, less := x.rankServices(x.Symptom.Kind), 0.0
	if other, ok := otherKind[r.Kind]; ok && len(r.Named) == 0 && x.Symptom.Fired {
		if second := x.rankServices(other); len(second.Named) > 0 {
			r, less = second, 0.1
		}
	}
	if r.Compared {
		x.look(ServiceSuspect, len(r.All))
	} else if x.Traces > 0 {
		x.Gaps = append(slices.Clip(x.Gaps), Gap{Signal: app.Traces, Kind: TooFew, Range: x.Usual, N: x.Traces})
	}
	for _, e := range r.Named {
		if x.Symptom.Fired || e.Beyond >= breakBeyond { // without an alarm it has to stand out as a metric has to
			x.suspectService(e, less)
		}
	}
}

// otherKind is what may be behind a symptom of a kind.
var otherKind = map[SymptomKind]SymptomKind{Slow: Failing, Failing: Slow}

func (x *explainer) rankServices(kind SymptomKind) ServiceRanking {
	return RankServices(x.Calls, kind, func(s CalledService) bool {
		return len(x.Symptom.Watched) > 0 && x.watched.concern(s.Name)
	})
}

func (x *explainer) suspectService(e ServiceExcess, less float64) {
	s := x.Calls.Services[e.Service]
	var calls []string
	for _, i := range e.NewCalls {
		calls = append(calls, x.Calls.Services[i].Name)
	}
	x.found = append(x.found, Suspect{Kind: ServiceSuspect, Scope: s.Scope, Name: s.Name, Near: true, Service: &e,
		Type: s.Type, Calls: calls, id: resource.Read(s.Name),
		Score: 0.5 + 0.25*min(e.Share, 1) + 0.05*min(e.Beyond/10, 1) - less})
}

// metrics suspects resources that are at their limit, and metrics that broke away.
func (x *explainer) metrics() {
	watched := x.watchedReadings()
	for _, m := range x.Metrics {
		if watched[m.Place().String()+m.Reading.Metric.Key()] {
			continue
		}
		id := resource.Of(m.Metric)
		s := Suspect{Scope: m.Scope, Name: id.Short, Metric: &m, Near: x.isNear(id), id: id}
		if limit, ok := FindAtLimit(m, x.Usual, x.Now); ok && x.inTime(limit.At) {
			x.look(LimitSuspect, 1)
			s.Kind, s.Limit, s.At, s.Score = LimitSuspect, &limit, limit.At, 0.55
			if s.Near {
				s.Score = 0.85 // a service has 0.8 at most
			}
			x.found = append(x.found, s)
			continue
		}
		if len(m.Limit) > 0 {
			x.look(LimitSuspect, 1)
		}
		x.look(MetricSuspect, 1)
		if b, ok := FindBreakAway(m, x.Usual, x.Now); ok && x.inTime(b.At) {
			s.Kind, s.Break, s.At, s.Score = MetricSuspect, &b, b.At, 0.3+0.1*min(b.Beyond/20, 1)
			if s.Near {
				s.Score += 0.15
			}
			x.found = append(x.found, s)
		}
	}
	x.firstToBreak()
}

// watchedReadings are the metrics that the alarm watches: those are the symptom.
func (x *explainer) watchedReadings() map[string]bool {
	all := map[string]bool{}
	if a := x.Symptom.Alarm; a != nil {
		for _, r := range a.Readings() {
			all[a.Place().String()+r.Metric.Key()] = true
		}
	}
	return all
}

// firstToBreak gives the metric that broke away first more than those that followed: what follows is effect.
func (x *explainer) firstToBreak() {
	var first time.Time
	for _, s := range x.found {
		if s.Kind == MetricSuspect && s.Near && (first.IsZero() || s.At.Before(first)) {
			first = s.At
		}
	}
	for i, s := range x.found {
		if s.Kind == MetricSuspect && s.Near && !s.At.After(first.Add(time.Minute)) {
			x.found[i].Score += 0.1
		}
	}
}

// leastNew is how many events of a new pattern tell more than chance: of an hour that is compared with four before, the
// fifth event is one in 3,000.
const leastNew = 5

// refusedWords are what software says when a certificate or credentials are no longer good, by TLS libraries, AWS's
// error codes (IAM user guide, "Common errors"), HTTP and databases.
var refusedWords = []string{"certificate has expired", "certificate expired", "certificate is not yet valid",
	"certificate verify failed", "x509:", "sslhandshake", "expiredtoken", "expired token", "token expired",
	"token has expired", "expired credential", "credentials expired", "invalidclienttokenid", "unrecognizedclient",
	"signaturedoesnotmatch", "invalid_grant", "password authentication failed", "access key has expired",
	"401 unauthorized", "invalid api key", "expired api key", "api key expired", "api key has expired"}

// patterns suspects what the logs say for the first time, or far more often.
func (x *explainer) patterns() {
	x.look(PatternSuspect, len(x.Patterns))
	for _, p := range x.Patterns {
		id := resource.OfGroup(p.Group)
		s := Suspect{Kind: PatternSuspect, Scope: p.Scope, Name: p.Group, At: p.First, Pattern: &p, Near: x.isNear(id),
			Refused: containsAny(strings.ToLower(p.Text), refusedWords), id: id}
		switch {
		case !x.inTime(p.First) || p.Count < leastNew || p.Level < app.LevelWarn:
			continue
		case p.New:
			s.Score = 0.45
		case p.Surging:
			s.Score = 0.4
		default:
			continue
		}
		if s.Near {
			s.Score += 0.1
		}
		if p.Level >= app.LevelError {
			s.Score += 0.05
		}
		if s.Refused {
			s.Score += 0.3
		}
		x.found = append(x.found, s)
	}
}

// changes suspects what was changed before, and most of all what concerns something that then went wrong.
func (x *explainer) changes() {
	often := map[string]int{}
	for _, c := range x.Changes {
		often[c.Source+c.Name]++
	}
	for _, c := range x.Changes {
		if !x.inTime(c.At) || x.Symptom.At.Sub(c.At) > lookBack || !c.Change() || isRoutine(c) {
			continue
		}
		x.look(ChangeSuspect, 1)
		s := Suspect{Kind: ChangeSuspect, At: c.At, Change: &c, Scope: c.Scope, Name: resource.Title(c)}
		s.Near = slices.ContainsFunc(resource.Concerned(c), func(n resource.Name) bool {
			return len(x.Symptom.Near) > 0 && x.near.concernName(n)
		})
		if s.Near {
			s.Score = 0.35
		}
		if often[c.Source+c.Name] <= rareChanges {
			s.Score += 0.1
		}
		if Deliberate(c.Principal) {
			s.Score += 0.05
		}
		s.Score += x.followed(c)
		x.found = append(x.found, s)
	}
}

// soonAfter is how soon most changes show.
const soonAfter = 15 * time.Minute

// followed is what it is worth that something of what a change concerns went wrong after it.
func (x *explainer) followed(c app.TrailEvent) float64 {
	worth := 0.0
	for _, s := range x.found {
		if s.Kind == ChangeSuspect || !concernedBy(c, s) {
			continue
		}
		at := s.At
		if at.IsZero() {
			at = x.Symptom.At
		}
		switch after := at.Sub(c.At); {
		case after < -cameAfter:
		case after <= soonAfter:
			worth = max(worth, 0.5)
		default:
			worth = max(worth, 0.25)
		}
	}
	return worth
}

// concernedBy reports whether a change concerns what another suspect is about.
func concernedBy(c app.TrailEvent, s Suspect) bool {
	if s.id.Short == "" {
		return false
	}
	return resource.Concerns(c, []resource.Name{s.id})
}

// isRoutine reports whether a call changes nothing of how things run.
func isRoutine(c app.TrailEvent) bool {
	return slices.ContainsFunc(routine, func(r string) bool { return strings.HasPrefix(c.Name, r) })
}

// explanation puts the suspects in order.
func (x *explainer) explanation() Explanation {
	e := Explanation{Symptom: x.Symptom, Usual: x.Usual, Now: x.Now, Gaps: x.Gaps}
	if x.symptomatic() {
		e.Suspects = slices.DeleteFunc(x.found, func(s Suspect) bool { return s.Score < leastScore })
	}
	slices.SortStableFunc(e.Suspects, compareSuspects)
	e.Suspects = oneOfEach(e.Suspects)
	e.Suspects = e.Suspects[:min(len(e.Suspects), mostSuspects)]
	for i := range e.Suspects {
		e.Suspects[i].Score = min(e.Suspects[i].Score, 1)
	}
	x.link(&e)
	for _, kind := range SuspectKinds {
		c := Check{Kind: kind, Looked: x.looked[kind]}
		for _, s := range e.Suspects {
			if s.Kind == kind {
				c.Found++
			}
		}
		e.Checked = append(e.Checked, c)
	}
	return e
}

// symptomatic reports whether there is anything to explain: an alarm went off, or something that is no change stands
// out. Somebody changes something at all times.
func (x *explainer) symptomatic() bool {
	return x.Symptom.Fired || slices.ContainsFunc(x.found, func(s Suspect) bool {
		return s.Kind != ChangeSuspect && s.Score >= leastScore
	})
}

// compareSuspects orders by score, then by what began first; the rest makes it one order whatever came first.
func compareSuspects(a, b Suspect) int {
	return cmp.Or(cmp.Compare(b.Score, a.Score), a.At.Compare(b.At), cmp.Compare(a.Kind, b.Kind),
		app.CompareScopes(a.Scope, b.Scope), cmp.Compare(a.Name, b.Name), cmp.Compare(a.detail(), b.detail()))
}

// detail tells suspects of one kind and name apart.
func (s Suspect) detail() string {
	switch {
	case s.Metric != nil:
		return s.Metric.Reading.Key()
	case s.Pattern != nil:
		return s.Pattern.Text
	case s.Change != nil:
		return s.Change.ID
	}
	return s.Type
}

// oneOfEach leaves one suspect of a kind on a resource: a table at its limit says so in three metrics.
func oneOfEach(sorted []Suspect) (left []Suspect) {
	for _, s := range sorted {
		again := slices.ContainsFunc(left, func(o Suspect) bool {
			return s.Kind != ChangeSuspect && s.Kind != PatternSuspect && o.Kind == s.Kind && o.Name == s.Name &&
				o.Scope.Place() == s.Scope.Place()
		})
		if !again {
			left = append(left, s)
		}
	}
	return left
}

// link finds which suspects explain which, and the path from the first to the symptom.
func (x *explainer) link(e *Explanation) {
	for i := range e.Suspects {
		for j := range e.Suspects {
			if i != j && x.explains(e.Suspects[i], e.Suspects[j]) {
				e.Suspects[i].Leads = append(e.Suspects[i].Leads, j)
			}
		}
	}
	if len(e.Suspects) == 0 {
		return
	}
	at := 0
	for {
		e.Path = append(e.Path, at)
		next := slices.IndexFunc(e.Suspects[at].Leads, func(j int) bool {
			return !slices.Contains(e.Path, j) && x.leadsOn(e.Suspects[j])
		})
		if next < 0 {
			return
		}
		at = e.Suspects[at].Leads[next]
	}
}

// leadsOn reports whether a suspect is on the way to the symptom. A metric is only where the symptom was seen on its
// resource: others are effects beside it.
func (x *explainer) leadsOn(s Suspect) bool {
	return s.Near && (s.Kind != MetricSuspect || x.watched.concernName(s.id))
}

// explains reports whether one suspect explains another: a change what went wrong of what it concerns, a limit the
// service that meets it, and everything only what comes after it in SuspectKinds.
func (x *explainer) explains(cause, effect Suspect) bool {
	if slices.Index(SuspectKinds, cause.Kind) >= slices.Index(SuspectKinds, effect.Kind) {
		return false
	}
	if !cause.At.IsZero() && !effect.At.IsZero() && cause.At.After(effect.At.Add(cameAfter)) {
		return false
	}
	if cause.Kind == ChangeSuspect {
		return concernedBy(*cause.Change, effect)
	}
	if cause.Kind == PatternSuspect && x.calls(cause.id, effect.id) { // a caller's logs say why its calls fail
		return true
	}
	return cause.id.Concerns(effect.id) || x.calls(effect.id, cause.id)
}

// calls reports whether a service calls a resource.
func (x *explainer) calls(caller, callee resource.Name) bool {
	return slices.ContainsFunc(x.Calls.Calls, func(c Call) bool {
		return caller.Concerns(resource.Read(x.Calls.Services[c.From].Name)) &&
			callee.Concerns(resource.Read(x.Calls.Services[c.To].Name))
	})
}
