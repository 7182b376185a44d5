package pull

import (
	"context"
	"time"

	"github.com/nephograph/nephograph/app"
)

// Cache is what a pull keeps its pages in and reads its coverage from. Each Keep is one transaction, of items and
// covers together, and returns how many items are new or changed: keeping a page twice changes nothing. All methods are
// called from several goroutines.
type Cache interface {
	alarmCache
	metricCache
	logCache
	traceCache
	trailCache
	coverCache
	ledger
	scopeCache
}

// alarmCache keeps alarms, their tags and their history.
type alarmCache interface {
	// KeepAlarms takes the complete listing of a scope, as it was at the instant. Alarms whose Tags are nil keep those
	// that are known.
	KeepAlarms(ctx context.Context, scope app.Scope, alarms []app.Alarm, at time.Time) (int, error)
	// KeepTags takes all that AWS says of the tags of a scope's alarms: an alarm that it does not name has none.
	KeepTags(context.Context, app.Scope, []app.Tagged) (int, error)
	KeepAlarmHistory(context.Context, []app.AlarmHistoryItem, ...app.Cover) (int, error)
	// KeepContributors takes all contributors of an alarm that are in ALARM.
	KeepContributors(ctx context.Context, scope app.Scope, alarm string, all []app.AlarmContributor) (int, error)
	// KeepMuteRules and KeepAnomalyDetectors take the complete listing of a scope, as it was at the instant.
	KeepMuteRules(ctx context.Context, scope app.Scope, rules []app.MuteRule, at time.Time) (int, error)
	KeepAnomalyDetectors(ctx context.Context, scope app.Scope, all []app.AnomalyDetector, at time.Time) (int, error)
	MuteRules(context.Context, app.Scope) ([]app.MuteRule, error)
	Alarms(context.Context, app.AlarmQuery) ([]app.Alarm, error)
}

// metricCache keeps metrics and their datapoints.
type metricCache interface {
	KeepMetrics(context.Context, app.Scope, []app.Metric) (int, error)
	KeepSeries(context.Context, []app.Series, ...app.Cover) (int, error)
	Metrics(context.Context, app.Scope) ([]app.Metric, error)
}

// logCache keeps log groups and their events.
type logCache interface {
	KeepLogGroups(context.Context, app.Scope, []app.LogGroup) (int, error)
	KeepLogEvents(context.Context, []app.LogEvent, ...app.Cover) (int, error)
	LogGroups(context.Context, []app.Scope) ([]app.LogGroup, error)
}

// traceCache keeps traces and the graphs of the services that they went through.
type traceCache interface {
	KeepTraces(context.Context, []app.Trace, ...app.Cover) (int, error)
	KeepServiceGraph(context.Context, app.ServiceGraph) (int, error)
	// TraceRevisions returns the revisions of the traces that start in the range and are complete, with their spans.
	TraceRevisions(context.Context, app.Scope, app.Range) (map[app.TraceID]int, error)
	// PartialTraces returns the traces since then that are not complete.
	PartialTraces(ctx context.Context, scope app.Scope, since time.Time) ([]app.TraceID, error)
	ServiceGraph(context.Context, app.Scope, app.Range) (app.ServiceGraph, error)
}

// trailCache keeps CloudTrail events.
type trailCache interface {
	KeepTrail(context.Context, []app.TrailEvent, ...app.Cover) (int, error)
}

// coverCache says what was asked and answered.
type coverCache interface {
	Coverage(context.Context, app.CoverQuery) ([]app.Cover, error)
}

// ledger adds up what calls did cost.
type ledger interface {
	// Spent returns what the requests of whole days, UTC, did cost, by all who use the cache, up to the last that was
	// answered.
	Spent(context.Context, app.Range) (app.Money, error)
}

// scopeCache is what a run needs of the cache for a scope as a whole.
type scopeCache interface {
	// ClaimScope waits until nobody else pulls the scope into the cache, in this process or another; busy is called
	// once if there is something to wait for. Its error is ctx's, or says that no claims can be made here.
	ClaimScope(ctx context.Context, scope app.Scope, busy func()) (release func() error, err error)
	// KeepAttempts takes how the newest pull of each signal ended.
	KeepAttempts(context.Context, []app.Attempt) error
}
