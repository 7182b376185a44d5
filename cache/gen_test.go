package cache

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/nephograph/nephograph/app"
	"pgregory.net/rapid"
)

// Generators of app values. Names come from few values, so that they meet; free texts may hold anything.

var (
	genText = rapid.String()
	genName = rapid.SampledFrom([]string{"orders", "Orders", "checkout", "/aws/lambda/checkout", "UPPER lower",
		"a,b=\"c\"|d", "größe", "日本"})
	genPlace = rapid.SampledFrom([]app.Scope{{Account: "111122223333", Region: "eu-west-1"},
		{Account: "111122223333", Region: "us-east-1"},
		{Account: "444455556666", Region: "eu-west-1"}})
	genStates = rapid.SampledFrom([]app.AlarmState{app.OK, app.InAlarm, app.InsufficientData, app.NotKnown})
	genFinite = rapid.Map(rapid.Float64(), func(f float64) float64 {
		if f == 0 {
			return 0 // SQLite has no negative zero
		}
		return f
	})
)

var epoch = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

// genTime returns instants of a unit within a few minutes, half of them on whole half minutes, so that some are equal
// or at the edge of a bucket, and now and then one that is far off.
func genTime(unit time.Duration) *rapid.Generator[time.Time] {
	return rapid.Custom(func(t *rapid.T) time.Time {
		if rapid.IntRange(0, 20).Draw(t, "far") == 0 {
			return time.Unix(rapid.Int64Range(0, 4_000_000_000).Draw(t, "s"), 0).UTC().Add(unit)
		}
		if rapid.Bool().Draw(t, "even") {
			return epoch.Add(time.Duration(rapid.IntRange(0, 20).Draw(t, "halves")) * 30 * time.Second)
		}
		return epoch.Add(time.Duration(rapid.Int64Range(0, int64(10*time.Minute/unit)).Draw(t, "at")) * unit)
	})
}

func genDuration() *rapid.Generator[time.Duration] {
	return rapid.Map(rapid.Int64Range(0, int64(time.Hour)), func(n int64) time.Duration { return time.Duration(n) })
}

func genID() *rapid.Generator[string] { return rapid.StringMatching(`[0-9a-f]{4}`) }

func genTraceID() *rapid.Generator[app.TraceID] {
	return rapid.Map(rapid.IntRange(0, 9), func(
		n int) app.TraceID {
		return app.TraceID(fmt.Sprintf("1-5fad4cc9-%024x", n))
	})
}

// genJSON is what AWS puts into a document: among it signs that an encoder may escape, and space.
func genJSON() *rapid.Generator[json.RawMessage] {
	return rapid.Map(rapid.SampledFrom([]string{"", `{"a":"<b> & \u2028"}`, `[1,2.50,1e3]`, `"<>&"`,
		`{"big":12345678901234567890}`, `null`}),
		func(s string) json.RawMessage {
			if s == "" {
				return nil
			}
			return json.RawMessage(s)
		})
}

// genFew returns nil or up to three of what g gives.
func genFew[T any](g *rapid.Generator[T]) *rapid.Generator[[]T] {
	return rapid.Custom(func(t *rapid.T) []T {
		var few []T
		for range rapid.IntRange(0, 3).Draw(t, "n") {
			few = append(few, g.Draw(t, "one"))
		}
		return few
	})
}

func genMetric() *rapid.Generator[app.Metric] {
	return rapid.Custom(func(t *rapid.T) app.Metric {
		dimensions := rapid.SliceOfNDistinct(rapid.Custom(func(t *rapid.T) app.Dimension {
			return app.Dimension{Name: genName.Draw(t, "name"), Value: genName.Draw(t, "value")}
		}), 0, 3, func(d app.Dimension) string { return d.Name }).Draw(t, "dimensions")
		m := app.NewMetric(genName.Draw(t, "namespace"), genName.Draw(t, "metric"), dimensions...)
		m.OwningAccount = rapid.SampledFrom([]string{"", "", "444455556666"}).Draw(t, "owner")
		return m
	})
}

