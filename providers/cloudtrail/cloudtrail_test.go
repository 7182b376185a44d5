package cloudtrail

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudtrail"
	"github.com/aws/aws-sdk-go-v2/service/cloudtrail/types"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/nephograph/nephograph/app"
)

var (
	scope = app.Scope{Account: "111122223333", Region: "eu-west-1", Profile: "shop"}
	noon  = time.Date(2025, 11, 20, 12, 0, 0, 0, time.UTC)
	hour  = app.Range{From: noon, To: noon.Add(time.Hour)}
)

// fake answers with a function.
type fake func(*cloudtrail.LookupEventsInput) (*cloudtrail.LookupEventsOutput, error)

func (f fake) LookupEvents(_ context.Context, in *cloudtrail.LookupEventsInput,
	_ ...func(*cloudtrail.Options)) (*cloudtrail.LookupEventsOutput, error) {
	if in.EventCategory == types.EventCategoryInsight { // of which few accounts have any
		return &cloudtrail.LookupEventsOutput{}, nil
	}
	return f(in)
}

// everyCategory answers every request, whatever category it names.
type everyCategory func(*cloudtrail.LookupEventsInput) (*cloudtrail.LookupEventsOutput, error)

func (f everyCategory) LookupEvents(_ context.Context, in *cloudtrail.LookupEventsInput,
	_ ...func(*cloudtrail.Options)) (*cloudtrail.LookupEventsOutput, error) {
	return f(in)
}

// read reads a sequence to the end or the first error.
func read[T any](seq iter.Seq2[app.Page[T], error]) (pages []app.Page[T], err error) {
	for page, e := range seq {
		pages, err = append(pages, page), e
	}
	return pages, err
}

func text(id string, at time.Time) string {
	return fmt.Sprintf(`{"eventID":%q,"eventTime":%q,"eventName":"UpdateTable",`+
		`"readOnly":"false","resources":[{"type":"AWS::DynamoDB::Table",`+
		`"ARN":"arn:aws:dynamodb:eu-west-1:1:table/orders"},{"ARN":"arn:other"}]}`, id, at.Format(time.RFC3339))
}

func TestTrail(t *testing.T) {
	late := noon.Add(40 * time.Minute)
	broken := types.Event{
		EventId: aws.String("c"), EventName: aws.String("PutItem"), EventSource: aws.String("dynamodb.amazonaws.com"),
		ReadOnly: aws.String("true"),
		Username: aws.String("ada"), AccessKeyId: aws.String("AKIA"), EventTime: aws.Time(noon),
		CloudTrailEvent: aws.String("{oops"),
	}
	api := fake(func(in *cloudtrail.LookupEventsInput) (*cloudtrail.LookupEventsOutput, error) {
		if !in.StartTime.Equal(hour.From) || !in.EndTime.Equal(hour.To.Add(-time.Second)) ||
			aws.ToInt32(in.MaxResults) != 50 || in.LookupAttributes != nil {
			t.Errorf("asked for %+v", in)
		}
		switch aws.ToString(in.NextToken) {
		case "":
			return &cloudtrail.LookupEventsOutput{NextToken: aws.String("2"), Events: []types.Event{{
				CloudTrailEvent: aws.String(text("a", late)),
				Resources: []types.Resource{
					{ResourceType: aws.String("AWS::DynamoDB::Table"), ResourceName: aws.String("orders")}},
			}}}, nil
		case "2":
			return &cloudtrail.LookupEventsOutput{NextToken: aws.String("3")}, nil
		}
		return &cloudtrail.LookupEventsOutput{Events: []types.Event{broken}}, nil
	})
	got, err := read(New(api, scope).Trail(t.Context(), app.TrailQuestion{Range: hour}))
	known := app.Range{From: late.Add(time.Second), To: hour.To}
	want := []app.Page[app.TrailEvent]{
		{Covers: known, Items: []app.TrailEvent{{
			Scope: scope, ID: "a", At: late, Name: "UpdateTable", Raw: json.RawMessage(text("a", late)),
			Resources: []app.TrailResource{{Type: "AWS::DynamoDB::Table", Name: "orders"}, {Name: "arn:other"}},
		}}},
		{Covers: known},
		{
			Covers: hour,
			Items: []app.TrailEvent{{
				Scope: scope, ID: "c", At: noon, Name: "PutItem", Source: "dynamodb.amazonaws.com", ReadOnly: true,
				Principal: app.Principal{User: "ada", AccessKey: "AKIA"}, Raw: json.RawMessage(`"{oops"`),
			}},
			Problems: []app.Problem{{Kind: app.Unreadable,
				Message: "a record does not parse: invalid character 'o' looking for beginning of object key string"}},
		},
	}
	if d := cmp.Diff(want, got); err != nil || d != "" {
		t.Error(err, d)
	}
}

