package simulator

import (
	"cmp"
	"regexp"
	"slices"
	"sort"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/providers/simulator/world"
)

// Limits of CloudWatch (CloudWatch API reference and quotas).
const (
	metricPage   = 500           // ListMetrics: metrics a page
	activeWithin = 3 * time.Hour // ListMetrics: what RecentlyActive means
	filterLimit  = 10            // ListMetrics: dimension filters a request
)

// monitoringService is Amazon CloudWatch: metrics and alarms.
func monitoringService() *service {
	return &service{
		prefix: "cloudwatch", signing: "monitoring", target: "GraniteServiceVersion20100801", wire: newCBORWire(),

		throttled: refusal{status: 400, code: "ThrottlingException", old: "Throttling", outcome: outcomeThrottled},
		denied:    refusal{status: 403, code: "AccessDeniedException", old: "AccessDenied", outcome: outcomeDenied},
		expired:   refusal{status: 403, code: "ExpiredTokenException", old: "ExpiredToken", outcome: outcomeExpired},
		unsigned: refusal{status: 403, code: "MissingAuthenticationTokenException",
			old: "MissingAuthenticationToken"},
		badlySigned: refusal{status: 403, code: "IncompleteSignatureException", old: "IncompleteSignature"},
		broken: refusal{status: 500, code: "InternalServiceFault", old: "InternalServiceError",
			outcome: outcomeFailed},
		unknown:    refusal{status: 404, code: "UnknownOperationException", old: "InvalidAction"},
		unreadable: refusal{status: 400, code: "SerializationException", old: "MalformedInput"},
		invalid:    refusal{status: 400, code: "InvalidParameterValueException", old: "InvalidParameterValue"},
		badToken:   refusal{status: 400, code: "InvalidNextToken", message: "The next token specified is invalid."},

		operations: []operation{
			{name: "ListMetrics", rate: 25, answer: listMetrics},
			{name: "GetMetricData", rate: 500, answer: metricData},
			{name: "DescribeAlarms", rate: 9, answer: describeAlarms},
			{name: "DescribeAlarmHistory", rate: 20, answer: describeAlarmHistory},
			{name: "DescribeAlarmContributors", rate: 20, answer: describeAlarmContributors},
			{name: "ListAlarmMuteRules", rate: 20, answer: listAlarmMuteRules},
			{name: "GetAlarmMuteRule", rate: 20, answer: getAlarmMuteRule},
			{name: "DescribeAnomalyDetectors", rate: 20, answer: describeAnomalyDetectors},
		},
	}
}

// missing and combination are further refusals of CloudWatch.
var (
	missing     = refusal{status: 400, code: "MissingRequiredParameterException", old: "MissingParameter"}
	combination = refusal{status: 400, code: "InvalidParameterCombinationException", old: "InvalidParameterCombination"}
)

type listMetricsInput struct {
	Namespace, MetricName string
	Dimensions            []dimension
	RecentlyActive        string
	IncludeLinkedAccounts bool
	OwningAccount         string
	NextToken             string
}

type dimension struct{ Name, Value string }

type listMetricsOutput struct {
	Metrics   []metric
	NextToken string `cbor:",omitempty"`
}

type metric struct {
	Namespace, MetricName string
	Dimensions            []dimension
}

func wireMetric(m app.Metric) metric {
	return metric{m.Namespace, m.Name, wireDimensions(m.Dimensions)}
}

func wireDimensions(dims []app.Dimension) []dimension {
	wire := make([]dimension, len(dims))
	for i, d := range dims {
		wire[i] = dimension(d)
	}
	return wire
}

// identity returns the identity that a request names, whatever the order of its dimensions.
func (m metric) identity() app.Metric {
	dims := make([]app.Dimension, len(m.Dimensions))
	for i, d := range m.Dimensions {
		dims[i] = app.Dimension(d)
	}
	return app.NewMetric(m.Namespace, m.MetricName, dims...)
}

// listMetrics lists the metrics that have data.
func listMetrics(c *call) (any, error) {
	var in listMetricsInput
	if err := c.read(&in); err != nil {
		return nil, err
	}
	switch {
	case in.RecentlyActive != "" && in.RecentlyActive != "PT3H":
		return nil, c.service.invalid.because("The parameter RecentlyActive must be PT3H.")
	case len(in.Dimensions) > filterLimit:
		return nil, c.service.invalid.because("The parameter Dimensions must not hold more than %d filters.",
			filterLimit)
	case in.OwningAccount != "" && !in.IncludeLinkedAccounts:
		return nil, combination.because("OwningAccount can be given only with IncludeLinkedAccounts.")
	}
	token := in.NextToken
	in.NextToken = ""
	t, err := c.turn(token, in)
	if err != nil {
		return nil, err
	}
	out := listMetricsOutput{Metrics: []metric{}, NextToken: t.detour}
	if t.detour != "" {
		return out, nil
	}
	for i := int(t.A); i < len(c.place.Metrics); i++ {
		m := &c.place.Metrics[i]
		if !in.wants(m.Metric) || in.RecentlyActive != "" && !active(m, c.now) {
			continue
		}
		if len(out.Metrics) == metricPage {
			out.NextToken = t.next(i, 0)
			break
		}
		out.Metrics = append(out.Metrics, wireMetric(m.Metric))
	}
	return out, nil
}

