package cache

import (
	"context"
	"database/sql"
	"encoding/json"
	"time"

	"github.com/nephograph/nephograph/app"
)

// What AWS tells beside alarms, as the column what of alarm_listing has it.
const (
	besideMutes     = "mute rules"
	besideDetectors = "anomaly detectors"
)

// KeepContributors takes all contributors of an alarm that are in ALARM; none is a list that is not nil. It returns 1
// if they are others than before. They are forgotten when the alarm is listed in another state.
func (d *DB) KeepContributors(ctx context.Context, s app.Scope, alarm string, all []app.AlarmContributor) (int, error) {
	return d.write(ctx, "keep contributors", func(w *writeTx) (int, error) {
		scope, err := w.scopeID(s)
		if err != nil {
			return 0, err
		}
		if all == nil {
			all = []app.AlarmContributor{}
		}
		text, err := encodeJSON(all)
		if err != nil {
			return 0, err
		}
		return w.exec("alarms_contributors", text, scope, alarm)
	})
}

// KeepMuteRules takes rules as the complete listing of a scope at that instant.
func (d *DB) KeepMuteRules(ctx context.Context, s app.Scope, rules []app.MuteRule, at time.Time) (int, error) {
	return keepBeside(ctx, d, s, besideMutes, rules, at)
}

// KeepAnomalyDetectors takes detectors as the complete listing of a scope at that instant.
func (d *DB) KeepAnomalyDetectors(
	ctx context.Context, s app.Scope, detectors []app.AnomalyDetector, at time.Time,
) (int, error) {
	return keepBeside(ctx, d, s, besideDetectors, detectors, at)
}

func keepBeside[T any](ctx context.Context, d *DB, s app.Scope, what string, items []T, at time.Time) (int, error) {
	return d.write(ctx, "keep "+what, func(w *writeTx) (int, error) {
		scope, err := w.scopeID(s)
		if err != nil {
			return 0, err
		}
		text, err := encodeJSON(items)
		if err != nil {
			return 0, err
		}
		return w.exec("alarms_beside_keep", scope, what, nanos(at), text)
	})
}

// MuteRules returns the mute rules of a scope as they were last listed.
func (d *DB) MuteRules(ctx context.Context, s app.Scope) ([]app.MuteRule, error) {
	var rules []app.MuteRule
	err := d.read(ctx, "read mute rules", func(r *readTx) error {
		scopes, err := r.scopesOf([]app.Scope{s})
		if err != nil {
			return err
		}
		beside, err := r.besideAlarms(scopes)
		for _, all := range beside.rules {
			rules = append(rules, all...)
		}
		return err
	})
	return rules, err
}

// besideAlarms is what AWS tells beside the alarms of some scopes.
type besideAlarms struct {
	rules     map[app.Scope][]app.MuteRule // by place
	mutes     map[ofAlarm][]app.Mute
	detectors map[app.Scope][]app.AnomalyDetector // by place
}

// ofAlarm identifies an alarm.
type ofAlarm struct {
	place app.Scope
	name  string
}

func (r *readTx) besideAlarms(scopes scopeSet) (besideAlarms, error) {
	b := besideAlarms{map[app.Scope][]app.MuteRule{}, map[ofAlarm][]app.Mute{}, map[app.Scope][]app.AnomalyDetector{}}
	err := r.each("alarms_beside", func(rows *sql.Rows) error {
		var scope, at int64
		var what, items string
		if err := rows.Scan(&scope, &what, &at, &items); err != nil {
			return err
		}
		if what == besideMutes {
			return b.readMutes(scopes.byID[scope], items, nano(at))
		}
		return b.readDetectors(scopes.byID[scope], items, nano(at))
	}, sql.Named("scopes", scopes.ids))
	return b, err
}

func (b *besideAlarms) readMutes(s app.Scope, items string, at time.Time) error {
	var rules []app.MuteRule
	if err := json.Unmarshal([]byte(items), &rules); err != nil {
		return err
	}
	for i := range rules {
		rules[i].Scope, rules[i].Seen = s, at
		for _, name := range rules[i].Alarms {
			of := ofAlarm{s.Place(), name}
			b.mutes[of] = append(b.mutes[of], rules[i].Mute)
		}
	}
	b.rules[s.Place()] = rules
	return nil
}

func (b *besideAlarms) readDetectors(s app.Scope, items string, at time.Time) error {
	var detectors []app.AnomalyDetector
	if err := json.Unmarshal([]byte(items), &detectors); err != nil {
		return err
	}
	for i := range detectors {
		detectors[i].Seen = at
	}
	b.detectors[s.Place()] = detectors
	return nil
}

// tell fills in what AWS tells beside an alarm.
func (b besideAlarms) tell(a *app.Alarm) {
	a.Mutes = b.mutes[ofAlarm{a.Place(), a.Name}]
	for _, d := range b.detectors[a.Place()] {
		if d.Of(*a) {
			a.Detector = &d
			return
		}
	}
}
