package world

import (
	"fmt"
	"time"

	"github.com/nephograph/nephograph/app"
)

// savedQueries are what teams save in Logs Insights, from AWS's own samples.
var savedQueries = []struct{ name, text string }{
	{"errors by 5 minutes", "filter @message like /(?i)error/\n| stats count(*) as errors by bin(5m)"},
	{"lambda/cold starts", `filter @type = "REPORT" and ispresent(@initDuration)` +
		"\n| stats count(*) as coldStarts, pct(@initDuration, 99) as p99 by bin(1h)"},
	{"lambda/memory", `filter @type = "REPORT"` +
		"\n| stats max(@memorySize / 1000 / 1000) as provisonedMB, max(@maxMemoryUsed / 1000 / 1000) as usedMB"},
	{"newest 20", "fields @timestamp, @message\n| sort @timestamp desc\n| limit 20"},
}

// addQueries gives a place the queries that its team has saved, and has run in the last day.
func addQueries(p *Place, end time.Time) {
	if len(p.Groups) == 0 {
		return
	}
	for i, q := range savedQueries {
		group := p.Groups[i%len(p.Groups)]
		p.Definitions = append(p.Definitions, app.QueryDefinition{Scope: p.Scope,
			ID:   fmt.Sprintf("d%07d-1c1a-4c5e-9d8b-%s", i, p.Scope.Account),
			Name: q.name, Text: q.text, Language: app.LogsInsightsQL, Groups: []string{group.Name},
			Modified: end.Add(-time.Duration(i+1) * 240 * time.Hour).Truncate(time.Millisecond)})
	}
	for i := range 12 {
		q, group := savedQueries[i%len(savedQueries)], p.Groups[i%len(p.Groups)]
		p.Queries = append(p.Queries, app.InsightsQuery{Scope: p.Scope,
			ID: fmt.Sprintf("a%07d-7b2e-4f00-8a11-%s", i, p.Scope.Account), Text: q.text,
			Language: app.LogsInsightsQL, Group: group.Name, Status: "Complete",
			Created: end.Add(-time.Duration(i+1) * 97 * time.Minute).Truncate(time.Millisecond),
			Scanned: group.Stored / int64(i+2), By: "arn:aws:iam::" + p.Scope.Account + ":user/maria"})
	}
}
