package traces

import (
	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/drawer"
)

// Details returns how the drawer shows traces, their spans, and services.
func Details(r Reader) drawer.Opener {
	var one *waterfallPicture // for all traces, so that the keyboard stays with it when a page is drawn anew
	picture := func() *waterfallPicture {
		if one == nil {
			one = newWaterfallPicture()
		}
		return one
	}
	return drawer.Bind(r, func(item app.Item) drawer.Detail[Reader] {
		switch item := item.(type) {
		case app.Trace:
			return traceDetail{trace: item, picture: picture()}
		case app.Latency:
			return traceDetail{picture: picture(), trace: app.Trace{Scope: item.Scope, ID: item.ID, Start: item.At,
				Response: item.Response, Fault: item.Fault, Error: item.Error, Throttle: item.Throttle}}
		case app.TraceSpan:
			return spanDetail{trace: item.Trace, span: item.Span}
		case app.Service:
			return serviceDetail{service: item}
		case app.TraceList:
			return tracesDetail{list: item}
		}
		return nil
	})
}