func (in *listMetricsInput) wants(m app.Metric) bool {
	if in.Namespace != "" && in.Namespace != m.Namespace || in.MetricName != "" && in.MetricName != m.Name {
		return false
	}
	for _, d := range in.Dimensions {
		if !slices.ContainsFunc(m.Dimensions, func(has app.Dimension) bool {
			return has.Name == d.Name && (d.Value == "" || has.Value == d.Value)
		}) {
			return false
		}
	}
	return true
}

// active reports whether the metric has had data lately.
func active(m *world.Recorded, now time.Time) bool {
	return len(m.Samples) > 0 && !m.Samples[len(m.Samples)-1].At.Before(now.Add(-activeWithin))
}

// Limits of GetMetricData (CloudWatch API reference, GetMetricData).
const (
	maxQueries = app.MaxReadings
	maxPoints  = app.MaxPoints
)

// queryID is what the id of a query must look like.
var queryID = regexp.MustCompile(`^[a-z][a-zA-Z0-9_]{0,254}$`)

type metricDataInput struct {
	StartTime, EndTime *time.Time
	MetricDataQueries  []metricDataQuery
	MaxDatapoints      *int
	NextToken          string
	ScanBy             string
	LabelOptions       *struct{ Timezone string }
}

type metricDataQuery struct {
	Id         string
	MetricStat *metricStat `cbor:",omitempty"`
	Expression string      `cbor:",omitempty"`
	Label      string      `cbor:",omitempty"`
	Period     int         `cbor:",omitempty"`
	ReturnData *bool       `cbor:",omitempty"`
	AccountId  string      `cbor:",omitempty"`
}

type metricStat struct {
	Metric metric
	Period int
	Stat   string
	Unit   string `cbor:",omitempty"`
}

type metricDataOutput struct {
	MetricDataResults []metricDataResult
	Messages          []struct{}
	NextToken         string `cbor:",omitempty"`
}

type metricDataResult struct {
	Id         string
	Label      string
	StatusCode string // Complete, or PartialData when more of it is on the next page
	Timestamps []time.Time
	Values     []float64
}

// metricData answers with the datapoints of up to 500 metrics. A page ends after maxPoints datapoints, in the middle
// of a metric if need be, which then says PartialData and goes on under the same id.
func metricData(c *call) (any, error) {
	var in metricDataInput
	left, t, err := begin(c, &in)
	if err != nil {
		return nil, err
	}
	out := metricDataOutput{MetricDataResults: []metricDataResult{}, Messages: []struct{}{}, NextToken: t.detour}
	if t.detour != "" {
		return out, nil
	}
	for i := int(t.A); i < len(in.MetricDataQueries); i++ {
		q := &in.MetricDataQueries[i]
		if q.ReturnData != nil && !*q.ReturnData {
			continue
		}
		points := in.points(c, q)
		if i == int(t.A) && t.B > 0 {
			points = after(points, time.Unix(t.B, 0), in.ScanBy)
		}
		if left == 0 {
			out.NextToken = t.next(i, 0)
			break
		}
		result := q.result(points[:min(left, len(points))])
		left -= len(result.Values)
		if rest := len(points) - len(result.Values); rest > 0 {
			result.StatusCode = "PartialData"
			out.NextToken = t.next(i, int(result.Timestamps[len(result.Timestamps)-1].Unix()))
			i = len(in.MetricDataQueries)
		}
		out.MetricDataResults = append(out.MetricDataResults, result)
	}
	return out, nil
}

func (q *metricDataQuery) result(points []app.Point) metricDataResult {
	r := metricDataResult{
		Id: q.Id, Label: cmp.Or(q.Label, q.MetricStat.Metric.MetricName), StatusCode: "Complete",
		Timestamps: make([]time.Time, len(points)), Values: make([]float64, len(points)),
	}
	for i, p := range points {
		r.Timestamps[i], r.Values[i] = p.At, p.Value
	}
	return r
}

func (in *metricDataInput) token() *string { return &in.NextToken }

// check returns how many datapoints a page may hold.
func (in *metricDataInput) check(c *call) (points int, err error) {
	switch {
	case in.StartTime == nil || in.EndTime == nil:
		return 0, missing.because("The parameters StartTime and EndTime are required.")
	case !in.StartTime.Before(*in.EndTime):
		return 0, c.service.invalid.because("The parameter StartTime must be less than the parameter EndTime.")
	case len(in.MetricDataQueries) == 0:
		return 0, missing.because("The parameter MetricDataQueries is required.")
	case len(in.MetricDataQueries) > maxQueries:
		return 0, c.service.invalid.because("The collection MetricDataQueries must not have a size greater than %d.",
			maxQueries)
	}
	if err := checkScanBy(c, in.ScanBy); err != nil {
		return 0, err
	}
	ids := map[string]bool{}
	for i := range in.MetricDataQueries {
		q := &in.MetricDataQueries[i]
		if ids[q.Id] {
			return 0, c.service.invalid.because("The values for parameter id in MetricDataQueries are not unique.")
		}
		ids[q.Id] = true
		if err := q.check(c); err != nil {
			return 0, err
		}
	}
	if in.MaxDatapoints == nil {
		return maxPoints, nil
	}
	return c.limit("maxDatapoints", *in.MaxDatapoints, maxPoints)
}

