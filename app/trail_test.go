package app_test

import (
	"testing"

	"github.com/nephograph/nephograph/app"
)

func TestPrincipal(t *testing.T) {
	for name, c := range map[string]struct {
		principal app.Principal
		person    bool
	}{
		"root": {app.Principal{Type: "Root", ARN: "arn:aws:iam::111122223333:root"}, true},
		"ana":  {app.Principal{Type: "IAMUser", User: "ana"}, true},
		"deploy/pipeline-7": {app.Principal{Type: "AssumedRole", User: "deploy", Session: "pipeline-7"},
			false},
		"ops/ana@shop.example": {app.Principal{Type: "AssumedRole", User: "ops", Session: "ana@shop.example"},
			true},
		"AWSReservedSSO_Admin_1/ana": {app.Principal{Type: "AssumedRole", User: "AWSReservedSSO_Admin_1",
			Session: "ana"}, true},
		"autoscaling.amazonaws.com": {app.Principal{Type: "AWSService", InvokedBy: "autoscaling.amazonaws.com"}, false},
		"reader":                    {app.Principal{ARN: "arn:aws:iam::111122223333:user/team/reader"}, false},
		"worker/i-0abc": {app.Principal{ARN: "arn:aws:sts::111122223333:assumed-role/worker/i-0abc"},
			false},
		"444455556666": {app.Principal{Type: "AWSAccount", Account: "444455556666"}, false},
	} {
		if got := c.principal.Name(); got != name {
			t.Errorf("%+v is called %q, want %q", c.principal, got, name)
		}
		if got := c.principal.Person(); got != c.person {
			t.Errorf("%s is a person: %v", name, got)
		}
	}
	who := app.Identity{Account: "111122223333", ARN: "arn:aws:sts::111122223333:assumed-role/ops/ana"}
	if who.Name() != "ops/ana@111122223333" {
		t.Errorf("I am %q", who.Name())
	}
	if got := (app.Identity{Account: "111122223333"}).Name(); got != "111122223333" {
		t.Errorf("I am %q", got)
	}
}

func TestTrailEvent(t *testing.T) {
	for name, c := range map[string]struct {
		event          app.TrailEvent
		change, denied bool
	}{
		"a write":         {app.TrailEvent{}, true, false},
		"a read":          {app.TrailEvent{ReadOnly: true}, false, false},
		"a refused write": {app.TrailEvent{ErrorCode: "AccessDenied"}, false, true},
		"in EC2's words":  {app.TrailEvent{ErrorCode: "Client.UnauthorizedOperation"}, false, true},
		"a failed write":  {app.TrailEvent{ErrorCode: "ResourceInUseException"}, false, false},
	} {
		if c.event.Change() != c.change || c.event.Denied() != c.denied {
			t.Errorf("%s: change %v, denied %v", name, c.event.Change(), c.event.Denied())
		}
	}
	if got := (app.TrailEvent{Source: "dynamodb.amazonaws.com"}).Service(); got != "dynamodb" {
		t.Errorf("service %q", got)
	}
}
