package simulator

import (
	"slices"
	"strings"
	"time"

	"github.com/nephograph/nephograph/app"
)

// Limits of alarms (CloudWatch API reference, DescribeAlarms and DescribeAlarmHistory).
const (
	alarmPage        = 100                 // items a page, at most
	alarmPageDefault = 50                  // and when the request does not say
	historyRetention = 30 * 24 * time.Hour // of alarm history
)

type describeAlarmsInput struct {
	ActionPrefix, AlarmNamePrefix           string
	AlarmNames, AlarmTypes                  []string
	ChildrenOfAlarmName, ParentsOfAlarmName string
	MaxRecords                              *int
	NextToken                               string
	StateValue                              string
}

type describeAlarmsOutput struct {
	CompositeAlarms []compositeAlarm
	LogAlarms       []logAlarm
	MetricAlarms    []metricAlarm
	NextToken       string `cbor:",omitempty"`
}

// alarmHead is what all types of alarm have.
type alarmHead struct {
	AlarmName, AlarmArn                string
	AlarmDescription                   string     `cbor:",omitempty"`
	AlarmConfigurationUpdatedTimestamp *time.Time `cbor:",omitempty"`
	ActionsEnabled                     bool
	OKActions                          []string
	AlarmActions                       []string
	InsufficientDataActions            []string
	StateValue                         string     `cbor:",omitempty"`
	StateReason                        string     `cbor:",omitempty"`
	StateReasonData                    string     `cbor:",omitempty"`
	StateUpdatedTimestamp              *time.Time `cbor:",omitempty"`
	StateTransitionedTimestamp         *time.Time `cbor:",omitempty"`
}

type compositeAlarm struct {
	alarmHead
	AlarmRule string `cbor:",omitempty"`
}

type metricAlarm struct {
	alarmHead
	MetricName         string            `cbor:",omitempty"`
	Namespace          string            `cbor:",omitempty"`
	Statistic          string            `cbor:",omitempty"`
	ExtendedStatistic  string            `cbor:",omitempty"`
	Dimensions         []dimension       `cbor:",omitempty"`
	Period             int               `cbor:",omitempty"`
	Unit               string            `cbor:",omitempty"`
	EvaluationPeriods  int               `cbor:",omitempty"`
	DatapointsToAlarm  int               `cbor:",omitempty"`
	Threshold          *float64          `cbor:",omitempty"`
	ComparisonOperator string            `cbor:",omitempty"`
	TreatMissingData   string            `cbor:",omitempty"`
	Metrics            []metricDataQuery `cbor:",omitempty"`

	EvaluationState     string              `cbor:",omitempty"`
	EvaluationCriteria  *evaluationCriteria `cbor:",omitempty"`
	EvaluationWindow    *evaluationWindow   `cbor:",omitempty"`
	EvaluationInterval  int                 `cbor:",omitempty"`
	WarmUpConfiguration *warmUp             `cbor:",omitempty"`
}

type evaluationCriteria struct{ PromQLCriteria promQLCriteria }

type promQLCriteria struct {
	Query                         string
	PendingPeriod, RecoveryPeriod int
}

type evaluationWindow struct{ WallClockWindow wallClockWindow }

type wallClockWindow struct {
	Timezone string `cbor:",omitempty"`
}

type warmUp struct {
	WarmUpPeriodDurationInMinutes            int
	OnlyStartEvaluatingAfterWarmUpPeriodEnds bool
}

type logAlarm struct {
	alarmHead
	QueryResultsToEvaluate      int                 `cbor:",omitempty"`
	QueryResultsToAlarm         int                 `cbor:",omitempty"`
	Threshold                   *float64            `cbor:",omitempty"`
	ComparisonOperator          string              `cbor:",omitempty"`
	TreatMissingData            string              `cbor:",omitempty"`
	ScheduledQueryConfiguration *queryConfiguration `cbor:",omitempty"`
	EvaluationState             string              `cbor:",omitempty"`
	WarmUpConfiguration         *warmUp             `cbor:",omitempty"`
}

type queryConfiguration struct {
	QueryString, AggregationExpression string
	LogGroupIdentifiers                []string
	ScheduledQueryRoleARN              string
	ScheduleConfiguration              scheduleConfiguration
}

type scheduleConfiguration struct {
	ScheduleExpression             string
	StartTimeOffset, EndTimeOffset int
}

