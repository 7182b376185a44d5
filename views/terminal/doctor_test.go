package terminal

import (
	"context"
	"encoding/json"
	"errors"
	"iter"
	"strings"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/pull"
)

// answering is a source of one page.
func answering[Q, T any](items ...T) app.Source[Q, T] {
	return func(context.Context, Q) iter.Seq2[app.Page[T], error] {
		return func(yield func(app.Page[T], error) bool) {
			if yield(app.Page[T]{Items: items}, nil) {
				panic("asked for a second page")
			}
		}
	}
}

// failing is a source that only fails.
func failing[Q, T any](err error) app.Source[Q, T] {
	return func(context.Context, Q) iter.Seq2[app.Page[T], error] {
		return func(yield func(app.Page[T], error) bool) { yield(app.Page[T]{}, err) }
	}
}

// patient is a place as a test has it.
type patient struct {
	Profile, Region string
	Sources         pull.Sources
	Err             error
}

func (p patient) place() *pull.Place {
	return pull.NewPlace(app.Scope{Profile: p.Profile, Region: p.Region},
		func(context.Context) (pull.Sources, error) { return p.Sources, p.Err })
}

// healthy returns a place where everything answers.
func healthy() patient {
	return patient{
		Profile: "shop-prod", Region: "eu-west-1",
		Sources: pull.Sources{
			Who:            app.Identity{Account: "111122223333", ARN: "arn:aws:iam::111122223333:user/ops"},
			Scope:          prod,
			Metrics:        answering[app.MetricsQuestion, app.Metric](),
			Series:         answering[app.SeriesQuestion, app.Series](),
			Alarms:         answering[app.AlarmsQuestion, app.Alarm](),
			Tags:           answering[app.TagsQuestion, app.Tagged](),
			AlarmHistory:   answering[app.AlarmHistoryQuestion, app.AlarmHistoryItem](),
			Contributors:   answering[app.AlarmContributorsQuestion, app.AlarmContributor](),
			MuteRules:      answering[app.MuteRulesQuestion, app.MuteRule](),
			MuteRule:       answering[app.MuteRuleQuestion, app.MuteRule](),
			Detectors:      answering[app.AnomalyDetectorsQuestion, app.AnomalyDetector](),
			LogGroups:      answering[app.LogGroupsQuestion](app.LogGroup{Name: "g"}),
			LogEvents:      answering[app.LogEventsQuestion, app.LogEvent](),
			TraceSummaries: answering[app.TraceSummariesQuestion, app.Trace](),
			Traces:         answering[app.TracesQuestion, app.Trace](),
			ServiceGraph:   answering[app.ServiceGraphQuestion, app.ServiceGraph](),
			Trail:          answering[app.TrailQuestion, app.TrailEvent](),

			Insights:         answering[app.InsightsQuestion, app.LogRow](),
			Queries:          answering[app.QueriesQuestion, app.InsightsQuery](),
			QueryDefinitions: answering[app.QueryDefinitionsQuestion, app.QueryDefinition](),
			StopQuery:        func(context.Context, string) error { return nil },
		},
	}
}

// clinic returns deps whose places are given. Its engine can reach them, and do nothing else.
func clinic(t testing.TB, s *shelf, patients ...patient) Deps {
	d := depsOf(t, s)
	d.OpenCache = func(context.Context, string) (*Store, error) {
		store := s.store(t)
		store.Settings.Cap = -1
		store.Pull = pull.New(pull.Config{Cache: s.cache.DB, Now: time.Now})
		store.Connect = func(context.Context, Places) (places []*pull.Place, _ error) {
			for _, p := range patients {
				places = append(places, p.place())
			}
			return places, nil
		}
		return store, nil
	}
	return d
}

func TestDoctorFindsNothing(t *testing.T) {
	r := runWith(t, t.Context(), clinic(t, filled(), healthy()), "doctor")
	if r.code != ExitOK {
		t.Errorf("exit code %d", r.code)
	}
	golden(t, "doctor", r)
}

func TestDoctorFindsWhatIsWrong(t *testing.T) {
	denied := healthy()
	denied.Sources.LogEvents = failing[app.LogEventsQuestion,
		app.LogEvent](&app.Error{Kind: app.Denied, Op: "logs:FilterLogEvents", Err: errors.New("no")})
	denied.Sources.Traces = failing[app.TracesQuestion,
		app.Trace](&app.Error{Kind: app.NotFound, Op: "xray:BatchGetTraces", Err: errors.New("no such trace")})
	signedOut := patient{Profile: "shop-data", Region: "us-east-1",
		Err: &app.Error{Kind: app.SignedOut, Op: "sts:GetCallerIdentity", Err: errors.New("expired")}}
	s := filled()
	s.damage = &app.Error{Kind: app.Damaged, Op: "cache", Err: errors.New("page 7 is torn")}
	d := clinic(t, s, denied, signedOut)
	r := runWith(t, t.Context(), d, "doctor")
	if r.code != ExitFailed {
		t.Errorf("exit code %d", r.code)
	}
	golden(t, "doctor-wrong", r)

	wrong := map[string]bool{}
	for _, line := range strings.Split(strings.TrimSpace(runWith(t, t.Context(), d, "doctor", "--json").out), "\n") {
		var f Finding
		if err := json.Unmarshal([]byte(line), &f); err != nil {
			t.Fatal(err)
		}
		if !f.OK {
			wrong[f.Check] = true
		}
	}
	if len(wrong) != 3 || !wrong["cache"] || !wrong["logs:FilterLogEvents"] || !wrong["identity"] {
		t.Errorf("found wrong: %v", wrong)
	}
}

func TestDoctorWithoutCache(t *testing.T) {
	d := depsOf(t, nil)
	d.OpenCache = func(context.Context, string) (*Store, error) {
		return nil, &app.Error{Kind: app.Damaged, Op: "open", Err: errors.New("the file was written by v9")}
	}
	if r := runWith(t, t.Context(), d, "doctor"); r.code != ExitFailed || !strings.Contains(r.out, "written by v9") {
		t.Errorf("exit %d, %q", r.code, r.out)
	}
}

func TestDoctorInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if r := runWith(t, ctx, clinic(t, filled(), healthy()), "doctor"); r.code != ExitInterrupted {
		t.Errorf("exit %d, %q", r.code, r.err)
	}
}

func TestDoctorSendsNobodyToTheDoctor(t *testing.T) {
	nowhere := patient{Err: &app.Error{Kind: app.NotFound, Op: "connect", Err: errors.New("no Region is set")}}
	odd := healthy()
	odd.Sources.Alarms = failing[app.AlarmsQuestion, app.Alarm](errors.New("what is this"))
	r := runWith(t, t.Context(), clinic(t, filled(), nowhere, odd), "doctor")
	if r.code != ExitFailed || strings.Contains(r.out, "nephograph doctor") ||
		!strings.Contains(r.out, "what is this.") {
		t.Errorf("exit %d, %q", r.code, r.out)
	}
}
