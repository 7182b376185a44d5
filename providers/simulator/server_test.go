package simulator

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/cloudtrail"
	cttypes "github.com/aws/aws-sdk-go-v2/service/cloudtrail/types"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatch"
	cwtypes "github.com/aws/aws-sdk-go-v2/service/cloudwatch/types"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	"github.com/aws/aws-sdk-go-v2/service/xray"
	"github.com/aws/smithy-go"
)

func TestGetCallerIdentity(t *testing.T) {
	b := open(t, Faults{Deny: []string{"sts:*", "*"}}) // which AWS does not honour either
	out := must[*sts.GetCallerIdentityOutput](t)(b.who().GetCallerIdentity(t.Context(), &sts.GetCallerIdentityInput{}))
	if *out.Account != shop.Account || *out.Arn != "arn:aws:iam::111122223333:user/oncall" ||
		!strings.HasPrefix(*out.UserId, "AIDA") {
		t.Errorf("identity %s %s %s", *out.Account, *out.Arn, *out.UserId)
	}
}

// TestWhoAsks checks that the access key says the account and the credential scope the Region.
func TestWhoAsks(t *testing.T) {
	b := open(t, Faults{})
	for name, c := range map[string]struct {
		key, region, account string
		groups               int
	}{
		"the first account":   {"AKIA111122223333", "eu-west-1", shop.Account, 50},
		"the second":          {"AKIA444455556666", "us-east-1", data.Account, 1},
		"in another Region":   {"AKIA444455556666", "eu-west-1", data.Account, 0},
		"an unknown Region":   {"AKIA111122223333", "mars-north-1", shop.Account, 0},
		"an unknown key":      {"AKIAIOSFODNN7EXAMPLE", "eu-west-1", shop.Account, 50},
		"a temporary session": {"ASIA444455556666", "us-east-1", data.Account, 1},
	} {
		t.Run(name, func(t *testing.T) {
			cfg := b.config(shop)
			cfg.Region = c.region
			cfg.Credentials = aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) {
				return aws.Credentials{AccessKeyID: c.key, SecretAccessKey: "x"}, nil
			})
			who := must[*sts.GetCallerIdentityOutput](t)(sts.NewFromConfig(cfg).GetCallerIdentity(t.Context(),
				&sts.GetCallerIdentityInput{}))
			groups := must[*cloudwatchlogs.DescribeLogGroupsOutput](t)(cloudwatchlogs.NewFromConfig(cfg).DescribeLogGroups(t.Context(), &cloudwatchlogs.DescribeLogGroupsInput{}))
			if *who.Account != c.account || len(groups.LogGroups) != c.groups {
				t.Errorf("account %s with %d groups, want %s with %d", *who.Account, len(groups.LogGroups), c.account,
					c.groups)
			}
		})
	}
}

// code returns AWS's code of an error.
func code(err error) string {
	var api smithy.APIError
	if errors.As(err, &api) {
		return api.ErrorCode()
	}
	if err != nil {
		return "no answer of AWS: " + err.Error()
	}
	return "no error"
}

// failing makes a call for its error alone.
func failing[T any](_ T, err error) error { return err }