func genSeries() *rapid.Generator[app.Series] {
	return rapid.Custom(func(t *rapid.T) app.Series {
		s := app.Series{Scope: genPlace.Draw(t, "scope"), Unit: genName.Draw(t, "unit"),
			Reading: app.Reading{Metric: genMetric().Draw(t, "metric"),
				Statistic: rapid.SampledFrom([]string{"Sum", "p99"}).Draw(t, "statistic"),
				Period:    rapid.SampledFrom([]time.Duration{time.Second, time.Minute}).Draw(t, "period")}}
		at := epoch
		for range rapid.IntRange(0, 5).Draw(t, "points") {
			at = at.Add(time.Duration(rapid.IntRange(1, 3).Draw(t, "gap")) * s.Period)
			s.Points = append(s.Points, app.Point{At: at, Value: genFinite.Draw(t, "value")})
		}
		return s
	})
}

func genAlarm() *rapid.Generator[app.Alarm] {
	return rapid.Custom(func(t *rapid.T) app.Alarm {
		a := app.Alarm{Name: genText.Draw(t, "name"), ARN: genText.Draw(t, "arn"), Kind: app.MetricAlarm,
			Description: genText.Draw(t, "description"),
			State:       genStates.Draw(t, "state"), Reason: genText.Draw(t, "reason"),
			ReasonData:     genText.Draw(t, "data"),
			Since:          genTime(time.Millisecond).Draw(t, "since"),
			Configured:     genTime(time.Millisecond).Draw(t, "configured"),
			ActionsEnabled: rapid.Bool().Draw(t, "enabled"), AlarmActions: genFew(genText).Draw(t, "actions"),
			OKActions: genFew(genText).Draw(t, "ok"), NoDataActions: genFew(genText).Draw(t, "no data"),
			Tags: rapid.MapOfN(genName, genText, 0, 3).Draw(t, "tags")}
		if rapid.Bool().Draw(t, "composite") {
			a.Kind, a.Rule = app.CompositeAlarm, genText.Draw(t, "rule")
			if rapid.Bool().Draw(t, "suppressed") {
				a.Suppression = &app.AlarmSuppression{Suppressor: genText.Draw(t, "suppressor"), Wait: time.Minute,
					By: genName.Draw(t, "by"), Reason: genText.Draw(t, "why")}
			}
			return a
		}
		a.AlarmEvaluation = genEvaluation().Draw(t, "evaluation")
		if a.Log != nil {
			a.Kind = rapid.SampledFrom([]app.AlarmKind{app.LogAlarm, "AlarmOfTomorrow"}).Draw(t, "kind")
		}
		if rapid.Bool().Draw(t, "plain") {
			m, threshold := genMetric().Draw(t, "metric"), genFinite.Draw(t, "threshold")
			a.Metric, a.Threshold, a.Statistic, a.Period = &m, &threshold, "Sum", time.Minute
		}
		a.Queries = genFew(genMetricQuery()).Draw(t, "queries")
		a.Expression, a.Unit, a.Comparison = genText.Draw(t, "expression"), genName.Draw(t, "unit"),
			"GreaterThanThreshold"
		a.EvaluationPeriods, a.DatapointsToAlarm, a.TreatMissing = rapid.IntRange(0, 5).Draw(t, "periods"),
			rapid.IntRange(0, 5).Draw(t, "datapoints"), "missing"
		return a
	})
}

