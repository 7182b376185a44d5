package trail

import (
	"strings"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/query"
)

func TestRepeatsAreOneRow(t *testing.T) {
	event := func(id, name, user, failed string) app.TrailEvent {
		return app.TrailEvent{ID: id, At: time.Unix(0, 0), Name: name, ErrorCode: failed,
			Principal: app.Principal{User: user}}
	}
	var rows []row
	for _, e := range []app.TrailEvent{
		event("1", "PutItem", "a", ""), event("2", "PutItem", "a", ""), event("3", "PutItem", "b", ""),
		event("4", "PutItem", "a", ""), event("5", "PutItem", "a", "AccessDenied"),
		event("6", "GetItem", "a", "AccessDenied"),
	} {
		rows = addRow(rows, e)
	}
	said := ""
	for _, r := range rows {
		for _, e := range r.events {
			said += e.ID
		}
		said += " "
	}
	if want := "12 3 4 5 6 "; said != want {
		t.Errorf("rows of %q, want %q", said, want)
	}
	if _, several := rows[0].item().(app.Changes); !several {
		t.Errorf("the first row is %T", rows[0].item())
	}
	if keyOf(rows[0].item()) != rows[0].key || keyOf(rows[1].item()) != rows[1].key || keyOf(app.Trace{}) != "" {
		t.Error("the keys of rows are not those of their items")
	}
}

// Each field has a value of an event that has all, and a query can ask for it.
func TestFieldsOfAnEvent(t *testing.T) {
	e := app.TrailEvent{Scope: app.Scope{Account: "111122223333", Region: "eu-west-1"}, ID: "e1", Name: "UpdateTable",
		Source: "dynamodb.amazonaws.com", ErrorCode: "AccessDenied", SourceIP: "192.0.2.1", UserAgent: "aws-cli/2",
		Principal: app.Principal{Type: "AssumedRole", User: "deploy", Session: "ada@shop.test",
			AccessKey: "ASIAEXAMPLE", MFA: true},
		Resources: []app.TrailResource{{Name: "arn:aws:dynamodb:eu-west-1:111122223333:table/orders"}}}
	want := map[string]string{"name": "UpdateTable", "kind": "denied", "who": "deploy/ada@shop.test", "by": "person",
		"role":    "deploy",
		"session": "ada@shop.test", "service": "dynamodb", "resource": "orders", "category": "scaling",
		"error": "AccessDenied",
		"ip":    "192.0.2.1", "agent": "aws-cli/2", "account": "111122223333", "region": "eu-west-1",
		"key": "ASIAEXAMPLE",
		"id":  "e1",
		"mfa": "yes"}
	for _, field := range fieldNames {
		term := query.Format(app.LogTerm{Field: field, Text: want[field]})
		f, err := query.ParseFilter(term, fieldNames)
		if err != nil || want[field] == "" || !f.Match(eventFields{e}) {
			t.Errorf("%s does not find the event: %v", term, err)
		}
		if f.Match(eventFields{app.TrailEvent{ReadOnly: true}}) {
			t.Errorf("%s finds an event without it", term)
		}
	}
	if len(fieldNames) != len(want) {
		t.Errorf("%d fields are tried of %d", len(want), len(fieldNames))
	}
	if !strings.Contains(eventFields{e}.Text(), "orders") {
		t.Error("words are not looked for in the names of resources")
	}
}