// describeAlarms lists alarms by name: metric alarms only, unless the request names the types.
func describeAlarms(c *call) (any, error) {
	var in describeAlarmsInput
	size, t, err := begin(c, &in)
	if err != nil {
		return nil, err
	}
	out := describeAlarmsOutput{CompositeAlarms: []compositeAlarm{}, LogAlarms: []logAlarm{},
		MetricAlarms: []metricAlarm{},
		NextToken:    t.detour}
	if t.detour != "" {
		return out, nil
	}
	wants := in.filter(c.place.Alarms)
	for i := int(t.A); i < len(c.place.Alarms); i++ {
		a := &c.place.Alarms[i]
		if !wants(a) {
			continue
		}
		if len(out.MetricAlarms)+len(out.CompositeAlarms)+len(out.LogAlarms) == size {
			out.NextToken = t.next(i, 0)
			break
		}
		out.add(a, in.family())
	}
	return out, nil
}

// family reports whether the request asks for an alarm's children or parents, of which AWS tells less.
func (in *describeAlarmsInput) family() bool {
	return in.ChildrenOfAlarmName != "" || in.ParentsOfAlarmName != ""
}

func (in *describeAlarmsInput) token() *string { return &in.NextToken }

func (in *describeAlarmsInput) check(c *call) (size int, err error) {
	filtered := in.ActionPrefix != "" || in.AlarmNamePrefix != "" || len(in.AlarmNames) > 0 || len(in.AlarmTypes) > 0 ||
		in.StateValue != ""
	switch {
	case len(in.AlarmNames) > 0 && in.AlarmNamePrefix != "":
		return 0, combination.because("AlarmNames and AlarmNamePrefix cannot be used together.")
	case in.family() && (filtered || in.ChildrenOfAlarmName != "" && in.ParentsOfAlarmName != ""):
		return 0, combination.because("ChildrenOfAlarmName and ParentsOfAlarmName cannot be used with other parameters.")
	case len(in.AlarmNames) > alarmPage:
		return 0, c.service.invalid.because("The parameter AlarmNames must not hold more than %d names.", alarmPage)
	case in.StateValue != "" && !slices.Contains([]string{"OK", "ALARM", "INSUFFICIENT_DATA"}, in.StateValue):
		return 0, c.service.invalid.because("The parameter StateValue must be OK, ALARM or INSUFFICIENT_DATA.")
	}
	if err := checkAlarmTypes(c, in.AlarmTypes); err != nil {
		return 0, err
	}
	return recordLimit(c, in.MaxRecords)
}

func checkAlarmTypes(c *call, types []string) error {
	for _, t := range types {
		if !slices.Contains([]string{"MetricAlarm", "CompositeAlarm", "LogAlarm"}, t) {
			return c.service.invalid.because("The parameter AlarmTypes must hold MetricAlarm, CompositeAlarm or " +
				"LogAlarm.")
		}
	}
	return nil
}

func recordLimit(c *call, asked *int) (int, error) {
	if asked == nil {
		return alarmPageDefault, nil
	}
	return c.limit("maxRecords", *asked, alarmPage)
}

// isType reports whether the alarm is of the types asked for; none means metric alarms.
func isType(kind app.AlarmKind, types []string) bool {
	if len(types) == 0 {
		return kind == app.MetricAlarm
	}
	return slices.Contains(types, string(kind))
}

// filter returns the test that an alarm has to pass.
func (in *describeAlarmsInput) filter(alarms []app.Alarm) func(*app.Alarm) bool {
	switch {
	case in.ChildrenOfAlarmName != "":
		var children []string
		for _, a := range alarms {
			if a.Name == in.ChildrenOfAlarmName {
				children = a.Children()
			}
		}
		return func(a *app.Alarm) bool { return slices.Contains(children, a.Name) }
	case in.ParentsOfAlarmName != "":
		return func(a *app.Alarm) bool { return slices.Contains(a.Children(), in.ParentsOfAlarmName) }
	}
	return func(a *app.Alarm) bool {
		return isType(a.Kind, in.AlarmTypes) && strings.HasPrefix(a.Name, in.AlarmNamePrefix) &&
			(len(in.AlarmNames) == 0 || slices.Contains(in.AlarmNames, a.Name)) &&
			(in.StateValue == "" || in.StateValue == string(a.State)) &&
			(in.ActionPrefix == "" || slices.ContainsFunc(slices.Concat(a.AlarmActions, a.OKActions, a.NoDataActions),
				func(action string) bool { return strings.HasPrefix(action, in.ActionPrefix) }))
	}
}

