package app

import (
	"cmp"
	"encoding/json"
	"time"
)

// InsightEvent is the type of an event that CloudTrail Insights wrote: not a call but that calls, or their errors, came
// at an unusual rate. One is written when that begins and one when it ends.
const InsightEvent = "AwsCloudTrailInsight"

// Insight is what an event of the type InsightEvent tells (CloudTrail user guide, "CloudTrail record contents for
// Insights events", insightDetails).
type Insight struct {
	Name, Source string // of the calls: UpdateInstanceInformation, ssm.amazonaws.com
	Errors       bool   // the rate is of errors (ApiErrorRateInsight), not of calls
	ErrorCode    string // of those errors, where all have the same
	// Baseline and Average are calls or errors in a minute: usually, and then.
	Baseline, Average float64
	// From is when it began. To is when it ended, zero in the event of its beginning.
	From, To time.Time
	// Who made most of the calls, as an ARN; empty where CloudTrail does not say.
	Who string
}

// Insight reads what CloudTrail Insights says, and whether the event is one of its.
func (e TrailEvent) Insight() (Insight, bool) {
	if e.Type != InsightEvent {
		return Insight{}, false
	}
	var record struct {
		Details insightDetails `json:"insightDetails"`
	}
	_ = json.Unmarshal(e.Raw, &record) // a field of another type is left out
	d := record.Details
	s := d.Context.Statistics
	i := Insight{
		Name: d.Name, Source: d.Source, ErrorCode: d.ErrorCode, Errors: d.Type == "ApiErrorRateInsight",
		Baseline: s.Baseline.Average, Average: s.Insight.Average, From: e.At, Who: d.who(),
	}
	if d.State == "End" {
		const most = 90 * 24 * 60 // minutes that CloudTrail keeps
		lasted := time.Duration(min(max(0, s.Minutes), most) * float64(time.Minute))
		i.From, i.To = e.At.Add(-lasted), e.At
	}
	return i, true
}

type insightDetails struct {
	State     string `json:"state"` // Start or End
	Source    string `json:"eventSource"`
	Name      string `json:"eventName"`
	Type      string `json:"insightType"`
	ErrorCode string `json:"errorCode"`
	Context   struct {
		Statistics struct {
			Baseline rate    `json:"baseline"`
			Insight  rate    `json:"insight"`
			Minutes  float64 `json:"insightDuration"`
		} `json:"statistics"`
		Attributions []struct {
			Attribute string `json:"attribute"` // userIdentityArn, userAgent, errorCode
			Insight   []struct {
				Value   string  `json:"value"`
				Average float64 `json:"average"`
			} `json:"insight"`
		} `json:"attributions"`
	} `json:"insightContext"`
}

// rate is calls or errors in a minute.
type rate struct {
	Average float64 `json:"average"`
}

// who returns the identity with the highest rate.
func (d insightDetails) who() (arn string) {
	most := 0.0
	for _, a := range d.Context.Attributions {
		for _, v := range a.Insight {
			if a.Attribute == "userIdentityArn" && v.Average > most {
				arn, most = v.Value, v.Average
			}
		}
	}
	return arn
}

// AsInsight returns an event of CloudTrail Insights with the name, source and principal that its record has only within
// insightDetails, and read-only, since it changes nothing; any other event as it is.
func (e TrailEvent) AsInsight() TrailEvent {
	i, ok := e.Insight()
	if !ok {
		return e
	}
	e.Name, e.Source, e.ReadOnly = cmp.Or(i.Name, e.Name), cmp.Or(i.Source, e.Source), true
	if e.Principal.Name() == "" {
		e.Principal.ARN = i.Who
	}
	if e.Principal.Name() == "" {
		e.Principal.InvokedBy = "cloudtrail.amazonaws.com"
	}
	return e
}
