package cache

import (
	"context"
	"database/sql"
	"time"

	"github.com/nephograph/nephograph/app"
)

// KeepAlarms takes alarms as the complete listing of a scope at that instant: alarms that it does not name are gone
// from then on, until one names them again. Tags that are nil leave those that are kept. It returns how many are new,
// changed or gone. A listing older than the one kept changes nothing.
func (d *DB) KeepAlarms(ctx context.Context, s app.Scope, alarms []app.Alarm, at time.Time) (int, error) {
	return d.write(ctx, "keep alarms", func(w *writeTx) (int, error) {
		scope, err := w.scopeID(s)
		if err != nil {
			return 0, err
		}
		later, err := w.listed(scope, app.Alarms, at)
		if err != nil || later {
			return 0, err
		}
		changed := 0
		names := make([]string, len(alarms))
		for i, a := range alarms {
			names[i] = a.Name
			n, err := w.alarm(scope, a)
			if err != nil {
				return 0, err
			}
			changed += n
		}
		kept, err := encodeJSON(names)
		if err != nil {
			return 0, err
		}
		gone, err := w.exec("alarms_gone", at.UnixMilli(), scope, kept)
		return changed + gone, err
	})
}

func (w *writeTx) alarm(scope int64, a app.Alarm) (int, error) {
	args := []any{scope, a.Name, a.ARN, string(a.Kind), a.Description, string(a.State), a.Reason, a.ReasonData,
		a.Since.UnixMilli(), a.Configured.UnixMilli(), a.ActionsEnabled}
	for _, v := range []any{a.AlarmActions, a.OKActions, a.NoDataActions, a.Metric, a.Queries, a.Suppression} {
		text, err := encodeJSON(v)
		if err != nil {
			return 0, err
		}
		args = append(args, text)
	}
	var tags any
	if a.Tags != nil {
		text, err := encodeJSON(a.Tags)
		if err != nil {
			return 0, err
		}
		tags = text
	}
	evaluation := a.AlarmEvaluation
	evaluation.Contributors = nil // which are not of the listing
	evaluated, err := encodeJSON(evaluation)
	if err != nil {
		return 0, err
	}
	args = append(args, a.Expression, a.Statistic, int64(a.Period), a.Unit, a.Comparison, a.Threshold,
		a.EvaluationPeriods, a.DatapointsToAlarm, a.TreatMissing, a.Rule, tags, evaluated)
	return w.exec("alarms_keep", args...)
}

// KeepTags takes tagged as all that AWS says of the tags of a scope's alarms: one that it does not name has none.
// Alarms that are gone keep what was known. It returns how many have other tags now.
func (d *DB) KeepTags(ctx context.Context, s app.Scope, tagged []app.Tagged) (int, error) {
	tags := make(map[string]map[string]string, len(tagged))
	for _, t := range tagged {
		tags[t.ARN] = t.Tags
	}
	return d.write(ctx, "keep tags", func(w *writeTx) (int, error) {
		scope, err := w.scopeID(s)
		if err != nil {
			return 0, err
		}
		type alarm struct{ name, arn string }
		var alarms []alarm
		err = w.each("alarms_listed", func(rows *sql.Rows) error {
			var a alarm
			err := rows.Scan(&a.name, &a.arn)
			alarms = append(alarms, a)
			return err
		}, sql.Named("scope", scope))
		if err != nil {
			return 0, err
		}
		changed := 0
		for _, a := range alarms {
			told := tags[a.arn]
			if told == nil {
				told = map[string]string{}
			}
			text, err := encodeJSON(told)
			if err != nil {
				return 0, err
			}
			n, err := w.exec("alarms_tag", text, scope, a.name)
			if err != nil {
				return 0, err
			}
			changed += n
		}
		return changed, nil
	})
}

// Alarms returns the alarms of a query as they were last seen, by scope and name: those that AWS lists and, where the
// query says so, those that are gone. Its range does not narrow.
func (d *DB) Alarms(ctx context.Context, q app.AlarmQuery) ([]app.Alarm, error) {
	var alarms []app.Alarm
	err := d.read(ctx, "read alarms", func(r *readTx) error {
		scopes, err := r.scopesOf(q.Scopes)
		if err != nil {
			return err
		}
		beside, err := r.besideAlarms(scopes)
		if err != nil {
			return err
		}
		return r.each("alarms_list", func(rows *sql.Rows) error {
			a, err := scanAlarm(rows, scopes)
			beside.tell(&a)
			alarms = append(alarms, a)
			return err
		}, sql.Named("scopes", scopes.ids), sql.Named("name", q.Name), sql.Named("state", string(q.State)),
			sql.Named("gone", q.Gone))
	})
	return alarms, err
}

