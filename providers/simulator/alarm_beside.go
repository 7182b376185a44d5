package simulator

import (
	"slices"
	"time"

	"github.com/nephograph/nephograph/app"
)

// Limits of what stands beside alarms (CloudWatch API reference).
const (
	contributorPage     = 100
	muteRulePage        = 50
	muteRulePageDefault = 50
	detectorPage        = 100
)

// notFound is a refusal of CloudWatch.
var notFound = refusal{status: 404, code: "ResourceNotFoundException", old: "ResourceNotFound"}

type describeAlarmContributorsInput struct{ AlarmName, NextToken string }

type describeAlarmContributorsOutput struct {
	AlarmContributors []alarmContributor
	NextToken         string `cbor:",omitempty"`
}

type alarmContributor struct {
	ContributorId              string
	ContributorAttributes      map[string]string
	StateReason                string
	StateTransitionedTimestamp *time.Time `cbor:",omitempty"`
}

// describeAlarmContributors lists the contributors of an alarm that are in ALARM.
func describeAlarmContributors(c *call) (any, error) {
	var in describeAlarmContributorsInput
	alarm, t, err := begin(c, &in)
	if err != nil {
		return nil, err
	}
	out := describeAlarmContributorsOutput{AlarmContributors: []alarmContributor{}}
	shown, next := pageOf(alarm.Contributors, t, contributorPage)
	out.NextToken = next
	for _, x := range shown {
		out.AlarmContributors = append(out.AlarmContributors, alarmContributor{x.ID, x.Attributes, x.Reason, &x.Since})
	}
	return out, nil
}

func (in *describeAlarmContributorsInput) token() *string { return &in.NextToken }

func (in *describeAlarmContributorsInput) check(c *call) (*app.Alarm, error) {
	i := slices.IndexFunc(c.place.Alarms, func(a app.Alarm) bool { return a.Name == in.AlarmName })
	switch {
	case in.AlarmName == "":
		return nil, missing.because("The parameter AlarmName is required.")
	case i < 0:
		return nil, notFound.because("There is no alarm %s.", in.AlarmName)
	}
	return &c.place.Alarms[i], nil
}

// pageOf returns the items of a page, and the token of the next.
func pageOf[T any](all []T, t turn, size int) ([]T, string) {
	if t.detour != "" {
		return nil, t.detour
	}
	from := min(int(t.A), len(all))
	to := min(from+size, len(all))
	if to == len(all) {
		return all[from:], ""
	}
	return all[from:to], t.next(to, 0)
}

type listAlarmMuteRulesInput struct {
	AlarmName  string
	MaxRecords *int
	NextToken  string
	Statuses   []string
}

type listAlarmMuteRulesOutput struct {
	AlarmMuteRuleSummaries []muteRuleSummary
	NextToken              string `cbor:",omitempty"`
}

type muteRuleSummary struct {
	AlarmMuteRuleArn     string
	ExpireDate           *time.Time `cbor:",omitempty"`
	LastUpdatedTimestamp *time.Time
	MuteType, Status     string
}

// listAlarmMuteRules lists mute rules in short.
func listAlarmMuteRules(c *call) (any, error) {
	var in listAlarmMuteRulesInput
	size, t, err := begin(c, &in)
	if err != nil {
		return nil, err
	}
	var wanted []app.MuteRule
	for _, r := range c.place.MuteRules {
		if (in.AlarmName == "" || slices.Contains(r.Alarms, in.AlarmName)) &&
			(len(in.Statuses) == 0 || slices.Contains(in.Statuses, string(r.Status))) {
			wanted = append(wanted, r)
		}
	}
	shown, next := pageOf(wanted, t, size)
	out := listAlarmMuteRulesOutput{AlarmMuteRuleSummaries: []muteRuleSummary{}, NextToken: next}
	for _, r := range shown {
		out.AlarmMuteRuleSummaries = append(out.AlarmMuteRuleSummaries, muteRuleSummary{r.ARN, optionalTime(r.Expire),
			&r.Updated, muteType(r), string(r.Status)})
	}
	return out, nil
}

func (in *listAlarmMuteRulesInput) token() *string { return &in.NextToken }