// TestRefusals makes every mistake that AWS refuses, and wants AWS's code for it.
func TestRefusals(t *testing.T) {
	b := open(t, Faults{})
	cw, logs, traces, trail := b.metrics(), b.logs(), b.traces(), b.trail()
	early, late := anchor.Add(-7*time.Hour), anchor
	series := func(change func(*cloudwatch.GetMetricDataInput)) error {
		in := cloudwatch.GetMetricDataInput{StartTime: &early, EndTime: &late,
			MetricDataQueries: []cwtypes.MetricDataQuery{query(0, "Sum", 60)}}
		change(&in)
		return failing(cw.GetMetricData(t.Context(), &in))
	}
	events := func(change func(*cloudwatchlogs.FilterLogEventsInput)) error {
		in := cloudwatchlogs.FilterLogEventsInput{LogGroupName: aws.String("/aws/lambda/f000")}
		change(&in)
		return failing(logs.FilterLogEvents(t.Context(), &in))
	}
	lookup := func(in cloudtrail.LookupEventsInput) error { return failing(trail.LookupEvents(t.Context(), &in)) }
	alarms := func(in cloudwatch.DescribeAlarmsInput) error { return failing(cw.DescribeAlarms(t.Context(), &in)) }
	type metricData = *cloudwatch.GetMetricDataInput
	type filter = *cloudwatchlogs.FilterLogEventsInput
	long := make([]cwtypes.MetricDataQuery, 501)
	for i := range long {
		long[i] = query(i, "Sum", 60)
	}
	for name, c := range map[string]struct {
		err  error
		want string
	}{
		"501 queries": {series(func(in metricData) { in.MetricDataQueries = long }),
			"InvalidParameterValue"},
		"no query": {series(func(in metricData) { in.MetricDataQueries = []cwtypes.MetricDataQuery{} }),
			"MissingParameter"},
		"an id twice": {series(func(in metricData) {
			in.MetricDataQueries = append(in.MetricDataQueries,
				query(0, "Sum", 60))
		}), "InvalidParameterValue"},
		"an id in upper case": {series(func(in metricData) { in.MetricDataQueries[0].Id = aws.String("Q") }),
			"InvalidParameterValue"},
		"a period of 90 seconds": {series(func(in metricData) { in.MetricDataQueries[0].MetricStat.Period = aws.Int32(90) }), "InvalidParameterValue"},
		"an unknown statistic":   {series(func(in metricData) { in.MetricDataQueries[0].MetricStat.Stat = aws.String("Median") }), "InvalidParameterValue"},
		"metric math": {series(func(in metricData) {
			in.MetricDataQueries[0] = cwtypes.MetricDataQuery{Id: aws.String("e"), Expression: aws.String("1")}
		}), "InvalidParameterValue"},
		"neither metric nor math": {series(func(in metricData) { in.MetricDataQueries[0].MetricStat = nil }),
			"InvalidParameterCombination"},
		"start after end": {series(func(in metricData) {
			in.StartTime, in.EndTime = in.EndTime,
				in.StartTime
		}), "InvalidParameterValue"},
		"too many points a page": {series(func(in metricData) { in.MaxDatapoints = aws.Int32(100_801) }),
			"InvalidParameterValue"},
		"an unknown order": {series(func(in metricData) { in.ScanBy = "Sideways" }), "InvalidParameterValue"},
		"a made-up metric token": {series(func(in metricData) { in.NextToken = aws.String("AAAA") }),
			"InvalidNextToken"},
		"recently, not 3 hours": {failing(cw.ListMetrics(t.Context(),
			&cloudwatch.ListMetricsInput{RecentlyActive: "PT1H"})), "InvalidParameterValue"},
		"101 alarms a page": {alarms(cloudwatch.DescribeAlarmsInput{MaxRecords: aws.Int32(101)}),
			"InvalidParameterValue"},
		"names and prefix": {alarms(cloudwatch.DescribeAlarmsInput{AlarmNames: []string{"a"},
			AlarmNamePrefix: aws.String("a")}), "InvalidParameterCombination"},
		"children and more": {alarms(cloudwatch.DescribeAlarmsInput{ChildrenOfAlarmName: aws.String("a"),
			StateValue: "OK"}), "InvalidParameterCombination"},
		"an unknown type of alarm": {alarms(cloudwatch.DescribeAlarmsInput{AlarmTypes: []cwtypes.AlarmType{"Fire"}}),
			"InvalidParameterValue"},
		"a group that is not": {events(func(in filter) { in.LogGroupName = aws.String("/none") }),
			"ResourceNotFoundException"},
		"no group": {events(func(in filter) { in.LogGroupName = nil }), "InvalidParameterException"},
		"names and prefix of streams": {events(func(in filter) {
			in.LogStreamNames, in.LogStreamNamePrefix = []string{"a"}, aws.String("a")
		}), "InvalidParameterException"},
		"10,001 events a page": {events(func(in filter) { in.Limit = aws.Int32(10_001) }),
			"InvalidParameterException"},
		"end before start": {events(func(in filter) { in.StartTime, in.EndTime = aws.Int64(2), aws.Int64(1) }),
			"InvalidParameterException"},
		"a JSON pattern": {events(func(in filter) { in.FilterPattern = aws.String(`{ $.a = "b" }`) }),
			"InvalidParameterException"},
		"backwards from ever": {events(func(in filter) { in.StartFromHead = aws.Bool(false) }),
			"InvalidParameterException"},
		"a made-up log token": {events(func(in filter) { in.NextToken = aws.String("b/1234") }),
			"InvalidParameterException"},
		"51 groups a page": {failing(logs.DescribeLogGroups(t.Context(),
			&cloudwatchlogs.DescribeLogGroupsInput{Limit: aws.Int32(51)})), "InvalidParameterException"},
		"seven hours of traces": {failing(traces.GetTraceSummaries(t.Context(),
			&xray.GetTraceSummariesInput{StartTime: &early, EndTime: &late})), "InvalidRequestException"},
		"seven hours of graph": {failing(traces.GetServiceGraph(t.Context(),
			&xray.GetServiceGraphInput{StartTime: &early, EndTime: &late})), "InvalidRequestException"},
		"six trace ids": {failing(traces.BatchGetTraces(t.Context(),
			&xray.BatchGetTracesInput{TraceIds: make([]string, 6)})), "InvalidRequestException"},
		"an unknown operation": {failing(traces.GetGroups(t.Context(), &xray.GetGroupsInput{})),
			"UnknownOperationException"},
		"an unknown metric call": {failing(cw.ListDashboards(t.Context(), &cloudwatch.ListDashboardsInput{})),
			"InvalidAction"},
		"an unknown log call": {failing(logs.DescribeDestinations(t.Context(),
			&cloudwatchlogs.DescribeDestinationsInput{})), "UnknownOperationException"},
		"an unknown trail call": {failing(trail.ListTrails(t.Context(), &cloudtrail.ListTrailsInput{})),
			"UnknownOperationException"},
		"an unknown identity call": {failing(b.who().GetFederationToken(t.Context(),
			&sts.GetFederationTokenInput{Name: aws.String("ann")})), "InvalidAction"},
		"51 trail events a page": {lookup(cloudtrail.LookupEventsInput{MaxResults: aws.Int32(51)}),
			"InvalidMaxResultsException"},
		"a made-up trail token": {lookup(cloudtrail.LookupEventsInput{NextToken: aws.String("x")}),
			"InvalidNextTokenException"},
		"trail end before start": {lookup(cloudtrail.LookupEventsInput{StartTime: &late, EndTime: &early}),
			"InvalidTimeRangeException"},
		"an unknown attribute": {lookup(cloudtrail.LookupEventsInput{LookupAttributes: []cttypes.LookupAttribute{
			{AttributeKey: "Colour", AttributeValue: aws.String("blue")}}}), "InvalidLookupAttributesException"},
	} {
		if got := code(c.err); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

// TestTokensAreBound checks that a token is good for the very question that it was given for.
func TestTokensAreBound(t *testing.T) {
	b := open(t, Faults{})
	first := must[*cloudtrail.LookupEventsOutput](t)(b.trail().LookupEvents(t.Context(),
		&cloudtrail.LookupEventsInput{MaxResults: aws.Int32(20)}))
	for name, c := range map[string]struct {
		client *cloudtrail.Client
		in     cloudtrail.LookupEventsInput
		want   string
	}{
		"the same question": {b.trail(), cloudtrail.LookupEventsInput{MaxResults: aws.Int32(20)}, "no error"},
		"another page size": {b.trail(), cloudtrail.LookupEventsInput{MaxResults: aws.Int32(21)},
			"InvalidNextTokenException"},
		"another range": {b.trail(), cloudtrail.LookupEventsInput{MaxResults: aws.Int32(20), EndTime: &anchor},
			"InvalidNextTokenException"},
		"in another account": {cloudtrail.NewFromConfig(b.config(data)),
			cloudtrail.LookupEventsInput{MaxResults: aws.Int32(20)}, "InvalidNextTokenException"},
	} {
		c.in.NextToken = first.NextToken
		if got := code(failing(c.client.LookupEvents(t.Context(), &c.in))); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

// TestUnsigned checks what each protocol says to a request without or with a broken Authorization header.
func TestUnsigned(t *testing.T) {
	b := open(t, Faults{})
	sign := func(service string) string {
		return "AWS4-HMAC-SHA256 Credential=AKIA111122223333/20250314/eu-west-1/" + service +
			"/aws4_request, SignedHeaders=host, Signature=0"
	}
	ask := func(path, contentType, target, authorization, body string) (int, string) {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, b.url+path, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		for name, value := range map[string]string{"Content-Type": contentType, "X-Amz-Target": target,
			"Authorization": authorization} {
			if value != "" {
				r.Header.Set(name, value)
			}
		}
		answer := must[*http.Response](t)(http.DefaultClient.Do(r))
		defer answer.Body.Close()
		text := must[[]byte](t)(io.ReadAll(answer.Body))
		return answer.StatusCode, string(text) + answer.Header.Get("X-Amzn-Errortype")
	}
	const jsonType, form = "application/x-amz-json-1.1", "application/x-www-form-urlencoded"
	for name, c := range map[string]struct {
		path, contentType, target, authorization, body string
		status                                         int
		want                                           string
	}{
		"logs, unsigned": {"/", jsonType, "Logs_20140328.DescribeLogGroups", "", "{}", 400,
			`"MissingAuthenticationTokenException"`},
		"trail, unsigned": {"/", jsonType, "CloudTrail_20131101.LookupEvents", "", "{}", 400,
			"MissingAuthenticationTokenException"},
		"trail, long target": {"/", jsonType, "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.LookupEvents",
			sign("cloudtrail"), "{}", 200, "event-129"},
		"X-Ray, unsigned": {"/TraceSummaries", "application/json", "", "", "{}", 403,
			"MissingAuthenticationTokenException"},
		"metrics, unsigned": {"/service/GraniteServiceVersion20100801/operation/ListMetrics", "application/cbor", "",
			"", "\xa0", 403, "MissingAuthenticationToken"},
		"STS, unsigned": {"/", form, "", "", "Action=GetCallerIdentity&Version=2011-06-15", 403,
			"<Code>MissingAuthenticationToken</Code>"},
		"signed for another": {"/", jsonType, "Logs_20140328.DescribeLogGroups", sign("xray"), "{}", 400,
			"correct service: 'logs'"},
		"badly signed": {"/", jsonType, "Logs_20140328.DescribeLogGroups", "Basic x", "{}", 400,
			"IncompleteSignatureException"},
		"not JSON": {"/", jsonType, "Logs_20140328.DescribeLogGroups", sign("logs"), "{", 400,
			"SerializationException"},
		"wrong type": {"/", jsonType, "Logs_20140328.DescribeLogGroups", sign("logs"), `{"limit":"many"}`,
			400, "SerializationException"},
		"unknown members": {"/", jsonType, "Logs_20140328.DescribeLogGroups", sign("logs"), `{"colour":"blue"}`,
			200, "logGroups"},
		"not CBOR": {"/service/GraniteServiceVersion20100801/operation/ListMetrics", "application/cbor", "",
			sign("monitoring"), "\xff", 400, "SerializationException"},
		"no service":    {"/", "text/plain", "", "", "hello", 404, "knows no AWS service"},
		"an empty body": {"/", jsonType, "Logs_20140328.DescribeLogGroups", sign("logs"), "", 200, "logGroups"},
		"more than one object": {"/", jsonType, "Logs_20140328.DescribeLogGroups", sign("logs"), "{}{}", 400,
			"SerializationException"},
	} {
		if status, text := ask(c.path, c.contentType, c.target, c.authorization, c.body); status != c.status ||
			!strings.Contains(text, c.want) {
			t.Errorf("%s: %d %.200s, want %d %s", name, status, text, c.status, c.want)
		}
	}
}

// TestStart checks that the server listens on loopback only, and stops with its context.
func TestStart(t *testing.T) {
	s := New(handMade(), Options{})
	for _, addr := range []string{"0.0.0.0:0", ":0", "[::]:0", "192.0.2.1:0", "example.com:80", "127.0.0.1"} {
		if _, _, err := s.Start(t.Context(), addr); !errors.Is(err, errNotLoopback) {
			t.Errorf("%s: %v, want a refusal", addr, err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	url, wait, err := s.Start(ctx, "localhost:0")
	if err != nil {
		t.Fatal(err)
	}
	b := bench{s, url}
	must[*sts.GetCallerIdentityOutput](t)(b.who().GetCallerIdentity(t.Context(), &sts.GetCallerIdentityInput{}))
	cancel()
	if err := wait(); err != nil {
		t.Errorf("stopped with %v", err)
	}
	if _, err := b.who().GetCallerIdentity(t.Context(), &sts.GetCallerIdentityInput{}); err == nil {
		t.Error("it still answers")
	}
}

// TestAWSConfig checks that the SDK finds its way with the files alone.
func TestAWSConfig(t *testing.T) {
	b := open(t, Faults{})
	configText, credentialsText := b.server.AWSConfig(b.url)
	dir := t.TempDir()
	files := map[string]string{filepath.Join(dir, "config"): configText,
		filepath.Join(dir, "credentials"): credentialsText}
	for name, text := range files {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, want := range []struct{ profile, account, region string }{{"shop-prod", shop.Account, shop.Region},
		{"shop-data", data.Account, data.Region}} {
		cfg, err := config.LoadDefaultConfig(t.Context(), config.WithSharedConfigProfile(want.profile),
			config.WithSharedConfigFiles([]string{filepath.Join(dir, "config")}),
			config.WithSharedCredentialsFiles([]string{filepath.Join(dir, "credentials")}))
		if err != nil {
			t.Fatal(err)
		}
		out := must[*sts.GetCallerIdentityOutput](t)(sts.NewFromConfig(cfg).GetCallerIdentity(t.Context(),
			&sts.GetCallerIdentityInput{}))
		if *out.Account != want.account || cfg.Region != want.region {
			t.Errorf("%s is account %s in %s, want %v", want.profile, *out.Account, cfg.Region, want)
		}
	}
}

// TestClockFollowsWorld checks that without a clock, a world of years ago is as fresh as a new one.
func TestClockFollowsWorld(t *testing.T) {
	b := serve(t, handMade(), Options{})
	out := must[*cloudtrail.LookupEventsOutput](t)(b.trail().LookupEvents(t.Context(), &cloudtrail.LookupEventsInput{}))
	if len(out.Events) != trailPage {
		t.Errorf("%d events of a world that is older than 90 days, want %d", len(out.Events), trailPage)
	}
}

// FuzzRequest sends anything to the server: it must answer, and answer in the protocol that it was asked in.
func FuzzRequest(f *testing.F) {
	const authorization = "AWS4-HMAC-SHA256 Credential=AKIA111122223333/20250314/eu-west-1/logs/aws4_request, " +
		"SignedHeaders=host, Signature=0"
	f.Add("/", "Logs_20140328.FilterLogEvents", authorization, []byte(`{"logGroupName":"/aws/lambda/f000","limit":3}`))
	f.Add("/", "Logs_20140328.FilterLogEvents", strings.Replace(authorization, "logs", "xray", 1), []byte(`{`))
	f.Add("/", "CloudTrail_20131101.LookupEvents", strings.Replace(authorization, "logs", "cloudtrail", 1),
		[]byte(`{"StartTime":1e300}`))
	f.Add("/TraceSummaries", "", strings.Replace(authorization, "logs", "xray", 1),
		[]byte(`{"StartTime":1,"EndTime":2,"NextToken":"x"}`))
	f.Add("/service/GraniteServiceVersion20100801/operation/GetMetricData", "",
		strings.Replace(authorization, "logs", "monitoring", 1), []byte("\xbf\x67EndTime\xc1\x01\xff"))
	server := New(handMade(), Options{Clock: func() time.Time { return anchor }})
	f.Fuzz(func(t *testing.T, path, target, authorization string, body []byte) {
		if !strings.HasPrefix(path, "/") || strings.HasPrefix(path, controlPath) {
			return // control changes the server; FuzzFaults tries its parser
		}
		r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(string(body)))
		r.URL.Path = path
		r.Header.Set("X-Amz-Target", target)
		r.Header.Set("Authorization", authorization)
		w := httptest.NewRecorder()
		server.ServeHTTP(w, r)
		if w.Code >= 500 {
			t.Errorf("status %d: %s", w.Code, w.Body)
		}
		if strings.Contains(w.Header().Get("Content-Type"), "json") && !json.Valid(w.Body.Bytes()) {
			t.Errorf("not JSON: %s", w.Body)
		}
	})
}