// The service stamps seconds and takes an inclusive end: an event is answered exactly if it lies in the half-open range
// that was asked.
func TestTheRangeIsHalfOpen(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		start := noon.Add(time.Duration(rapid.IntRange(0, 5000).Draw(t, "from")) * time.Millisecond)
		within := app.Range{From: start, To: start.Add(
			time.Duration(rapid.IntRange(0, 5000).Draw(t, "length")) * time.Millisecond)}
		at := noon.Add(time.Duration(rapid.IntRange(0, 11).Draw(t, "at")) * time.Second)
		answered := false
		api := fake(func(in *cloudtrail.LookupEventsInput) (*cloudtrail.LookupEventsOutput, error) {
			answered = !at.Before(*in.StartTime) && !at.After(*in.EndTime)
			return &cloudtrail.LookupEventsOutput{}, nil
		})
		if _, err := read(New(api, scope).Trail(context.Background(), app.TrailQuestion{Range: within})); err != nil {
			t.Fatal(err)
		}
		if answered != within.Contains(at) {
			t.Fatalf("%v in %v: answered %v", at, within, answered)
		}
	})
}

func TestParseEvent(t *testing.T) {
	got, err := ParseEvent([]byte(`{ "eventID": "e", "eventTime": "2025-11-20T12:00:00Z", "eventName": "UpdateTable", "eventSource": "dynamodb.amazonaws.com",
		"eventType": "AwsApiCall", "eventCategory": "Management", "readOnly": true, "sourceIPAddress": "192.0.2.1", "userAgent": "cli", "awsRegion": "eu-west-1",
		"recipientAccountId": "111122223333", "errorCode": "AccessDenied", "errorMessage": "no", "requestID": "r", "requestParameters": {"tableName": "orders"},
		"additionalEventData": {"MFAUsed": "Yes"} }`))
	want := app.TrailEvent{
		Scope: app.Scope{Account: "111122223333", Region: "eu-west-1"}, ID: "e", At: noon, Name: "UpdateTable",
		Source: "dynamodb.amazonaws.com",
		Type:   "AwsApiCall", Category: "Management", ReadOnly: true, Principal: app.Principal{MFA: true},
		SourceIP: "192.0.2.1", UserAgent: "cli",
		ErrorCode: "AccessDenied", ErrorMessage: "no", RequestID: "r", Raw: got.Raw,
	}
	if d := cmp.Diff(want, got); err != nil || d != "" {
		t.Error(err, d)
	}
	if raw := string(got.Raw); len(raw) == 0 || raw[:11] != `{"eventID":` || !json.Valid(got.Raw) {
		t.Errorf("raw is %s", raw)
	}
	for _, bad := range []string{"", "null", "[]", "{}", `{"eventID":"e"}`, `{"eventTime":"2025-11-20T12:00:00Z"}`,
		`{"eventID":"e","eventTime":"noon"}`} {
		if _, err := ParseEvent([]byte(bad)); err == nil {
			t.Errorf("%q is taken for an event", bad)
		}
	}
}

