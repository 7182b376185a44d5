// Package xray asks X-Ray for traces and for the service graph. The methods of Source are app.Source functions.
//
// A trace comes in two parts. TraceSummaries tells which traces there are, each with everything but its spans; Traces
// fetches the spans. BatchGetTraces does not repeat what a summary says (entry, response time, flags, revision), so
// whoever asks both keeps the summary and puts the spans in it.
package xray

import (
	"context"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/xray"

	"github.com/nephograph/nephograph/app"
)

// API is what the package needs of *xray.Client.
type API interface {
	GetTraceSummaries(context.Context, *xray.GetTraceSummariesInput,
		...func(*xray.Options)) (*xray.GetTraceSummariesOutput, error)
	BatchGetTraces(context.Context, *xray.BatchGetTracesInput, ...func(*xray.Options)) (*xray.BatchGetTracesOutput,
		error)
	GetServiceGraph(context.Context, *xray.GetServiceGraphInput, ...func(*xray.Options)) (*xray.GetServiceGraphOutput,
		error)
}

// Source asks X-Ray in one scope.
type Source struct {
	api   API
	scope app.Scope
}

// New returns a source on api, such as xray.NewFromConfig, whose items belong to scope.
func New(api API, scope app.Scope) *Source { return &Source{api, scope} }

// window is the longest range that GetTraceSummaries and GetServiceGraph take.
const window = 6 * time.Hour
