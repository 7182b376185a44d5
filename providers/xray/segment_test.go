package xray

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/nephograph/nephograph/app"
)

const whole = `{
	"id": "aaaaaaaaaaaaaaaa", "name": "checkout", "trace_id": "1-5fad4cc9-70259536495de84a2a6282cd", "origin": "AWS::Lambda::Function",
	"start_time": 1.478293361271E9, "end_time": 1478293361.4490005, "resource_arn": "arn:aws:lambda:eu-west-1:1:function:checkout",
	"user": "ada", "fault": true, "parent_id": "0000000000000000",
	"http": {"request": {"method": "POST", "url": "https://shop/checkout", "user_agent": "curl", "client_ip": "192.0.2.1", "x_forwarded_for": true}, "response": {"status": 502, "content_length": 12}},
	"annotations": {"order": "A 1", "total": 12.5, "express": true}, "metadata": {"default": {"a": [1, 2]}},
	"aws": {"xray": {"sdk": "X-Ray for Go"}},
	"cause": {"working_directory": "/var/task", "exceptions": [{"id": "e1", "type": "Refused", "message": "no", "remote": true, "truncated": 3, "skipped": 1, "cause": "e0", "stack": [{"path": "a.go", "line": 7, "label": "main"}]}]},
	"links": [{"trace_id": "5fad4cc970259536495de84a2a6282ce", "attributes": {}}],
	"precursor_ids": ["x"],
	"subsegments": [
		{"id": "bbbbbbbbbbbbbbbb", "name": "DynamoDB", "namespace": "aws", "start_time": 1478293361.3, "end_time": 1478293361.4, "throttle": true, "error": true, "cause": "e1eeeeeeeeeeeeee",
			"aws": {"operation": "UpdateItem", "table_name": "orders"}, "http": {"response": {"status": 400, "content_length": -1}},
			"subsegments": [{"id": "cccccccccccccccc", "name": "attempt", "start_time": 1478293361.35, "in_progress": true, "end_time": 0, "annotations": {}, "metadata": {}}]},
		{"id": "dddddddddddddddd", "name": "db", "namespace": "remote", "start_time": 1478293361.4, "end_time": 1478293361.41, "sql": {"url": "jdbc:x", "database_type": "PostgreSQL", "user": "u", "sanitized_query": "SELECT ?"}}
	]}`

func micro(n int64) time.Time { return time.UnixMicro(1478293361_000000 + n).UTC() }

func TestParseSegment(t *testing.T) {
	want := []app.Span{
		{
			ID: "aaaaaaaaaaaaaaaa", Parent: "0000000000000000", Kind: app.Segment, Name: "checkout",
			Service: "checkout", Origin: "AWS::Lambda::Function",
			Resource: "arn:aws:lambda:eu-west-1:1:function:checkout", Start: micro(271000), End: micro(449001),
			Fault: true, User: "ada",
			SpanDetail: app.SpanDetail{
				HTTP: &app.HTTP{Method: "POST", URL: "https://shop/checkout", Status: 502, Length: 12,
					ClientIP: "192.0.2.1", UserAgent: "curl"},
				AWS:         json.RawMessage(`{"xray":{"sdk":"X-Ray for Go"}}`),
				Annotations: map[string]any{"order": "A 1", "total": 12.5, "express": true},
				Metadata:    json.RawMessage(`{"default":{"a":[1,2]}}`),
				Exceptions: []app.Exception{{ID: "e1", Type: "Refused", Message: "no", Remote: true, Cause: "e0",
					Skipped: 3, Stack: []app.Frame{{Path: "a.go", Line: 7, Label: "main"}}}},
				Links: []string{"1-5fad4cc9-70259536495de84a2a6282ce"},
			},
		},
		{
			ID: "bbbbbbbbbbbbbbbb", Parent: "aaaaaaaaaaaaaaaa", Kind: app.Subsegment, Name: "DynamoDB",
			Service: "checkout", Namespace: "aws", Resource: "orders",
			Start: micro(300000), End: micro(400000), Error: true, Throttle: true,
			SpanDetail: app.SpanDetail{
				HTTP: &app.HTTP{Status: 400}, AWS: json.RawMessage(`{"operation":"UpdateItem","table_name":"orders"}`),
				Exceptions: []app.Exception{{ID: "e1eeeeeeeeeeeeee"}},
			},
		},
		{ID: "cccccccccccccccc", Parent: "bbbbbbbbbbbbbbbb", Kind: app.Subsegment, Name: "attempt", Service: "checkout",
			Start: micro(350000)},
		{
			ID: "dddddddddddddddd", Parent: "aaaaaaaaaaaaaaaa", Kind: app.Subsegment, Name: "db", Service: "checkout",
			Namespace: "remote",
			Start:     micro(400000), End: micro(410000),
			SpanDetail: app.SpanDetail{SQL: &app.SQL{URL: "jdbc:x", Database: "PostgreSQL", User: "u",
				Query: "SELECT ?"}},
		},
	}
	got, err := ParseSegment(whole)
	if d := cmp.Diff(want, got); err != nil || d != "" {
		t.Error(err, d)
	}
}