func TestPrincipals(t *testing.T) {
	tests := []struct {
		identity string
		want     app.Principal
		name     string
		person   bool
	}{
		{`{"type":"IAMUser","arn":"arn:aws:iam::1:user/ada","accountId":"1","accessKeyId":"AKIA",` +
			`"userName":"ada","sessionContext":{"sessionIssuer":{},"attributes":{"mfaAuthenticated":"true"}}}`,
			app.Principal{Type: "IAMUser", ARN: "arn:aws:iam::1:user/ada", Account: "1", AccessKey: "AKIA", User: "ada",
				MFA: true}, "ada", true},
		{`{"type":"AssumedRole","principalId":"AROA:i-1","arn":"arn:aws:sts::1:assumed-role/deploy/i-1",` +
			`"accountId":"1","sessionContext":{"sessionIssuer":{"type":"Role","userName":"deploy","accountId":"1"}` +
			`,"attributes":{"mfaAuthenticated":false}}}`,
			app.Principal{Type: "AssumedRole", ARN: "arn:aws:sts::1:assumed-role/deploy/i-1", Account: "1",
				User: "deploy", Session: "i-1"}, "deploy/i-1", false},
		{`{"type":"AssumedRole","arn":"arn:aws:sts::1:assumed-role/AWSReservedSSO_Ops_1/ada@example.com"}`,
			app.Principal{Type: "AssumedRole", ARN: "arn:aws:sts::1:assumed-role/AWSReservedSSO_Ops_1/ada@example.com",
				User: "AWSReservedSSO_Ops_1", Session: "ada@example.com"}, "AWSReservedSSO_Ops_1/ada@example.com",
			true},
		{`{"type":"AssumedRole","principalId":"AROA:s"}`, app.Principal{Type: "AssumedRole", Session: "s"},
			"AssumedRole", false},
		{`{"type":"Root","arn":"arn:aws:iam::1:root","accountId":"1","userName":"alias"}`,
			app.Principal{Type: "Root", ARN: "arn:aws:iam::1:root", Account: "1"}, "root", true},
		{`{"type":"AWSService","invokedBy":"ec2.amazonaws.com"}`,
			app.Principal{Type: "AWSService", InvokedBy: "ec2.amazonaws.com"}, "ec2.amazonaws.com", false},
		{`{"type":"AWSAccount","principalId":"AIDA","accountId":"2"}`, app.Principal{Type: "AWSAccount", Account: "2"},
			"2", false},
		{`{"type":"FederatedUser","arn":"arn:aws:sts::1:federated-user/bob",` +
			`"accountId":"1","sessionContext":{"sessionIssuer":{"type":"IAMUser","userName":"ada"}}}`,
			app.Principal{Type: "FederatedUser", ARN: "arn:aws:sts::1:federated-user/bob", Account: "1", User: "bob"},
			"bob", false},
		{`{"type":"WebIdentityUser","principalId":"accounts.google.com:x",` +
			`"userName":"x","identityProvider":"accounts.google.com"}`,
			app.Principal{Type: "WebIdentityUser", User: "x"}, "x", false},
		{`{"type":"IdentityCenterUser","accountId":"1","onBehalfOf":{"userId":"u-1"}}`,
			app.Principal{Type: "IdentityCenterUser", Account: "1", User: "u-1"}, "u-1", false},
		{`{"accountId":"1","invokedBy":"ec2.amazonaws.com"}`,
			app.Principal{Account: "1", InvokedBy: "ec2.amazonaws.com"}, "ec2.amazonaws.com", false},
		{`null`, app.Principal{}, "", false},
	}
	for _, test := range tests {
		e, err := ParseEvent([]byte(`{"eventID":"e","eventTime":"2025-11-20T12:00:00Z","userIdentity":` +
			test.identity + `}`))
		if d := cmp.Diff(test.want, e.Principal); err != nil || d != "" {
			t.Error(err, d)
		}
		if e.Principal.Name() != test.name || e.Principal.Person() != test.person {
			t.Errorf("%s is called %q, a person: %v", test.identity, e.Principal.Name(), e.Principal.Person())
		}
	}
}

// records are those of real trail files.
func records(tb testing.TB) []json.RawMessage {
	tb.Helper()
	files, _ := filepath.Glob(filepath.Join("..", "..", "..", "shared", "data", "cloudtrail", "*.json"))
	if len(files) == 0 {
		tb.Skip("the trail files are not there")
	}
	var all []json.RawMessage
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			tb.Fatal(err)
		}
		var trail struct{ Records []json.RawMessage }
		if err := json.Unmarshal(b, &trail); err != nil {
			tb.Fatal(err)
		}
		all = append(all, trail.Records...)
	}
	return all
}

func TestParseRealRecords(t *testing.T) {
	var writes, denied, people, resources int
	for _, record := range records(t) {
		e, err := ParseEvent(record)
		if err != nil {
			t.Errorf("%v in %s", err, record)
			continue
		}
		if e.Name == "" || e.Source == "" || e.Account == "" || e.Region == "" || e.Principal.Name() == "" ||
			e.At.Year() != 2023 {
			t.Errorf("%+v lacks something", e)
		}
		if !cmp.Equal(generic(t, record), generic(t, e.Raw)) {
			t.Errorf("raw differs from %s", record)
		}
		resources += len(e.Resources)
		count(&writes, !e.ReadOnly)
		count(&denied, e.Denied())
		count(&people, e.Principal.Person())
	}
	// What jq counts in the same files; the 564 IAM users are all people but for those that a service stands in for.
	if writes != 108 || resources == 0 || denied == 0 || people == 0 || people > 564 {
		t.Errorf("%d writes, %d denied, %d by people, %d resources", writes, denied, people, resources)
	}
}