// genEvaluation is without contributors, which no listing tells.
func genEvaluation() *rapid.Generator[app.AlarmEvaluation] {
	return rapid.Custom(func(t *rapid.T) (e app.AlarmEvaluation) {
		e.Problem = rapid.SampledFrom([]app.EvaluationProblem{"", app.PartialData, app.EvaluationError}).Draw(t,
			"problem")
		e.Interval = genDuration().Draw(t, "interval")
		e.Opaque = rapid.Bool().Draw(t, "opaque")
		switch rapid.IntRange(0, 3).Draw(t, "kind") {
		case 1:
			e.Log = &app.LogAlarmQuery{Text: genText.Draw(t, "query"), Aggregation: genText.Draw(t, "aggregation"),
				Groups: genFew(genName).Draw(t, "groups"), Schedule: "rate(5 minutes)",
				Begin: genDuration().Draw(t, "begin")}
		case 2:
			e.PromQL = &app.PromQL{Query: genText.Draw(t, "promql"), Pending: genDuration().Draw(t, "pending")}
		case 3:
			e.WallClock, e.WarmUp = &app.WallClock{Zone: genName.Draw(t, "zone")},
				&app.WarmUp{Length: time.Hour, Whole: true}
		}
		return e
	})
}

func genMetricQuery() *rapid.Generator[app.MetricQuery] {
	return rapid.Custom(func(t *rapid.T) app.MetricQuery {
		q := app.MetricQuery{ID: genID().Draw(t, "id"), Label: genText.Draw(t, "label"),
			Compared: rapid.Bool().Draw(t, "compared")}
		if rapid.Bool().Draw(t, "computed") {
			q.Expression = genText.Draw(t, "expression")
			return q
		}
		q.Reading = &app.Reading{Metric: genMetric().Draw(t, "metric"), Statistic: "p99", Period: time.Minute}
		return q
	})
}

func genHistory() *rapid.Generator[app.AlarmHistoryItem] {
	return rapid.Custom(func(t *rapid.T) app.AlarmHistoryItem {
		return app.AlarmHistoryItem{Scope: genPlace.Draw(t, "scope"), Alarm: genName.Draw(t, "alarm"),
			At:      genTime(time.Millisecond).Draw(t, "at"),
			Kind:    rapid.SampledFrom([]app.HistoryKind{app.StateUpdate, app.ActionTaken, "Other"}).Draw(t, "kind"),
			Summary: genText.Draw(t, "summary"),
			Data:    genText.Draw(t, "data"), From: genStates.Draw(t, "from"), To: genStates.Draw(t, "to")}
	})
}

func genGroup(place app.Scope) *rapid.Generator[app.LogGroup] {
	return rapid.Custom(func(t *rapid.T) app.LogGroup {
		return app.LogGroup{Scope: place, Name: genText.Draw(t, "name"), ARN: genText.Draw(t, "arn"),
			Retention: rapid.IntRange(0, 400).Draw(t, "days"),
			Stored:    rapid.Int64Min(0).Draw(t, "bytes"), Created: genTime(time.Millisecond).Draw(t, "created"),
			Class: genName.Draw(t, "class")}
	})
}

func genEvent() *rapid.Generator[app.LogEvent] {
	words := rapid.SampledFrom([]string{"", "Timeout", "TIMEOUT after", "orders table", "\x00", "[]\"'%_", "größe"})
	return rapid.Custom(func(t *rapid.T) app.LogEvent {
		e := app.LogEvent{Scope: genPlace.Draw(t, "scope"), Group: genName.Draw(t, "group"),
			Stream: genName.Draw(t, "stream"), ID: genID().Draw(t, "id"),
			At: genTime(time.Millisecond).Draw(t, "at"), Ingested: genTime(time.Millisecond).Draw(t, "ingested")}
		e.Message = words.Draw(t, "word") + genText.Draw(t, "message") + words.Draw(t, "word")
		e.Level = app.Level(rapid.IntRange(0, 4).Draw(t, "level"))
		if rapid.Bool().Draw(t, "joined") {
			e.TraceID, e.RequestID = genTraceID().Draw(t, "trace"), genName.Draw(t, "request")
		}
		return e
	})
}