func TestParseSegmentKeepsWhatItCan(t *testing.T) {
	got, err := ParseSegment(`{"id":"a","name":"x","start_time":1,"subsegments":[{"name":"no ` +
		`id","start_time":1,"subsegments":[{"id":"c","start_time":2}]},{"id":"d"},{"id":"e","start_time":1e300}]}`)
	ids := make([]string, len(got))
	for i, s := range got {
		ids[i] = s.ID
	}
	if !slices.Equal(ids, []string{"a", "c"}) || err == nil {
		t.Errorf("got %v, %v", ids, err)
	}
	for _, bad := range []string{"", "null", "{}", "[", `{"id":1}`, `{"id":"a","start_time":-1}`} {
		if spans, err := ParseSegment(bad); err == nil || len(spans) > 0 {
			t.Errorf("%q gave %v, %v", bad, spans, err)
		}
	}
}

// X-Ray takes and gives back optional fields of other types. Each costs that field and no more.
func TestParseSegmentWithFieldsOfOtherTypes(t *testing.T) {
	plain := app.Span{ID: "a", Kind: app.Segment, Name: "api", Service: "api", Start: time.Unix(1, 0).UTC(),
		End: time.Unix(2, 0).UTC()}
	with := func(change func(*app.Span)) app.Span {
		s := plain
		change(&s)
		return s
	}
	for field, c := range map[string]struct {
		want app.Span
		lost string
	}{
		`"http":{"response":{"status":500,"content_length":"256"}}`: {with(
			func(s *app.Span) { s.HTTP = &app.HTTP{Status: 500, Length: 256} }), ""},
		`"http":{"response":{"status":"500"}}`: {with(
			func(s *app.Span) { s.HTTP = &app.HTTP{Status: 500} }), ""},
		`"http":{"response":{"status":{},"content_length":"big"}}`: {plain,
			"http.response.status cannot be read: it is no number\nhttp.response.content_length cannot be read: it " +
				"is no number"},
		`"error":"true"`: {plain, "error cannot be read: it is string"},
		`"fault":1`:      {plain, "fault cannot be read: it is number"},
		`"user":{"id":1},"fault":true`: {with(func(s *app.Span) { s.Fault = true }),
			"user cannot be read: it is object"},
		`"http":{"request":{"client_ip":["192.0.2.1"],"user_agent":7,"method":"GET"}}`: {with(
			func(s *app.Span) { s.HTTP = &app.HTTP{Method: "GET"} }),
			"http.request.client_ip cannot be read: it is array"},
		`"cause":{"exceptions":[{"id":"e","message":3,"stack":[{"path":"a.js","line":"7"},{"line":"x"}]}]}`: {with(
			func(s *app.Span) {
				s.Exceptions = []app.Exception{{ID: "e", Stack: []app.Frame{{Path: "a.js", Line: 7}, {}}}}
			}), "cause.exceptions.message cannot be read: it is of another type\ncause.exceptions.stack.line cannot " +
			"be read: it is of another type"},
		`"cause":true`:          {plain, "cause.bool cannot be read: it is of another type"},
		`"annotations":["x"]`:   {plain, "annotations cannot be read: it is array"},
		`"links":{"a":1}`:       {plain, "links cannot be read: it is object"},
		`"subsegments":"none"`:  {plain, "subsegments cannot be read: it is string"},
		`"sql":7,"origin":null`: {plain, "sql cannot be read: it is number"},
	} {
		got, err := ParseSegment(`{"id":"a","name":"api","start_time":"1","end_time":2,` + field + `}`)
		text := ""
		if err != nil {
			text = err.Error()
		}
		if d := cmp.Diff([]app.Span{c.want}, got); d != "" || text != c.lost {
			t.Errorf("%s: %q, want %q %s", field, text, c.lost, d)
		}
	}
	got, err := ParseSegment(`{"id":"a","start_time":1,"end_time":[],"subsegments":[{"id":"b","start_time":1,` +
		`"subsegments":[{"id":"c","start_time":2,"fault":"x"}]},{"id":"d","start_time":1,"fault":"x"}]}`)
	if len(got) != 4 || err == nil ||
		err.Error() != "fault cannot be read: it is string\nend_time cannot be read: it is no number" ||
		got[0].End.IsZero() {
		t.Errorf("got %v, %v", got, err)
	}
}