func (in *listAlarmMuteRulesInput) check(c *call) (int, error) {
	if in.MaxRecords == nil {
		return muteRulePageDefault, nil
	}
	return c.limit("maxRecords", *in.MaxRecords, muteRulePage)
}

func muteType(r app.MuteRule) string {
	if len(r.Schedule) > 2 && r.Schedule[:2] == "at" {
		return "ONE_TIME"
	}
	return "RECURRING"
}

func optionalTime(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

type getAlarmMuteRuleOutput struct {
	AlarmMuteRuleArn, Name string
	Description            string     `cbor:",omitempty"`
	StartDate              *time.Time `cbor:",omitempty"`
	ExpireDate             *time.Time `cbor:",omitempty"`
	LastUpdatedTimestamp   *time.Time
	MuteTargets            struct{ AlarmNames []string }
	MuteType, Status       string
	Rule                   struct{ Schedule muteSchedule }
}

type muteSchedule struct {
	Expression, Duration string
	Timezone             string `cbor:",omitempty"`
}

// getAlarmMuteRule tells all of one rule.
func getAlarmMuteRule(c *call) (any, error) {
	var in struct{ AlarmMuteRuleName string }
	if err := c.read(&in); err != nil {
		return nil, err
	}
	i := slices.IndexFunc(c.place.MuteRules, func(r app.MuteRule) bool { return r.Name == in.AlarmMuteRuleName })
	if i < 0 {
		return nil, notFound.because("There is no alarm mute rule %s.", in.AlarmMuteRuleName)
	}
	r := c.place.MuteRules[i]
	out := getAlarmMuteRuleOutput{AlarmMuteRuleArn: r.ARN, Name: r.Name, Description: r.Description,
		StartDate: optionalTime(r.Start), ExpireDate: optionalTime(r.Expire), LastUpdatedTimestamp: &r.Updated,
		MuteType: muteType(r), Status: string(r.Status)}
	out.MuteTargets.AlarmNames = r.Alarms
	out.Rule.Schedule = muteSchedule{r.Schedule, r.Length, r.Zone}
	return out, nil
}

type describeAnomalyDetectorsInput struct {
	AnomalyDetectorIds, AnomalyDetectorTypes []string
	Namespace, MetricName                    string
	MaxResults                               *int
	NextToken                                string
}

type describeAnomalyDetectorsOutput struct {
	AnomalyDetectors []anomalyDetector
	NextToken        string `cbor:",omitempty"`
}

type anomalyDetector struct {
	AnomalyDetectorId, StateValue string
	SingleMetricAnomalyDetector   singleMetricDetector
	Configuration                 detectorConfiguration
}

type singleMetricDetector struct {
	Namespace, MetricName, Stat string
	Dimensions                  []dimension
}

type detectorConfiguration struct {
	MetricTimezone                            string `cbor:",omitempty"`
	AdaptationSpeed, OutlierFilteringStrength string
}

// describeAnomalyDetectors lists the detectors on metrics; this world has none on metric math.
func describeAnomalyDetectors(c *call) (any, error) {
	var in describeAnomalyDetectorsInput
	size, t, err := begin(c, &in)
	if err != nil {
		return nil, err
	}
	shown, next := pageOf(c.place.Detectors, t, size)
	out := describeAnomalyDetectorsOutput{AnomalyDetectors: []anomalyDetector{}, NextToken: next}
	for _, d := range shown {
		out.AnomalyDetectors = append(out.AnomalyDetectors, anomalyDetector{d.ID, string(d.State),
			singleMetricDetector{d.Metric.Namespace, d.Metric.Name, d.Statistic, wireDimensions(d.Metric.Dimensions)},
			detectorConfiguration{d.Zone, d.Adapts, d.Outliers}})
	}
	return out, nil
}

func (in *describeAnomalyDetectorsInput) token() *string { return &in.NextToken }

func (in *describeAnomalyDetectorsInput) check(c *call) (int, error) {
	if in.MaxResults == nil {
		return detectorPage, nil
	}
	return c.limit("maxResults", *in.MaxResults, detectorPage)
}
