package app

import (
	"cmp"
	"encoding/json"
	"regexp"
	"strings"
)

// Gist returns what a person reads first of a message, at most 200 bytes: of a JSON object what its message and error
// fields say or which request it is of, of others the beginning, without the time, level and request id that loggers put
// before it: they have columns of their own.
func Gist(message string) string {
	said := message
	if strings.HasPrefix(strings.TrimSpace(message), "{") {
		said = cmp.Or(gistOfJSON(message), message)
	} else if lead := leadingFacts.FindString(message); len(lead) < len(strings.TrimSpace(message)) {
		said = message[len(lead):]
	}
	return shortMessage(said)
}

// leadingFacts is what loggers write before the text: the time, the level and, in Lambda functions, the request id, in any
// order (Lambda developer guide, "Using the Node.js logging libraries", "Python logging").
var leadingFacts = regexp.MustCompile(`^\s*(?:(?:` +
	`\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?\]?` +
	`|\[?(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|FATAL|CRITICAL)\]?` +
	`|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}` +
	`)[\t ]+)*`)

// maxGist bounds what a list shows of one event, in bytes: some four lines of the drawer.
const maxGist = 200

func shortMessage(m string) string {
	m = strings.TrimRight(PlainText(m), "\r\n")
	if len(m) > maxGist {
		m = strings.ToValidUTF8(m[:maxGist], "") + "…"
	}
	return m
}

// gistWords are the fields of a JSON event that say what happened.
type gistWords struct {
	Message, Msg, Error, Err, Exception, ErrorMessage string
}

// gistRequest are the fields under which access logs write what was asked for and how it was answered (API Gateway
// developer guide, "Set up CloudWatch API logging"; the names that its console proposes).
type gistRequest struct {
	HTTPMethod, Method, RequestMethod string
	ResourcePath, Path, RouteKey, URI string
	Status                            any
}

func gistOfJSON(message string) string {
	var w gistWords
	_ = json.Unmarshal([]byte(message), &w) // fields of other types are no texts; the rest is read
	said := strings.Join(strings.Fields(w.Message+" "+w.Msg), " ")
	why := cmp.Or(w.Error, w.Err, w.Exception, w.ErrorMessage)
	switch {
	case said != "" && why != "":
		return said + " · " + why
	case said != "" || why != "":
		return cmp.Or(said, why)
	}
	var r gistRequest
	_ = json.Unmarshal([]byte(message), &r)
	method, path := cmp.Or(r.HTTPMethod, r.Method, r.RequestMethod), cmp.Or(r.ResourcePath, r.Path, r.URI, r.RouteKey)
	if path == "" {
		return ""
	}
	said = strings.TrimSpace(method + " " + path)
	if status := statusText(r.Status); status != "" {
		said += " → " + status
	}
	return said
}

func statusText(status any) string {
	switch s := status.(type) {
	case string:
		return s
	case float64:
		b, _ := json.Marshal(s) // a number that was read can be written
		return string(b)
	}
	return ""
}