// add puts an alarm into the answer; in short, only what AWS tells of an alarm's family.
func (out *describeAlarmsOutput) add(a *app.Alarm, short bool) {
	head := wireAlarmHead(a, short)
	switch {
	case a.Kind == app.CompositeAlarm && short:
		out.CompositeAlarms = append(out.CompositeAlarms, compositeAlarm{alarmHead: head})
	case a.Kind == app.CompositeAlarm:
		out.CompositeAlarms = append(out.CompositeAlarms, compositeAlarm{head, a.Rule})
	case a.Kind == app.LogAlarm:
		out.LogAlarms = append(out.LogAlarms, wireLogAlarm(a, head))
	case short:
		out.MetricAlarms = append(out.MetricAlarms, metricAlarm{alarmHead: head})
	default:
		out.MetricAlarms = append(out.MetricAlarms, wireMetricAlarm(a, head))
	}
}

func wireAlarmHead(a *app.Alarm, short bool) alarmHead {
	h := alarmHead{AlarmName: a.Name, AlarmArn: a.ARN, StateValue: string(a.State), StateUpdatedTimestamp: &a.Since}
	if short {
		return h
	}
	h.AlarmDescription, h.AlarmConfigurationUpdatedTimestamp = a.Description, &a.Configured
	h.ActionsEnabled, h.OKActions, h.AlarmActions, h.InsufficientDataActions = a.ActionsEnabled, a.OKActions,
		a.AlarmActions, a.NoDataActions
	h.StateReason, h.StateReasonData, h.StateTransitionedTimestamp = a.Reason, a.ReasonData, &a.Since
	return h
}

func wireMetricAlarm(a *app.Alarm, head alarmHead) metricAlarm {
	w := metricAlarm{
		alarmHead: head, EvaluationPeriods: a.EvaluationPeriods, DatapointsToAlarm: a.DatapointsToAlarm,
		Threshold: a.Threshold, ComparisonOperator: a.Comparison, TreatMissingData: a.TreatMissing, Unit: a.Unit,
		EvaluationState: string(a.Problem), EvaluationInterval: int(a.Interval / time.Second),
		WarmUpConfiguration: wireWarmUp(a),
	}
	if a.WallClock != nil {
		w.EvaluationWindow = &evaluationWindow{wallClockWindow{a.WallClock.Zone}}
	}
	if q := a.PromQL; q != nil {
		w.EvaluationCriteria = &evaluationCriteria{promQLCriteria{q.Query, int(q.Pending / time.Second),
			int(q.Recovery / time.Second)}}
		return w
	}
	if len(a.Queries) > 0 { // what they read, AWS tells of them only
		for _, q := range a.Queries {
			w.Metrics = append(w.Metrics, wireMetricQuery(q))
		}
		if a.HasContributors() { // of which no other line tells it
			w.Metrics[0].Period = int(a.Period / time.Second)
		}
		return w
	}
	w.Period = int(a.Period / time.Second)
	if plainStatistic(a.Statistic) {
		w.Statistic = a.Statistic
	} else {
		w.ExtendedStatistic = a.Statistic
	}
	if a.Metric != nil {
		w.Namespace, w.MetricName, w.Dimensions = a.Metric.Namespace, a.Metric.Name, wireDimensions(a.Metric.Dimensions)
	}
	return w
}

func wireWarmUp(a *app.Alarm) *warmUp {
	if a.WarmUp == nil {
		return nil
	}
	return &warmUp{int(a.WarmUp.Length / time.Minute), a.WarmUp.Whole}
}

func wireLogAlarm(a *app.Alarm, head alarmHead) logAlarm {
	return logAlarm{
		alarmHead: head, QueryResultsToEvaluate: a.EvaluationPeriods, QueryResultsToAlarm: a.DatapointsToAlarm,
		Threshold: a.Threshold, ComparisonOperator: a.Comparison, TreatMissingData: a.TreatMissing,
		EvaluationState: string(a.Problem), WarmUpConfiguration: wireWarmUp(a),
		ScheduledQueryConfiguration: &queryConfiguration{
			QueryString: a.Log.Text, AggregationExpression: a.Log.Aggregation, LogGroupIdentifiers: a.Log.Groups,
			ScheduledQueryRoleARN: "arn:aws:iam::" + a.Account + ":role/log-alarms",
			ScheduleConfiguration: scheduleConfiguration{a.Log.Schedule, int(a.Log.Begin / time.Second),
				int(a.Log.End / time.Second)},
		},
	}
}

