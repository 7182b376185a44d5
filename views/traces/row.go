package traces

import (
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/explore"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// keyOf tells traces apart; "" stands for an item of another kind.
func keyOf(item app.Item) string {
	switch item := item.(type) {
	case app.Trace:
		return item.Scope.Place().String() + " " + string(item.ID)
	case app.Latency:
		return item.Scope.Place().String() + " " + string(item.ID)
	case app.TraceSpan:
		return keyOf(item.Trace)
	}
	return ""
}

const dayHours = 24

// columns are those of the list: when, how long and how it ended, which request, and where it entered.
func columns(session *ui.Session) []ui.Column[app.Trace] {
	return []ui.Column[app.Trace]{
		{Title: "Time", Width: 102, Cell: func(t app.Trace) ui.Cell {
			format := "15:04:05.000"
			if session.Range().Length().Hours() > dayHours {
				format = "01-02 15:04:05"
			}
			return ui.Cell{Text: t.Start.In(session.Zone.Now()).Format(format), Style: ui.Code.In(ui.ColorQuiet)}
		}},
		{Title: "Response", Width: 76, Align: fyne.TextAlignTrailing, Cell: func(t app.Trace) ui.Cell {
			if t.Response == 0 { // it has not answered yet
				return ui.Cell{Text: "–", Style: ui.Note}
			}
			return ui.Cell{Text: phrase.Amount(t.Response.Seconds(), "Seconds"), Style: ui.Small}
		}},
		{Title: "Result", Width: 92, Cell: resultCell},
		{Title: "Status", Width: 44, Above: 560, Align: fyne.TextAlignTrailing, Cell: func(t app.Trace) ui.Cell {
			if t.Status == 0 {
				return ui.Cell{}
			}
			return ui.Cell{Text: strconv.Itoa(t.Status), Style: ui.Note}
		}},
		{Title: "Request", Cell: func(t app.Trace) ui.Cell {
			return ui.Cell{Text: strings.TrimSpace(t.Method + " " + pathOf(t.URL)), Style: ui.Small}
		}},
		{Title: "Entered at", Width: 170, Above: 480,
			Cell: func(t app.Trace) ui.Cell { return ui.Cell{Text: t.Entry, Style: ui.Note} }},
		{Title: "Account and Region", Width: 170, Above: 900, Cell: func(t app.Trace) ui.Cell {
			return ui.Cell{Text: phrase.ScopeText(t.Scope), Style: ui.Note}
		}},
	}
}

// resultCell says how a trace ended, and what is not known of it.
func resultCell(t app.Trace) ui.Cell {
	c := ui.Cell{Text: resultOf(t), Style: ui.Small, Mark: ui.Square}
	switch c.Text {
	case "fault", "error":
		c.Ink = ui.ColorAlarm
		if c.Text == "error" {
			c.Ink = ui.ColorWarning
		}
	case "throttled":
		c.Ink = ui.ColorWarning
	default:
		c.Mark, c.Style = ui.NoShape, ui.Note
	}
	return c
}

// resultOf is fault, throttled or error, in progress where segments are still to come, or else ok.
func resultOf(t app.Trace) string {
	if word := phrase.Failure(t.Fault, t.Throttle, t.Error); word != "" {
		return word
	}
	if t.Partial {
		return "in progress"
	}
	return "ok"
}

// pathOf leaves out what all URLs of a service begin with.
func pathOf(url string) string {
	if _, rest, ok := strings.Cut(url, "://"); ok {
		if i := strings.IndexByte(rest, '/'); i >= 0 {
			return rest[i:]
		}
	}
	return url
}

// fieldNames are the fields of a trace that a query can name. Lengths of time are in seconds.
var fieldNames = []string{"result", "duration", "response", "status", "method", "url", "path", "entry", "id", "account",
	"region"}

// traceFields is a trace as a query looks at it.
type traceFields struct{ t app.Trace }

// Values returns the values of a field of fieldNames.
func (f traceFields) Values(field string) []string {
	t := f.t
	value := ""
	switch field {
	case "result":
		value = resultOf(t)
	case "duration":
		value = secondsOf(t.Duration)
	case "response":
		value = secondsOf(t.Response)
	case "status":
		if t.Status != 0 {
			value = strconv.Itoa(t.Status)
		}
	case "method":
		value = t.Method
	case "url":
		value = t.URL
	case "path":
		value = pathOf(t.URL)
	case "entry":
		value = t.Entry
	case "id":
		value = string(t.ID)
	case "account":
		value = t.Account
	case "region":
		value = t.Region
	}
	if value == "" {
		return nil
	}
	return []string{value}
}

// secondsOf writes a length of time; "" for one that is not known yet.
func secondsOf(d time.Duration) string {
	if d == 0 {
		return ""
	}
	return strconv.FormatFloat(d.Seconds(), 'f', -1, 64)
}

// Text is what words are looked for in.
func (f traceFields) Text() string {
	return strings.Join([]string{f.t.Method, f.t.URL, f.t.Entry, string(f.t.ID), resultOf(f.t)}, "\n")
}

// facetFields are the fields that become facets.
var facetFields = []explore.FacetField{
	{Title: "Result", Field: "result", Always: true}, {Title: "Status", Field: "status"},
	{Title: "Entered at", Field: "entry"},
	{Title: "Path", Field: "path"}, {Title: "Method", Field: "method"}, {Title: "Region", Field: "region"},
	{Title: "Account", Field: "account"},
}
