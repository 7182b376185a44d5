package mask

import (
	"maps"
	"slices"

	"github.com/nephograph/nephograph/app"
)

// The items of the signals come out with the texts masked that people and programs write freely. What identifies an
// item stays, and so do the facts that were read out of a log message: they are ids.

// LogEvent masks the message.
func (m Mask) LogEvent(e app.LogEvent) app.LogEvent {
	e.Message = m.Text(e.Message)
	return e
}

// Result returns an answer of Logs Insights with its values masked.
func (m Mask) Result(r app.InsightsResult) app.InsightsResult {
	rows := make([][]*string, len(r.Rows))
	for i, row := range r.Rows {
		rows[i] = make([]*string, len(row))
		for j, value := range row {
			if value != nil {
				masked := m.Text(*value)
				rows[i][j] = &masked
			}
		}
	}
	r.Rows = rows
	return r
}

// Alarm masks what a person has written about it, its tags among that, and what the state's reason quotes. The
// readings of its queries identify series and stay.
func (m Mask) Alarm(a app.Alarm) app.Alarm {
	a.Description, a.Reason, a.ReasonData = m.Text(a.Description), m.Text(a.Reason), m.Text(a.ReasonData)
	a.Expression, a.Tags = m.Text(a.Expression), m.tags(a.Tags)
	a.Queries = each(a.Queries, func(q app.MetricQuery) app.MetricQuery {
		q.Label, q.Expression = m.Text(q.Label), m.Text(q.Expression)
		return q
	})
	if a.Log != nil {
		q := *a.Log
		q.Text, q.Aggregation = m.Text(q.Text), m.Text(q.Aggregation)
		a.Log = &q
	}
	if a.PromQL != nil {
		q := *a.PromQL
		q.Query = m.Text(q.Query)
		a.PromQL = &q
	}
	return a
}

// AlarmContributor masks the reason; the attributes tell it apart and stay.
func (m Mask) AlarmContributor(c app.AlarmContributor) app.AlarmContributor {
	c.Reason = m.Text(c.Reason)
	return c
}

// MuteRule masks what a person has written about it.
func (m Mask) MuteRule(r app.MuteRule) app.MuteRule {
	r.Description = m.Text(r.Description)
	return r
}

// Tagged masks the tags.
func (m Mask) Tagged(r app.Tagged) app.Tagged {
	r.Tags = m.tags(r.Tags)
	return r
}

// tags masks the values of telling names whole. Tags that are not known stay so, and none stay none.
func (m Mask) tags(all map[string]string) map[string]string {
	masked := maps.Clone(all)
	for name, value := range masked {
		masked[name] = m.Named(name, value)
	}
	return masked
}

// AlarmHistoryItem masks the data, which holds the whole configuration of an alarm. The summary is a part of the item's
// identity, and AWS's own words.
func (m Mask) AlarmHistoryItem(h app.AlarmHistoryItem) app.AlarmHistoryItem {
	h.Data = m.Text(h.Data)
	return h
}

// TrailEvent masks the whole event and what is read out of it: requests and answers hold what a caller has sent.
func (m Mask) TrailEvent(e app.TrailEvent) app.TrailEvent {
	e.Raw, e.ErrorMessage, e.UserAgent = m.JSON(e.Raw), m.Text(e.ErrorMessage), m.Text(e.UserAgent)
	e.Principal.AccessKey = m.Text(e.Principal.AccessKey)
	e.Resources = each(e.Resources, func(r app.TrailResource) app.TrailResource {
		r.Name = m.Text(r.Name)
		return r
	})
	return e
}

// Trace masks its URL and its spans.
func (m Mask) Trace(t app.Trace) app.Trace {
	t.URL = m.Text(t.URL)
	t.Spans = each(t.Spans, m.span)
	return t
}

func (m Mask) span(s app.Span) app.Span {
	s.AWS, s.Metadata, s.Annotations = m.JSON(s.AWS), m.JSON(s.Metadata), m.annotations(s.Annotations)
	if s.HTTP != nil {
		h := *s.HTTP
		h.URL, h.UserAgent = m.Text(h.URL), m.Text(h.UserAgent)
		s.HTTP = &h
	}
	if s.SQL != nil {
		q := *s.SQL
		q.URL, q.Query = m.Text(q.URL), m.Text(q.Query)
		s.SQL = &q
	}
	s.Exceptions = each(s.Exceptions, func(x app.Exception) app.Exception {
		x.Message = m.Text(x.Message)
		return x
	})
	return s
}

// annotations masks the values of telling names whole, as it does those of a document.
func (m Mask) annotations(all map[string]any) map[string]any {
	if len(all) == 0 {
		return all
	}
	masked := maps.Clone(all)
	for name, value := range masked {
		if text, ok := value.(string); ok {
			masked[name] = m.Named(name, text)
		}
	}
	return masked
}

// each returns a copy of items with each of them masked; none stay none.
func each[T any](items []T, mask func(T) T) []T {
	masked := slices.Clone(items)
	for i := range masked {
		masked[i] = mask(masked[i])
	}
	return masked
}