func wireMetricQuery(q app.MetricQuery) metricDataQuery {
	w := metricDataQuery{Id: q.ID, Label: q.Label, Expression: q.Expression, ReturnData: &q.Compared}
	if r := q.Reading; r != nil {
		w.MetricStat = &metricStat{Metric: wireMetric(r.Metric), Period: int(r.Period / time.Second), Stat: r.Statistic}
	}
	return w
}

type describeAlarmHistoryInput struct {
	AlarmName, AlarmContributorId string
	AlarmTypes                    []string
	HistoryItemType               string
	StartDate, EndDate            *time.Time
	MaxRecords                    *int
	NextToken                     string
	ScanBy                        string
}

type describeAlarmHistoryOutput struct {
	AlarmHistoryItems []historyItem
	NextToken         string `cbor:",omitempty"`
}

type historyItem struct {
	AlarmName, AlarmType            string
	Timestamp                       time.Time
	HistoryItemType, HistorySummary string
	HistoryData                     string            `cbor:",omitempty"`
	AlarmContributorId              string            `cbor:",omitempty"`
	AlarmContributorAttributes      map[string]string `cbor:",omitempty"`
}

// historyTypes are the values of HistoryItemType.
var historyTypes = []string{"ConfigurationUpdate", "StateUpdate", "Action", "AlarmContributorStateUpdate",
	"AlarmContributorAction"}

// describeAlarmHistory lists what happened to alarms, newest first unless asked otherwise; to metric alarms only,
// unless the request names the types.
func describeAlarmHistory(c *call) (any, error) {
	var in describeAlarmHistoryInput
	size, t, err := begin(c, &in)
	if err != nil {
		return nil, err
	}
	out := describeAlarmHistoryOutput{AlarmHistoryItems: []historyItem{}, NextToken: t.detour}
	if t.detour != "" {
		return out, nil
	}
	kinds := map[string]app.AlarmKind{}
	for _, a := range c.place.Alarms {
		kinds[a.Name] = a.Kind
	}
	at, end, step := in.walk(c)
	if t.A > 0 {
		at = int(t.A) - 1
	}
	for ; (end-at)*step > 0; at += step {
		h := &c.place.History[at]
		if !in.wants(h, kinds[h.Alarm]) || !c.sees(h.At, h.Alarm+h.Summary, historyDelays) {
			continue
		}
		if len(out.AlarmHistoryItems) == size {
			out.NextToken = t.next(at+1, 0) // one more than the index: walking backwards may go to -1
			break
		}
		out.AlarmHistoryItems = append(out.AlarmHistoryItems,
			historyItem{h.Alarm, string(kinds[h.Alarm]), h.At, string(h.Kind), h.Summary, h.Data,
				h.Contributor, h.Attributes})
	}
	return out, nil
}

func (in *describeAlarmHistoryInput) token() *string { return &in.NextToken }

func (in *describeAlarmHistoryInput) check(c *call) (size int, err error) {
	switch {
	case in.HistoryItemType != "" && !slices.Contains(historyTypes, in.HistoryItemType):
		return 0, c.service.invalid.because("The parameter HistoryItemType must be one of %s.",
			strings.Join(historyTypes, ", "))
	case in.StartDate != nil && in.EndDate != nil && in.StartDate.After(*in.EndDate):
		return 0, c.service.invalid.because("The parameter StartDate must not be after EndDate.")
	}
	if err := checkScanBy(c, in.ScanBy); err != nil {
		return 0, err
	}
	if err := checkAlarmTypes(c, in.AlarmTypes); err != nil {
		return 0, err
	}
	return recordLimit(c, in.MaxRecords)
}

// walk returns the indexes to look at: from at to before end, by step. Both dates are inclusive.
func (in *describeAlarmHistoryInput) walk(c *call) (at, end, step int) {
	from, to := c.now.Add(-historyRetention), endOfTime
	if in.StartDate != nil && in.StartDate.After(from) {
		from = *in.StartDate
	}
	if in.EndDate != nil {
		to = in.EndDate.Add(time.Millisecond)
	}
	first, last := between(len(c.place.History), func(i int) time.Time { return c.place.History[i].At }, from, to)
	if in.ScanBy == ascending {
		return first, last, 1
	}
	return last - 1, first - 1, -1
}

func (in *describeAlarmHistoryInput) wants(h *app.AlarmHistoryItem, kind app.AlarmKind) bool {
	return isType(kind, in.AlarmTypes) && (in.AlarmContributorId == "" || in.AlarmContributorId == h.Contributor) &&
		(in.AlarmName == "" || in.AlarmName == h.Alarm) &&
		(in.HistoryItemType == "" || in.HistoryItemType == string(h.Kind))
}
