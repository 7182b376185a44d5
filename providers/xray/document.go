package xray

import (
	"bytes"
	"cmp"
	"encoding/json"
	"math"
	"strconv"
	"strings"

	"github.com/nephograph/nephograph/app"
)

// document is a segment or subsegment as X-Ray writes it (X-Ray developer guide, "X-Ray segment documents"). Fields
// that the console does not use, such as precursor_ids, are left out.
type document struct {
	ID          string          `json:"id"`
	Name        string          `json:"name"`
	Parent      string          `json:"parent_id"`
	Type        string          `json:"type"` // "subsegment", of one that was sent by itself
	Start       number          `json:"start_time"`
	End         number          `json:"end_time"`
	InProgress  bool            `json:"in_progress"`
	Origin      string          `json:"origin"`
	Namespace   string          `json:"namespace"`
	Resource    string          `json:"resource_arn"`
	User        string          `json:"user"`
	Fault       bool            `json:"fault"`
	Error       bool            `json:"error"`
	Throttle    bool            `json:"throttle"`
	HTTP        httpDocument    `json:"http"`
	SQL         sqlDocument     `json:"sql"`
	AWS         json.RawMessage `json:"aws"`
	Annotations map[string]any  `json:"annotations"`
	Metadata    json.RawMessage `json:"metadata"`
	Cause       causeDocument   `json:"cause"`
	Links       []linkDocument  `json:"links"`
	Subsegments []document      `json:"subsegments"`
}

// number is a number, which some instrumentations write as text: the X-Ray SDK for Node.js wrote content_length so for
// years. What is neither is lost.
type number struct {
	value      float64
	told, lost bool
}

// UnmarshalJSON reads either form; null is not told.
func (n *number) UnmarshalJSON(b []byte) error {
	text := strings.Trim(string(b), `"`)
	if text == "null" {
		return nil
	}
	value, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsNaN(value) || math.IsInf(value, 0) {
		n.lost = true
		return nil
	}
	n.value, n.told = value, true
	return nil
}

type httpDocument struct {
	Request struct {
		Method    string `json:"method"`
		URL       string `json:"url"`
		ClientIP  string `json:"client_ip"`
		UserAgent string `json:"user_agent"`
	} `json:"request"`
	Response struct {
		Status number `json:"status"`
		Length number `json:"content_length"`
	} `json:"response"`
}

type sqlDocument struct {
	URL        string `json:"url"`
	Connection string `json:"connection_string"` // instead of a URL
	Database   string `json:"database_type"`
	User       string `json:"user"`
	Query      string `json:"sanitized_query"`
}

// linkDocument is a link to another trace, as an instrumentation of queues writes it.
type linkDocument struct {
	TraceID string `json:"trace_id"`
}

func (h httpDocument) value() *app.HTTP {
	v := app.HTTP{
		Method:    h.Request.Method,
		URL:       h.Request.URL,
		Status:    int(h.Response.Status.value),
		Length:    max(0, int64(h.Response.Length.value)), // -1: not known
		ClientIP:  h.Request.ClientIP,
		UserAgent: h.Request.UserAgent,
	}
	if v == (app.HTTP{}) {
		return nil
	}
	return &v
}

func (s sqlDocument) value() *app.SQL {
	v := app.SQL{URL: cmp.Or(s.URL, s.Connection), Database: s.Database, User: s.User, Query: s.Query}
	if v == (app.SQL{}) {
		return nil
	}
	return &v
}

// annotations are strings, numbers and booleans; an empty object is none.
func (d *document) annotations() map[string]any {
	if len(d.Annotations) == 0 {
		return nil
	}
	return d.Annotations
}

func links(documents []linkDocument) []string {
	var ids []string
	for _, l := range documents {
		if l.TraceID != "" {
			ids = append(ids, string(idOf(l.TraceID)))
		}
	}
	return ids
}

// compact returns JSON without blanks, nil for null and {}.
func compact(raw json.RawMessage) json.RawMessage {
	var b bytes.Buffer
	if len(raw) == 0 || json.Compact(&b, raw) != nil || b.String() == "null" || b.String() == "{}" {
		return nil
	}
	return b.Bytes()
}

// resourceFields of an aws object that name the resource which a call was for, as the X-Ray SDKs write them, the most
// telling first.
type resourceFields struct {
	Names    []string `json:"resource_names"`
	Table    string   `json:"table_name"`
	QueueURL string   `json:"queue_url"`
	Topic    string   `json:"topic_arn"`
	Stream   string   `json:"stream_name"`
	Bucket   string   `json:"bucket_name"`
	Function string   `json:"function_name"`
	Lambda   string   `json:"function_arn"`
}

func resourceOf(raw json.RawMessage) string {
	var f resourceFields
	if len(raw) == 0 || json.Unmarshal(raw, &f) != nil {
		return ""
	}
	name := cmp.Or(f.Table, f.QueueURL, f.Topic, f.Stream, f.Bucket, f.Function, f.Lambda)
	if len(f.Names) > 0 {
		return cmp.Or(f.Names[0], name)
	}
	return name
}
