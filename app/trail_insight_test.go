package app

import (
	"encoding/json"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// insightRecord is as the user guide has one, shortened.
const insightRecord = `{"eventVersion":"1.07","eventTime":"2025-11-20T12:30:00Z","awsRegion":"us-east-1","eventID":"e","eventType":"AwsCloudTrailInsight",
"recipientAccountId":"123456789012","sharedEventID":"s","eventCategory":"Insight","insightDetails":{"state":"End","eventSource":"ssm.amazonaws.com",
"eventName":"UpdateInstanceInformation","insightType":"ApiCallRateInsight","insightContext":{"statistics":{"baseline":{"average":85.4202380952},
"insight":{"average":664},"insightDuration":12,"baselineDuration":10080},"attributions":[{"attribute":"userAgent","insight":[{"value":"cli","average":700}]},
{"attribute":"userIdentityArn","insight":[{"value":"arn:aws:sts::123456789012:assumed-role/quiet/i-2","average":1},
{"value":"arn:aws:sts::123456789012:assumed-role/noisy/i-1","average":663}],"baseline":[]}]}}}`

func TestInsights(t *testing.T) {
	at := time.Date(2025, 11, 20, 12, 30, 0, 0, time.UTC)
	e := TrailEvent{ID: "e", At: at, Type: InsightEvent, Raw: json.RawMessage(insightRecord)}
	got, ok := e.Insight()
	want := Insight{Name: "UpdateInstanceInformation", Source: "ssm.amazonaws.com", Baseline: 85.4202380952,
		Average: 664,
		From:    at.Add(-12 * time.Minute), To: at, Who: "arn:aws:sts::123456789012:assumed-role/noisy/i-1"}
	if !ok || got != want {
		t.Errorf("got %+v", got)
	}
	e = e.AsInsight()
	if e.Name != want.Name || e.Service() != "ssm" || e.Principal.Name() != "noisy/i-1" || e.Change() {
		t.Errorf("as an event %+v", e)
	}
	call := TrailEvent{Type: "AwsApiCall", Name: "X", Raw: json.RawMessage(insightRecord)}
	if _, ok := call.Insight(); ok || call.AsInsight().Name != "X" {
		t.Error("a call is taken for an insight")
	}
	for _, raw := range []string{"", "null", `{"insightDetails":[]}`,
		`{"insightDetails":{"state":"End","insightContext":{"statistics":{"insightDuration":1e308}}}}`} {
		e := TrailEvent{At: at, Name: "Beside", Type: InsightEvent, Raw: json.RawMessage(raw)}.AsInsight()
		if i, ok := e.Insight(); !ok || i.From.After(at) || at.Sub(i.From) > 90*24*time.Hour || e.Name != "Beside" ||
			e.Principal.Name() != "cloudtrail.amazonaws.com" {
			t.Errorf("%s is %+v, %+v", raw, i, e.Principal)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		// must not panic
		TrailEvent{Type: InsightEvent, Raw: json.RawMessage(rapid.String().Draw(t, "raw"))}.AsInsight()
	})
}