func (q *metricDataQuery) check(c *call) error {
	refuse := c.service.invalid.because
	switch {
	case !queryID.MatchString(q.Id):
		return refuse("The value %q for parameter MetricDataQueries.member.Id does not match the expression %s.", q.Id,
			queryID)
	case (q.MetricStat == nil) == (q.Expression == ""):
		return combination.because("The query %s must have either MetricStat or Expression.", q.Id)
	case q.Expression != "":
		return refuse("Error in expression %q: the simulator does not evaluate metric math.", q.Id)
	case q.AccountId != "" && q.AccountId != c.scope.Account:
		return refuse("The account %s is not linked to this one.", q.AccountId)
	case q.MetricStat.Metric.Namespace == "" || q.MetricStat.Metric.MetricName == "":
		return missing.because("The parameters MetricStat.Metric.Namespace and MetricName are required.")
	case !validPeriod(q.MetricStat.Period):
		return refuse("The parameter MetricStat.Period must be 1, 5, 10, 20, 30 or a multiple of 60, not %d.",
			q.MetricStat.Period)
	case !plainStatistic(q.MetricStat.Stat) && !percentile.MatchString(q.MetricStat.Stat):
		return refuse("The value %s for parameter MetricStat.Stat is not supported.", q.MetricStat.Stat)
	}
	return nil
}

func validPeriod(seconds int) bool {
	return slices.Contains([]int{1, 5, 10, 20, 30}, seconds) || seconds > 0 && seconds%60 == 0
}

// plainStatistic reports whether the statistic is one of the five of standard resolution.
func plainStatistic(name string) bool {
	return slices.Contains([]string{"SampleCount", "Average", "Sum", "Minimum", "Maximum"}, name)
}

// percentile is the one extended statistic that the simulator computes: p50, p99.9.
var percentile = regexp.MustCompile(`^p(100|\d{1,2}(\.\d{1,10})?)$`)

// points returns the datapoints of a query in the order asked for.
func (in *metricDataInput) points(c *call, q *metricDataQuery) []app.Point {
	m := c.place.metrics[q.MetricStat.Metric.identity().Key()]
	if m == nil || q.MetricStat.Unit != "" && q.MetricStat.Unit != m.Unit {
		return nil
	}
	period := time.Duration(q.MetricStat.Period) * time.Second
	within := in.within(c.now, period)
	part := *m // only the samples that count are read: a page must not cost the whole day
	first, end := between(len(m.Samples), func(i int) time.Time { return m.Samples[i].At }, within.From.Add(-period),
		within.To.Add(period))
	part.Samples = c.samplesNow(m.Metric.Key(), m.Samples[first:end])
	points := part.Points(q.MetricStat.Stat, period, within)
	points = slices.DeleteFunc(points, func(p app.Point) bool { return p.At.After(c.latest()) })
	if in.ScanBy != ascending {
		slices.Reverse(points)
	}
	return points
}

// within is the range asked for, its start rounded down as AWS does, as far as datapoints of the period are kept.
func (in *metricDataInput) within(now time.Time, period time.Duration) app.Range {
	from, step := *in.StartTime, time.Minute
	switch age := now.Sub(from); {
	case period < time.Minute:
		step = period
	case age > 63*24*time.Hour:
		step = time.Hour
	case age > 15*24*time.Hour:
		step = 5 * time.Minute
	}
	within := app.Range{From: from.Truncate(step), To: *in.EndTime}
	return within.Intersect(app.Range{From: now.Add(-kept(period)), To: endOfTime})
}

// kept is how long CloudWatch keeps datapoints of a period (GetMetricData, "CloudWatch retains metric data as
// follows").
func kept(period time.Duration) time.Duration {
	const day = 24 * time.Hour
	switch {
	case period%time.Hour == 0:
		return 455 * day
	case period%(5*time.Minute) == 0:
		return 63 * day
	case period%time.Minute == 0:
		return 15 * day
	}
	return 3 * time.Hour
}

// after drops the points up to and including the one at last, in the order of the scan.
func after(points []app.Point, last time.Time, order string) []app.Point {
	i := sort.Search(len(points), func(i int) bool {
		if order == ascending {
			return points[i].At.After(last)
		}
		return points[i].At.Before(last)
	})
	return points[i:]
}

// The orders of ScanBy; descending is the default.
const (
	ascending  = "TimestampAscending"
	descending = "TimestampDescending"
)

func checkScanBy(c *call, order string) error {
	if order != "" && order != ascending && order != descending {
		return c.service.invalid.because("The parameter ScanBy must be %s or %s.", descending, ascending)
	}
	return nil
}
