package cloudtrail

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/nephograph/nephograph/app"
)

// record is the part of a CloudTrail record that the console reads (CloudTrail user guide, "CloudTrail record
// contents"). The whole of it, with request parameters and response, stays in TrailEvent.Raw.
type record struct {
	ID           string      `json:"eventID"`
	At           string      `json:"eventTime"`
	Name         string      `json:"eventName"`
	Source       string      `json:"eventSource"`
	Type         string      `json:"eventType"`
	Category     string      `json:"eventCategory"`
	ReadOnly     *flag       `json:"readOnly"` // older versions have none
	Identity     identity    `json:"userIdentity"`
	SourceIP     string      `json:"sourceIPAddress"`
	UserAgent    string      `json:"userAgent"`
	ErrorCode    string      `json:"errorCode"`
	ErrorMessage string      `json:"errorMessage"`
	RequestID    string      `json:"requestID"`
	Region       string      `json:"awsRegion"`
	Account      string      `json:"recipientAccountId"`
	Resources    []resource  `json:"resources"`
	Additional   loginDetail `json:"additionalEventData"`
	Response     response    `json:"responseElements"`
}

type resource struct {
	Type string `json:"type"`
	ARN  string `json:"ARN"`
}

// loginDetail is what ConsoleLogin says of the second factor; other events have other things there.
type loginDetail struct {
	MFA flag `json:"MFAUsed"`
}

// UnmarshalJSON reads an object and takes anything else, such as a string, for one without the detail.
func (d *loginDetail) UnmarshalJSON(b []byte) error {
	var object struct {
		MFA flag `json:"MFAUsed"`
	}
	if json.Unmarshal(b, &object) == nil {
		d.MFA = object.MFA
	}
	return nil
}

// response is what a sign-in says of its end, under its own name: {"ConsoleLogin":"Failure"}. Of other events it is
// anything.
type response map[string]json.RawMessage

// UnmarshalJSON reads an object and takes anything else for an empty one.
func (r *response) UnmarshalJSON(b []byte) error {
	object := map[string]json.RawMessage{}
	if json.Unmarshal(b, &object) == nil {
		*r = object
	}
	return nil
}

// errorCode is the record's, or Failure where a refused sign-in tells of it in its message or its response alone
// (CloudTrail user guide, "AWS Management Console sign-in events").
func (r *record) errorCode() string {
	if r.ErrorCode == "" && (r.ErrorMessage != "" || string(r.Response[r.Name]) == `"Failure"`) {
		return "Failure"
	}
	return r.ErrorCode
}

// flag is a truth value that some services write as true, some as "true", some as "Yes".
type flag bool

// UnmarshalJSON reads all of these; what it does not know is false.
func (f *flag) UnmarshalJSON(b []byte) error {
	switch string(bytes.ToLower(b)) {
	case "true", `"true"`, `"yes"`:
		*f = true
	}
	return nil
}

// ParseEvent reads one CloudTrail record: what LookupEvents has in CloudTrailEvent, and what the Records of a trail's
// files are. Its scope is the account that received the event and the Region that it happened in. A record without an
// id or a time is an error; so is what is not JSON. A field of another type than CloudTrail describes is left empty
// and named in an error that comes with the event.
func ParseEvent(text []byte) (app.TrailEvent, error) {
	_, event, err := parse(text)
	return event, err
}

func parse(text []byte) (r record, event app.TrailEvent, lost error) {
	if err := json.Unmarshal(text, &r); err != nil {
		wrong := (*json.UnmarshalTypeError)(nil)
		if !errors.As(err, &wrong) || wrong.Field == "" {
			return r, event, fmt.Errorf("a record does not parse: %w", err)
		}
		lost = fmt.Errorf("%s cannot be read: it is %s", wrong.Field, wrong.Value)
	}
	at, err := time.Parse(time.RFC3339, r.At)
	if at = at.UTC(); err != nil || at.Year() > 9999 { // which no JSON can tell
		return r, event, fmt.Errorf("the time %q of a record does not parse", r.At)
	}
	if r.ID == "" {
		return r, event, errors.New("a record has no id")
	}
	var raw bytes.Buffer
	if err := json.Compact(&raw, text); err != nil {
		return r, event, fmt.Errorf("a record does not parse: %w", err)
	}
	event = app.TrailEvent{
		Scope:        app.Scope{Account: r.Account, Region: r.Region},
		ID:           r.ID,
		At:           at,
		Name:         r.Name,
		Source:       r.Source,
		Type:         r.Type,
		Category:     r.Category,
		ReadOnly:     r.ReadOnly != nil && bool(*r.ReadOnly),
		Principal:    r.Identity.principal(),
		SourceIP:     r.SourceIP,
		UserAgent:    r.UserAgent,
		ErrorCode:    r.errorCode(),
		ErrorMessage: r.ErrorMessage,
		RequestID:    r.RequestID,
		Raw:          raw.Bytes(),
	}
	event.Principal.MFA = event.Principal.MFA || bool(r.Additional.MFA)
	for _, x := range r.Resources {
		if x.ARN != "" {
			event.Resources = append(event.Resources, app.TrailResource{Type: x.Type, Name: x.ARN})
		}
	}
	return r, event, lost
}
