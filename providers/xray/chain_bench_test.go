package xray

import (
	"fmt"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/xray/types"

	"github.com/nephograph/nephograph/app"
)

// chain returns a trace of n spans in one chain: a segment and subsegments that were sent by themselves, each the
// parent of the next, the last ones first.
func chain(n int) types.Trace {
	t := types.Trace{Id: aws.String("1-5fad4cc9-70259536495de84a2a6282cd")}
	for i := n - 1; i >= 0; i-- {
		kind := fmt.Sprintf(`,"type":"subsegment","parent_id":"%016x"`, i-1)
		if i == 0 {
			kind = ""
		}
		text := fmt.Sprintf(`{"id":"%016x","name":"n","start_time":1605192905.1,"end_time":1605192906.2%s}`, i, kind)
		t.Segments = append(t.Segments, types.Segment{Id: aws.String(fmt.Sprintf("%016x", i)),
			Document: aws.String(text)})
	}
	return t
}

// Budget: 10 µs and 3 kB a span, whatever the length of the chain.
func BenchmarkChain(b *testing.B) {
	for _, n := range []int{2_000, 20_000, 200_000} {
		trace := chain(n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				all := batch{traces: map[app.TraceID]*app.Trace{}}
				all.add(trace)
				if page := all.page(app.Scope{}, nil, nil); len(page.Items[0].Spans) != n {
					b.Fatal(len(page.Items[0].Spans))
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/span")
		})
	}
}