func TestASubsegmentByItself(t *testing.T) {
	got, err := ParseSegment(`{"id":"b","name":"call","type":"subsegment","parent_id":"a","start_time":1,"end_time":2}`)
	want := []app.Span{{ID: "b", Parent: "a", Kind: app.Subsegment, Name: "call", Start: time.Unix(1, 0).UTC(),
		End: time.Unix(2, 0).UTC()}}
	if d := cmp.Diff(want, got); err != nil || d != "" {
		t.Error(err, d)
	}
}

// samples are the segments in AWS's own documentation: whole documents in its examples, and strings in sample answers.
func samples(t *testing.T) []string {
	t.Helper()
	files, _ := filepath.Glob(filepath.Join("..", "..", "..", "shared", "data", "xray", "*.md"))
	if len(files) == 0 {
		t.Skip("the sample documents are not there")
	}
	fenced := regexp.MustCompile("(?s)```\n(.*?)```")
	quoted := regexp.MustCompile(`"Document": ("(?:[^"\\]|\\.)*")`)
	var documents []string
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range fenced.FindAllStringSubmatch(string(text), -1) {
			answer := strings.Contains(m[1], `"Traces"`)
			if !answer && strings.Contains(m[1], "start_time") && json.Valid([]byte(m[1])) {
				documents = append(documents, m[1])
			}
		}
		for _, m := range quoted.FindAllStringSubmatch(string(text), -1) {
			var document string
			if json.Unmarshal([]byte(m[1]), &document) == nil && json.Valid([]byte(document)) {
				documents = append(documents, document)
			}
		}
	}
	return documents
}

func TestParseAWSsOwnSamples(t *testing.T) {
	documents := samples(t)
	if len(documents) < 10 {
		t.Fatalf("%d samples were found", len(documents))
	}
	for _, document := range documents {
		spans, err := ParseSegment(document)
		if err != nil {
			t.Errorf("%v in %s", err, document)
			continue
		}
		if n := strings.Count(document, `"start_time"`); n != len(spans) {
			t.Errorf("%d spans of %d in %s", len(spans), n, document)
		}
		for _, s := range spans {
			if s.Start.Year() < 2016 || s.Start.Year() > 2018 || s.End.Before(s.Start) && !s.End.IsZero() {
				t.Errorf("span %s from %v to %v", s.ID, s.Start, s.End)
			}
		}
	}
}

func FuzzParseSegment(f *testing.F) {
	f.Add(whole)
	f.Add(`{"id":"a","start_time":1,"cause":"x","links":[{}]}`)
	f.Add(`{"id":"a","start_time":253402300799.9999999,"aws":{"resource_names":[""]}}`)
	f.Fuzz(func(t *testing.T, document string) {
		spans, err := ParseSegment(document)
		if err == nil && len(spans) == 0 {
			t.Error("neither a span nor an error")
		}
		for _, s := range spans {
			if s.ID == "" || s.Start.IsZero() {
				t.Errorf("span %+v lacks its id or start", s)
			}
			if _, err := json.Marshal(s); err != nil {
				t.Errorf("the span cannot be written: %v", err)
			}
		}
	})
}

// The budget is 100 ms for the largest trace of the demo, 12,000 spans: a page of it is parsed while a person waits.
func BenchmarkParseSegment(b *testing.B) {
	var nested strings.Builder
	for i := range 12_000 {
		if i > 0 {
			nested.WriteByte(',')
		}
		nested.WriteString(`{"id":"bbbbbbbbbbbbbbbb","name":"DynamoDB","namespace":"aws","start_time":1478293361.3,` +
			`"end_time":1478293361.4,"aws":{"operation":"UpdateItem","table_name":"orders"}}`)
	}
	document := `{"id":"a","name":"x","start_time":1478293361,"subsegments":[` + nested.String() + `]}`
	for b.Loop() {
		if spans, err := ParseSegment(document); err != nil || len(spans) != 12_001 {
			b.Fatal(len(spans), err)
		}
	}
}
