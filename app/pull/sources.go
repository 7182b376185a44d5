package pull

import (
	"context"
	"time"

	"github.com/nephograph/nephograph/app"
)

// Sources are the questions that can be put to one scope. A nil source is not asked.
type Sources struct {
	Scope app.Scope
	Who   app.Identity // the caller there, as AWS says
	// Until is when a person has to sign in again; zero: never, or that is not known.
	Until          time.Time
	Metrics        app.Source[app.MetricsQuestion, app.Metric]
	Series         app.Source[app.SeriesQuestion, app.Series]
	Alarms         app.Source[app.AlarmsQuestion, app.Alarm]
	Tags           app.Source[app.TagsQuestion, app.Tagged]
	AlarmHistory   app.Source[app.AlarmHistoryQuestion, app.AlarmHistoryItem]
	Contributors   app.Source[app.AlarmContributorsQuestion, app.AlarmContributor]
	MuteRules      app.Source[app.MuteRulesQuestion, app.MuteRule]
	MuteRule       app.Source[app.MuteRuleQuestion, app.MuteRule]
	Detectors      app.Source[app.AnomalyDetectorsQuestion, app.AnomalyDetector]
	LogGroups      app.Source[app.LogGroupsQuestion, app.LogGroup]
	LogEvents      app.Source[app.LogEventsQuestion, app.LogEvent]
	TraceSummaries app.Source[app.TraceSummariesQuestion, app.Trace]
	Traces         app.Source[app.TracesQuestion, app.Trace]
	ServiceGraph   app.Source[app.ServiceGraphQuestion, app.ServiceGraph]
	Trail          app.Source[app.TrailQuestion, app.TrailEvent]

	// Of Logs Insights, which no pull asks by itself: Engine.Insights does when a person wants it.
	Insights         app.Source[app.InsightsQuestion, app.LogRow]
	Queries          app.Source[app.QueriesQuestion, app.InsightsQuery]
	QueryDefinitions app.Source[app.QueryDefinitionsQuestion, app.QueryDefinition]
	StopQuery        func(ctx context.Context, id string) error
}