func genTrace() *rapid.Generator[app.Trace] {
	return rapid.Custom(func(t *rapid.T) app.Trace {
		r := app.Trace{Scope: genPlace.Draw(t, "scope"), ID: genTraceID().Draw(t, "id"),
			Start:    genTime(time.Microsecond).Draw(t, "start"),
			Duration: genDuration().Draw(t, "duration"), Response: genDuration().Draw(t, "response"),
			Entry:  genName.Draw(t, "entry"),
			Method: genText.Draw(t, "method"), URL: genText.Draw(t, "url"),
			Status: rapid.IntRange(0, 599).Draw(t, "status"),
			Fault:  rapid.Bool().Draw(t, "fault"), Error: rapid.Bool().Draw(t, "error"),
			Throttle: rapid.Bool().Draw(t, "throttle"),
			Partial:  rapid.Bool().Draw(t, "partial"), Revision: rapid.IntRange(0, 3).Draw(t, "revision"),
			Limited: rapid.Bool().Draw(t, "limited"),
			Spans:   genFew(genSpan()).Draw(t, "spans")}
		app.SortSpans(r.Spans)
		return r
	})
}

func genSpan() *rapid.Generator[app.Span] {
	return rapid.Custom(func(t *rapid.T) app.Span {
		s := app.Span{ID: genID().Draw(t, "id"), Parent: genID().Draw(t, "parent"), Kind: app.Segment,
			Name:    genName.Draw(t, "name"),
			Service: genName.Draw(t, "service"), Origin: genText.Draw(t, "origin"),
			Namespace: genText.Draw(t, "namespace"), Resource: genName.Draw(t, "resource"),
			Start: genTime(time.Microsecond).Draw(t, "start"), Fault: rapid.Bool().Draw(t, "fault"),
			Error:    rapid.Bool().Draw(t, "error"),
			Throttle: rapid.Bool().Draw(t, "throttle"), User: genText.Draw(t, "user")}
		if rapid.Bool().Draw(t, "ended") {
			s.End = genTime(time.Microsecond).Draw(t, "end")
		}
		if rapid.Bool().Draw(t, "detailed") {
			s.SpanDetail = genDetail().Draw(t, "detail")
		}
		return s
	})
}

func genDetail() *rapid.Generator[app.SpanDetail] {
	values := rapid.SampledFrom([]any{"text <&>", 1.0, 1e300, -0.25, true, nil, json.Number("12345678901234567890"), 42,
		[]any{1.5, "x"}, map[string]any{"n": 7.0}})
	return rapid.Custom(func(t *rapid.T) app.SpanDetail {
		return app.SpanDetail{
			HTTP: &app.HTTP{Method: genText.Draw(t, "method"), Status: rapid.IntRange(0, 599).Draw(t, "status"),
				Length: rapid.Int64Min(0).Draw(t, "length")},
			SQL:         rapid.Ptr(rapid.Just(app.SQL{Query: "SELECT <1>"}), true).Draw(t, "sql"),
			AWS:         genJSON().Draw(t, "aws"),
			Annotations: rapid.MapOf(genName, values).Draw(t, "annotations"),
			Metadata:    genJSON().Draw(t, "metadata"),
			Exceptions: genFew(rapid.Custom(func(t *rapid.T) app.Exception {
				return app.Exception{ID: genText.Draw(t, "id"), Message: genText.Draw(t, "message"),
					Stack: genFew(rapid.Just(app.Frame{Path: "a.go", Line: 3})).Draw(t, "stack")}
			})).Draw(t, "exceptions"),
			Links: genFew(rapid.OneOf(genText, rapid.Just(linkedTrace))).Draw(t, "links"),
		}
	})
}