func count(n *int, counts bool) {
	if counts {
		*n++
	}
}

func generic(t *testing.T, b []byte) (v any) {
	t.Helper()
	if err := json.Unmarshal(b, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

func FuzzParseEvent(f *testing.F) {
	f.Add([]byte(text("a", noon)))
	f.Add([]byte(`{"eventID":"e","eventTime":"2025-11-20T12:00:00Z","additionalEventData":"x","readOnly":1,` +
		`"userIdentity":{"sessionContext":{"attributes":{"mfaAuthenticated":[]}}}}`))
	f.Add([]byte(`{"eventID":"e","eventTime":"9999-12-31T23:59:59-12:00"}`))
	f.Fuzz(func(t *testing.T, record []byte) {
		e, err := ParseEvent(record)
		if err != nil {
			return
		}
		if e.ID == "" || e.At.IsZero() || !json.Valid(e.Raw) {
			t.Errorf("%+v lacks something", e)
		}
		if _, err := json.Marshal(e); err != nil {
			t.Errorf("the event cannot be written: %v", err)
		}
	})
}

// An event of CloudTrail Insights has what was called within insightDetails.
func TestInsightEvents(t *testing.T) {
	record := `{"eventID":"i","eventTime":"2025-11-20T12:00:00Z","eventType":"AwsCloudTrailInsight",` +
		`"eventCategory":"Insight","insightDetails":{"state":"Start",` +
		`"eventSource":"ssm.amazonaws.com","eventName":"UpdateInstanceInformation","insightType":"ApiCallRateInsight",` +
		`"insightContext":{"statistics":{"baseline":{"average":85.4},"insight":{"average":664},"insightDuration":1}}}}`
	api := everyCategory(func(in *cloudtrail.LookupEventsInput) (*cloudtrail.LookupEventsOutput, error) {
		if in.EventCategory != types.EventCategoryInsight { // AWS gives them to nobody else
			return &cloudtrail.LookupEventsOutput{}, nil
		}
		return &cloudtrail.LookupEventsOutput{
			Events: []types.Event{{EventId: aws.String("i"), CloudTrailEvent: aws.String(record)}}}, nil
	})
	got, err := read(New(api, scope).Trail(t.Context(), app.TrailQuestion{Range: hour}))
	if err != nil || len(got) != 2 || len(got[0].Problems) > 0 || !got[0].Covers.Empty() || !got[1].Covers.Equal(hour) {
		t.Fatal(got, err)
	}
	e := got[0].Items[0]
	i, ok := e.Insight()
	if !ok || e.Name != "UpdateInstanceInformation" || e.Service() != "ssm" ||
		e.Principal.Name() != "cloudtrail.amazonaws.com" || e.Change() ||
		i.Average != 664 || i.Baseline != 85.4 || !i.From.Equal(noon) || !i.To.IsZero() {
		t.Errorf("%+v, %+v", e, i)
	}
}

// Who breaks off while Insights events are asked for is told so, and nothing of a problem.
func TestBrokenOffAtInsightEvents(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	api := everyCategory(func(in *cloudtrail.LookupEventsInput) (*cloudtrail.LookupEventsOutput, error) {
		if in.EventCategory != types.EventCategoryInsight {
			t.Error("management events are asked for all the same")
		}
		cancel()
		return nil, ctx.Err()
	})
	pages, err := read(New(api, scope).Trail(ctx, app.TrailQuestion{Range: hour}))
	if !errors.Is(err, context.Canceled) || len(pages) != 1 || len(pages[0].Problems) > 0 {
		t.Errorf("%v, %+v", err, pages)
	}
}

// An endpoint that does not know the category of Insights events, as emulators do not, gives management events all the
// same.
func TestAnEndpointWithoutInsightEvents(t *testing.T) {
	api := everyCategory(func(in *cloudtrail.LookupEventsInput) (*cloudtrail.LookupEventsOutput, error) {
		if in.EventCategory != "" {
			return nil, errors.New("what is this category?")
		}
		return &cloudtrail.LookupEventsOutput{Events: []types.Event{{EventId: aws.String("m")}}}, nil
	})
	got, err := read(New(api, scope).Trail(t.Context(), app.TrailQuestion{Range: hour}))
	if err != nil || len(got) != 2 || len(got[0].Problems) != 1 || len(got[1].Items) != 1 ||
		!got[1].Covers.Equal(hour) {
		t.Errorf("%+v, %v", got, err)
	}
}

// What LookupEvents says beside a record counts where the record does not say it.
func TestWhatARecordDoesNotTell(t *testing.T) {
	at := `"eventTime":"2025-11-20T12:00:00Z"`
	for name, c := range map[string]struct {
		event              types.Event
		who, code, problem string
		read, change       bool
	}{
		"a refused sign-in": {types.Event{ReadOnly: aws.String("false"),
			CloudTrailEvent: aws.String(`{"eventID":"e",` + at +
				`,"eventName":"ConsoleLogin","eventSource":"signin.amazonaws.com",` +
				`"userIdentity":{"type":"IAMUser","userName":"ada"},"errorMessage":"Failed ` +
				`authentication","responseElements":{"ConsoleLogin":"Failure"},"readOnly":false}`)}, "ada", "Failure",
			"", false, false},
		"a refused role": {types.Event{CloudTrailEvent: aws.String(`{"eventID":"e",` + at +
			`,"eventName":"SwitchRole","eventSource":"signin.amazonaws.com",` +
			`"userIdentity":{"type":"IAMUser","userName":"ada"},"responseElements":{"SwitchRole":"Failure"}` +
			`,"readOnly":false}`)}, "ada", "Failure", "", false, false},
		"a sign-in": {types.Event{CloudTrailEvent: aws.String(`{"eventID":"e",` + at +
			`,"eventName":"ConsoleLogin","eventSource":"signin.amazonaws.com",` +
			`"userIdentity":{"type":"IAMUser","userName":"ada"},"responseElements":{"ConsoleLogin":"Success"}` +
			`,"readOnly":false}`)}, "ada", "", "", false, false},
		"a read beside": {types.Event{ReadOnly: aws.String("true"),
			CloudTrailEvent: aws.String(`{"eventID":"e",` + at +
				`,"eventName":"DescribeInstances","userIdentity":{"userName":"ada"}}`)}, "ada", "", "", true, false},
		"a write that says so": {types.Event{ReadOnly: aws.String("true"),
			CloudTrailEvent: aws.String(`{"eventID":"e",` + at +
				`,"readOnly":false,"userIdentity":{"userName":"ada"}}`)}, "ada", "", "", false, true},
		"nobody": {types.Event{Username: aws.String("ada"),
			CloudTrailEvent: aws.String(`{"eventID":"e",` + at +
				`,"userIdentity":null,"resources":null,"readOnly":false}`)}, "ada", "", "", false, true},
		"another account": {types.Event{CloudTrailEvent: aws.String(`{"eventID":"e",` + at +
			`,"readOnly":true,"userIdentity":{"type":"AWSAccount","principalId":"AROAEXAMPLE:deploy-session",` +
			`"accountId":"444455556666"}}`)},
			"444455556666/deploy-session", "", "", true, false},
		"fields of other types": {types.Event{
			CloudTrailEvent: aws.String(`{"eventID":"e",` + at +
				`,"readOnly":true,"userAgent":["x"],"responseElements":"none","userIdentity":{"userName":"ada"}}`)},
			"ada", "", "userAgent cannot be read: it is array", true, false},
	} {
		api := fake(func(*cloudtrail.LookupEventsInput) (*cloudtrail.LookupEventsOutput, error) {
			return &cloudtrail.LookupEventsOutput{Events: []types.Event{c.event}}, nil
		})
		got, err := read(New(api, scope).Trail(t.Context(), app.TrailQuestion{Range: hour}))
		if err != nil || len(got) != 1 || len(got[0].Items) != 1 {
			t.Fatalf("%s: %+v, %v", name, got, err)
		}
		e, problem := got[0].Items[0], ""
		for _, p := range got[0].Problems {
			problem = p.Message
		}
		if e.Principal.Name() != c.who || e.ErrorCode != c.code || e.ReadOnly != c.read || e.Change() != c.change ||
			problem != c.problem {
			t.Errorf("%s: %q, code %q, read %v, change %v, problem %q", name, e.Principal.Name(), e.ErrorCode,
				e.ReadOnly, e.Change(), problem)
		}
	}
}
