package world

import (
	"bytes"
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
)

// TestTrailEventsCanBeReadBackFromTheirRecord reads the raw record as somebody who knows only CloudTrail's document.
func TestTrailEventsCanBeReadBackFromTheirRecord(t *testing.T) {
	for _, p := range shopWorld(t).Places {
		if !slices.IsSortedFunc(p.Trail, app.CompareTrail) {
			t.Errorf("%s: the trail is not sorted", p.Scope)
		}
		ids := map[string]bool{}
		for _, e := range p.Trail {
			if ids[e.ID] {
				t.Fatalf("%s: id %s twice", p.Scope, e.ID)
			}
			ids[e.ID] = true
			again := readRecord(t, e.Raw)
			again.Scope.Profile, again.Raw = p.Scope.Profile, e.Raw
			if !reflect.DeepEqual(again, e) {
				t.Fatalf("read back: %+v\nwant %+v", again, e)
			}
			var compact bytes.Buffer
			if json.Compact(&compact, e.Raw) != nil || !bytes.Equal(compact.Bytes(), e.Raw) ||
				bytes.ContainsAny(e.Raw, "<>&{") && unfilled(string(e.Raw)) || bytes.ContainsAny(e.Raw, "<>&") {
				t.Fatalf("the record does not survive: %s", e.Raw)
			}
		}
	}
}

// readRecord reads what package app wants to know out of a record.
func readRecord(t *testing.T, raw json.RawMessage) app.TrailEvent {
	t.Helper()
	var r map[string]any
	if err := json.Unmarshal(raw, &r); err != nil {
		t.Fatalf("%v: %s", err, raw)
	}
	at, err := time.Parse(time.RFC3339, text(r, "eventTime"))
	if err != nil {
		t.Fatal(err)
	}
	e := app.TrailEvent{
		Scope: app.Scope{Account: text(r, "recipientAccountId"), Region: text(r, "awsRegion")},
		ID:    text(r, "eventID"), At: at, Name: text(r, "eventName"), Source: text(r, "eventSource"),
		Type:     text(r, "eventType"),
		Category: text(r, "eventCategory"), ReadOnly: r["readOnly"].(bool), SourceIP: text(r, "sourceIPAddress"),
		UserAgent: text(r, "userAgent"), ErrorCode: text(r, "errorCode"), ErrorMessage: text(r, "errorMessage"),
		RequestID: text(r, "requestID"),
		Principal: app.Principal{
			Type: text(r, "userIdentity", "type"), ARN: text(r, "userIdentity", "arn"),
			Account: text(r, "userIdentity", "accountId"),
			User:    text(r, "userIdentity", "userName"), AccessKey: text(r, "userIdentity", "accessKeyId"),
			InvokedBy: text(r, "userIdentity", "invokedBy"),
			MFA:       text(r, "userIdentity", "sessionContext", "attributes", "mfaAuthenticated") == "true",
		},
	}
	if e.Principal.Type == "AssumedRole" {
		parts := strings.Split(e.Principal.ARN, "/")
		e.Principal.User, e.Principal.Session = parts[1], parts[2]
	}
	resources, _ := r["resources"].([]any)
	for _, res := range resources {
		e.Resources = append(e.Resources, app.TrailResource{Type: text(res, "type"), Name: text(res, "ARN")})
	}
	return e
}

// text follows a path of keys to a string, "" if there is none.
func text(v any, path ...string) string {
	for _, key := range path {
		fields, _ := v.(map[string]any)
		v = fields[key]
	}
	s, _ := v.(string)
	return s
}

func TestTheChangeSaysWhatItChanged(t *testing.T) {
	for _, e := range shopWorld(t).place(t, data, "eu-west-1").Trail {
		if e.Name != "UpdateTable" || !e.Change() {
			continue
		}
		var r struct {
			RequestParameters struct {
				TableName, BillingMode string
				ProvisionedThroughput  struct{ WriteCapacityUnits int }
			}
		}
		if err := json.Unmarshal(e.Raw, &r); err != nil {
			t.Fatal(err)
		}
		q := r.RequestParameters
		if q.TableName != "orders" || q.BillingMode != "PROVISIONED" ||
			q.ProvisionedThroughput.WriteCapacityUnits != 400 {
			t.Errorf("%s", e.Raw)
		}
		return
	}
	t.Error("there is no change")
}

func TestOneCallToldInTwoAccounts(t *testing.T) {
	shared := map[string][]string{}
	for _, p := range shopWorld(t).Places {
		for _, e := range p.Trail {
			var r struct{ SharedEventID string }
			if json.Unmarshal(e.Raw, &r) == nil && r.SharedEventID != "" {
				shared[r.SharedEventID] = append(shared[r.SharedEventID], p.Scope.Account)
			}
		}
	}
	if len(shared) != 1 {
		t.Fatalf("shared events: %v", shared)
	}
	for _, accounts := range shared {
		if !slices.Equal(accounts, []string{prod, data}) {
			t.Errorf("told in %v", accounts)
		}
	}
}