func scanAlarm(rows *sql.Rows, scopes scopeSet) (app.Alarm, error) {
	var a app.Alarm
	var scope, since, configured, period int64
	var alarmActions, okActions, noDataActions, metric, queries, suppression string
	var evaluation string
	var tags, contributors sql.NullString
	var gone, seen sql.NullInt64
	if err := rows.Scan(&scope, &a.Name, &a.ARN, &a.Kind, &a.Description, &a.State, &a.Reason, &a.ReasonData,
		&since, &configured, &a.ActionsEnabled, &alarmActions, &okActions, &noDataActions, &metric,
		&a.Expression, &queries, &suppression, &a.Statistic, &period, &a.Unit, &a.Comparison, &a.Threshold,
		&a.EvaluationPeriods, &a.DatapointsToAlarm, &a.TreatMissing, &a.Rule, &tags, &gone, &evaluation, &contributors,
		&seen); err != nil {
		return a, err
	}
	a.Scope, a.Since, a.Configured, a.Period = scopes.byID[scope], milli(since), milli(configured),
		time.Duration(period)
	if gone.Valid {
		a.Gone = milli(gone.Int64)
	}
	if seen.Valid {
		a.Seen = nano(seen.Int64)
	}
	for _, column := range []*sql.NullString{&tags, &contributors} {
		if !column.Valid {
			column.String = "null"
		}
	}
	for _, column := range []struct {
		text string
		into any
	}{{alarmActions, &a.AlarmActions}, {okActions, &a.OKActions}, {noDataActions, &a.NoDataActions},
		{metric, &a.Metric}, {queries, &a.Queries}, {suppression, &a.Suppression}, {tags.String, &a.Tags},
		{evaluation, &a.AlarmEvaluation}, {contributors.String, &a.Contributors}} {
		if err := decodeJSON(column.text, column.into); err != nil {
			return a, err
		}
	}
	return a, nil
}

// KeepAlarmHistory keeps items of history and returns how many are new.
func (d *DB) KeepAlarmHistory(ctx context.Context, items []app.AlarmHistoryItem, covers ...app.Cover) (int, error) {
	return d.write(ctx, "keep alarm history", func(w *writeTx) (int, error) {
		changed := 0
		for _, h := range items {
			scope, err := w.scopeID(h.Scope)
			if err != nil {
				return 0, err
			}
			attributes, err := encodeJSON(h.Attributes)
			if err != nil {
				return 0, err
			}
			n, err := w.exec("alarms_history_keep", scope, h.Alarm, h.At.UnixMilli(), string(h.Kind), h.Summary, h.Data,
				string(h.From), string(h.To), h.Contributor, attributes)
			if err != nil {
				return 0, err
			}
			changed += n
		}
		return changed, w.cover(covers)
	})
}

// AlarmHistory returns what happened to the alarms of a query, as app.CompareHistory orders it. State narrows to
// updates of the alarm itself into that state.
func (d *DB) AlarmHistory(ctx context.Context, q app.AlarmQuery) ([]app.AlarmHistoryItem, error) {
	var items []app.AlarmHistoryItem
	err := d.read(ctx, "read alarm history", func(r *readTx) error {
		scopes, err := r.scopesOf(q.Scopes)
		if err != nil {
			return err
		}
		from, to := bounds(q.Range, time.Millisecond)
		return r.each("alarms_history", func(rows *sql.Rows) error {
			var h app.AlarmHistoryItem
			var scope, at int64
			var attributes string
			if err := rows.Scan(&scope, &h.Alarm, &at, &h.Kind, &h.Summary, &h.Data, &h.From, &h.To, &h.Contributor,
				&attributes); err != nil {
				return err
			}
			h.Scope, h.At = scopes.byID[scope], milli(at)
			err := decodeJSON(attributes, &h.Attributes)
			items = append(items, h)
			return err
		}, sql.Named("from", from), sql.Named("to", to), sql.Named("scopes", scopes.ids),
			sql.Named("name", q.Name), sql.Named("state", string(q.State)))
	})
	return items, err
}
