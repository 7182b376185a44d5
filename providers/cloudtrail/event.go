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
	ReadOnly     flag        `json:"readOnly"`
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
// files are. Its scope is the account that received the event and the Region that it happened in. A record without an id
// or a time is an error; so is what is not JSON.
func ParseEvent(text []byte) (app.TrailEvent, error) {
	var r record
	if err := json.Unmarshal(text, &r); err != nil {
		return app.TrailEvent{}, fmt.Errorf("the record does not parse: %w", err)
	}
	at, err := time.Parse(time.RFC3339, r.At)
	if at = at.UTC(); err != nil || at.Year() > 9999 { // which no JSON can tell
		return app.TrailEvent{}, fmt.Errorf("the record's time %q does not parse", r.At)
	}
	if r.ID == "" {
		return app.TrailEvent{}, errors.New("the record has no id")
	}
	var raw bytes.Buffer
	if err := json.Compact(&raw, text); err != nil {
		return app.TrailEvent{}, fmt.Errorf("the record does not parse: %w", err)
	}
	event := app.TrailEvent{
		Scope:        app.Scope{Account: r.Account, Region: r.Region},
		ID:           r.ID,
		At:           at,
		Name:         r.Name,
		Source:       r.Source,
		Type:         r.Type,
		Category:     r.Category,
		ReadOnly:     bool(r.ReadOnly),
		Principal:    r.Identity.principal(),
		SourceIP:     r.SourceIP,
		UserAgent:    r.UserAgent,
		ErrorCode:    r.ErrorCode,
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
	return event, nil
}