func genGraph() *rapid.Generator[app.ServiceGraph] {
	stats := rapid.Custom(func(t *rapid.T) app.CallStats {
		return app.CallStats{Total: rapid.Int64Range(0, 1e9).Draw(t, "total"),
			Fault: rapid.Int64Range(0, 1e9).Draw(t, "fault"), Time: genDuration().Draw(t, "time")}
	})
	return rapid.Custom(func(t *rapid.T) app.ServiceGraph {
		g := app.ServiceGraph{Scope: genPlace.Draw(t, "scope")}
		g.Range = app.Range{From: genTime(time.Nanosecond).Draw(t, "from")}
		g.Range.To = g.Range.From.Add(1 + genDuration().Draw(t, "length"))
		g.Nodes = genFew(rapid.Custom(func(t *rapid.T) app.ServiceNode {
			return app.ServiceNode{Name: genName.Draw(t, "name"), Type: genText.Draw(t, "type"),
				Root: rapid.Bool().Draw(t, "root"), Stats: stats.Draw(t, "stats")}
		})).Draw(t, "nodes")
		g.Edges = genFew(rapid.Custom(func(t *rapid.T) app.ServiceEdge {
			return app.ServiceEdge{From: genName.Draw(t, "from"), To: genName.Draw(t, "to"),
				Stats: stats.Draw(t, "stats")}
		})).Draw(t, "edges")
		return g
	})
}

func genTrail() *rapid.Generator[app.TrailEvent] {
	return rapid.Custom(func(t *rapid.T) app.TrailEvent {
		return app.TrailEvent{Scope: genPlace.Draw(t, "scope"), ID: genID().Draw(t, "id"),
			At:   genTime(time.Second).Draw(t, "at"),
			Name: rapid.SampledFrom([]string{"UpdateTable", "GetItem", "ConsoleLogin", "Logout"}).Draw(t, "name"),
			Source: rapid.SampledFrom([]string{"dynamodb.amazonaws.com", "dynamodb", "s3.amazonaws.com",
				"signin.amazonaws.com", "sso.amazonaws.com"}).Draw(t, "source"),
			Type: genText.Draw(t, "type"), Category: genText.Draw(t, "category"),
			ReadOnly: rapid.Bool().Draw(t, "read"),
			Principal: app.Principal{Type: "AssumedRole", ARN: genText.Draw(t, "arn"), User: genName.Draw(t, "user"),
				Session: genText.Draw(t, "session"), MFA: rapid.Bool().Draw(t, "mfa")},
			SourceIP: genText.Draw(t, "ip"), UserAgent: genText.Draw(t, "agent"),
			ErrorCode:    rapid.SampledFrom([]string{"", "AccessDenied"}).Draw(t, "code"),
			ErrorMessage: genText.Draw(t, "message"), RequestID: genText.Draw(t, "request"),
			Raw: genJSON().Draw(t, "raw"),
			Resources: genFew(rapid.Custom(func(t *rapid.T) app.TrailResource {
				return app.TrailResource{Type: genText.Draw(t, "type"), Name: genName.Draw(t, "name")}
			})).Draw(t, "resources")}
	})
}

func genRequest() *rapid.Generator[app.Request] {
	return rapid.Custom(func(t *rapid.T) app.Request {
		return app.Request{At: genTime(time.Nanosecond).Draw(t, "at"), Scope: genPlace.Draw(t, "scope"),
			Service: genName.Draw(t, "service"), Operation: genText.Draw(t, "operation"),
			Outcome: rapid.SampledFrom([]app.Outcome{app.Answered, app.Refused, app.Failed}).Draw(t, "outcome"),
			Code:    genText.Draw(t, "code"),
			Took:    genDuration().Draw(t, "took"), Units: rapid.IntRange(0, 500).Draw(t, "units"),
			Cost: app.Money(rapid.Int64Range(0, 1e9).Draw(t, "cost"))}
	})
}

// genRange returns ranges about epoch, zero and empty ones among them.
func genRange() *rapid.Generator[app.Range] {
	return rapid.Custom(func(t *rapid.T) app.Range {
		if rapid.IntRange(0, 4).Draw(t, "all") == 0 {
			return app.Range{}
		}
		from := epoch.Add(time.Duration(rapid.Int64Range(-int64(time.Minute), int64(9*time.Minute)).Draw(t, "from")))
		return app.Range{From: from, To: from.Add(
			time.Duration(rapid.Int64Range(0, int64(8*time.Minute)).Draw(t, "length")))}
	})
}
