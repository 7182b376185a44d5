package providers

import (
	"context"
	"errors"
	"net/http"
	"regexp"
	"sync/atomic"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatch"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs"
	logstypes "github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs/types"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	"github.com/aws/aws-sdk-go-v2/service/xray"
	"github.com/aws/smithy-go"
	"github.com/aws/smithy-go/middleware"
	smithyhttp "github.com/aws/smithy-go/transport/http"

	"github.com/nephograph/nephograph/app"
)

// ledger writes down every HTTP attempt of one configuration. It holds no part of a request or answer but the
// operation's name and AWS's error code.
type ledger struct {
	record  func(app.Request)
	price   func(service, operation, region string, units int) app.Money
	limits  *Limits
	profile string
	account atomic.Pointer[string] // once GetCallerIdentity has told
}

func newLedger(profile string, o Options, limits *Limits) *ledger {
	l := &ledger{record: o.Record, price: o.Price, limits: limits, profile: profile}
	if l.record == nil {
		l.record = func(app.Request) {}
	}
	if l.price == nil {
		l.price = func(string, string, string, int) app.Money { return 0 }
	}
	if o.Account != "" {
		l.account.Store(&o.Account)
	}
	return l
}

// install adds the ledger to a stack: in the Initialize step, where the parameters are at hand to be counted, and as
// the outermost of the Deserialize step, which is run once per HTTP attempt, after signing, and sees the error that AWS
// answered with.
func (l *ledger) install(s *middleware.Stack) error {
	err := s.Initialize.Add(middleware.InitializeMiddlewareFunc("NephographUnits", countAsked), middleware.Before)
	if err != nil {
		return err
	}
	return s.Deserialize.Add(middleware.DeserializeMiddlewareFunc("NephographLedger", l.attempt), middleware.Before)
}

type unitsKey struct{}

func countAsked(ctx context.Context, in middleware.InitializeInput, next middleware.InitializeHandler) (
	middleware.InitializeOutput, middleware.Metadata, error,
) {
	return next.HandleInitialize(middleware.WithStackValue(ctx, unitsKey{}, unitsAsked(in.Parameters)), in)
}

func (l *ledger) attempt(ctx context.Context, in middleware.DeserializeInput, next middleware.DeserializeHandler) (
	middleware.DeserializeOutput, middleware.Metadata, error,
) {
	start := time.Now()
	out, metadata, err := next.HandleDeserialize(ctx, in)
	if who, ok := out.Result.(*sts.GetCallerIdentityOutput); ok && who != nil && who.Account != nil {
		l.account.Store(who.Account)
		l.limits.learn(l.profile, *who.Account)
	}
	service := serviceOf(awsmiddleware.GetServiceID(ctx))
	operation := awsmiddleware.GetOperationName(ctx)
	r := app.Request{
		At:        start.UTC(),
		Scope:     app.Scope{Region: awsmiddleware.GetRegion(ctx), Profile: l.profile},
		Service:   service,
		Operation: operation,
		Outcome:   app.Answered,
		Took:      time.Since(start),
	}
	if account := l.account.Load(); account != nil {
		r.Account = *account
	}
	switch {
	case isThrottled(err):
		r.Outcome, r.Code = app.Refused, codeOf(err)
	case err != nil:
		r.Outcome, r.Code = app.Failed, codeOf(err)
	}
	if response, ok := out.RawResponse.(*smithyhttp.Response); ok && response.StatusCode == http.StatusOK {
		asked, _ := middleware.GetStackValue(ctx, unitsKey{}).(int)
		if r.Units = asked; asked != alreadyCounted {
			r.Units = max(asked, unitsAnswered(out.Result)) // AWS bills an answer that broke off, too
		}
		r.Units = max(r.Units, 0)
		r.Cost = l.price(service, operation, r.Region, r.Units)
	}
	l.record(r)
	return out, metadata, err
}

// alreadyCounted stands for the further pages of an answer whose first page tells what all of it costs.
const alreadyCounted = -1

// unitsAsked counts what AWS bills of a request's parameters.
func unitsAsked(parameters any) int {
	switch in := parameters.(type) {
	case *cloudwatch.GetMetricDataInput:
		return len(in.MetricDataQueries)
	case *cloudwatchlogs.GetQueryResultsInput:
		if in.NextToken != nil {
			return alreadyCounted
		}
		return 0
	case *xray.BatchGetTracesInput, *xray.GetTraceSummariesInput:
		return 0 // billed by what the answer holds
	}
	return 1
}

// mostProcessed is how many traces X-Ray is believed to have processed for one page of summaries. The question has no
// filter, so it processes what it returns, some hundreds; a hundred thousand would be $0.05.
const mostProcessed = 100_000

// mostScanned is how many bytes one query is believed to have scanned: a petabyte.
const mostScanned = 1e15

// scanned counts the bytes of a query of Logs Insights, once it has ended: until then it is asked again and again.
func scanned(out *cloudwatchlogs.GetQueryResultsOutput) int {
	switch out.Status {
	case logstypes.QueryStatusScheduled, logstypes.QueryStatusRunning:
		return 0
	}
	if out.Statistics == nil {
		return 0
	}
	return int(min(max(out.Statistics.BytesScanned, 0), mostScanned))
}

// unitsAnswered counts what AWS bills of an answer.
func unitsAnswered(result any) int {
	switch out := result.(type) {
	case *xray.BatchGetTracesOutput:
		return len(out.Traces)
	case *xray.GetTraceSummariesOutput:
		processed := min(aws.ToInt64(out.TracesProcessedCount), mostProcessed)
		return max(int(processed), len(out.TraceSummaries))
	case *cloudwatchlogs.GetQueryResultsOutput:
		return scanned(out)
	}
	return 0
}

// codeForm is what an error code may look like; anything else could be text with who knows what in it.
var codeForm = regexp.MustCompile(`^[A-Za-z0-9._:#-]{1,80}$`)

// codeOf returns AWS's error code, or a word for what kept AWS from answering.
func codeOf(err error) string {
	var api smithy.APIError
	switch {
	case errors.As(err, &api) && codeForm.MatchString(api.ErrorCode()):
		return api.ErrorCode()
	case errors.Is(err, context.Canceled):
		return "Cancelled"
	case kindOf(err) == app.Malformed || kindOf(err) == app.NotAWS:
		return "MalformedAnswer"
	case kindOf(err) == app.Endless:
		return "EndlessAnswer"
	case kindOf(err) == app.Offline:
		return "NoAnswer"
	}
	return "Unknown"
}
