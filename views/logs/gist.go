package logs

import (
	"cmp"
	"encoding/json"
	"regexp"
	"strings"
)

// gist is what a person reads first of a message: of a JSON object what its message and error fields say or which
// request it is of, of others the beginning, without the time, level and request id that loggers put before it: they
// have columns of their own.
func gist(message string) string {
	said := message
	if strings.HasPrefix(strings.TrimSpace(message), "{") {
		said = cmp.Or(gistOfJSON(message), message)
	} else if lead := leading.FindString(message); len(lead) < len(strings.TrimSpace(message)) {
		said = message[len(lead):]
	}
	return shortMessage(said)
}

// leading is what loggers write before the text: the time, the level and, in Lambda functions, the request id, in any
// order (Lambda developer guide, "Using the Node.js logging libraries", "Python logging").
var leading = regexp.MustCompile(`^\s*(?:(?:` +
	`\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?\]?` +
	`|\[?(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|FATAL|CRITICAL)\]?` +
	`|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}` +
	`)[\t ]+)*`)

// words are the fields of a JSON event that say what happened.
type words struct {
	Message, Msg, Error, Err, Exception, ErrorMessage string
}

// request are the fields under which access logs write what was asked for and how it was answered (API Gateway
// developer guide, "Set up CloudWatch API logging"; the names that its console proposes).
type request struct {
	HTTPMethod, Method, RequestMethod string
	ResourcePath, Path, RouteKey, URI string
	Status                            any
}

func gistOfJSON(message string) string {
	var w words
	_ = json.Unmarshal([]byte(message), &w) // fields of other types are no texts; the rest is read
	said := strings.Join(strings.Fields(w.Message+" "+w.Msg), " ")
	why := cmp.Or(w.Error, w.Err, w.Exception, w.ErrorMessage)
	switch {
	case said != "" && why != "":
		return said + " · " + why
	case said != "" || why != "":
		return cmp.Or(said, why)
	}
	var r request
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
