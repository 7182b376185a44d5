package world

import (
	"cmp"
	"encoding/json"
	"strings"
	"time"

	"github.com/nephograph/nephograph/app"
)

// Actor is somebody who calls AWS.
type Actor struct {
	Type      string `yaml:"type"` // AssumedRole, IAMUser, AWSService, Root
	Account   string `yaml:"account"`
	Role      string `yaml:"role"`
	Session   Text   `yaml:"session"`
	User      string `yaml:"user"`
	IP        string `yaml:"ip"`
	Agent     string `yaml:"agent"`
	MFA       bool   `yaml:"mfa"`
	InvokedBy string `yaml:"invoked_by"`
}

// Call is one call of an AWS API that CloudTrail recorded.
type Call struct {
	Source    string          `yaml:"source"` // dynamodb: without the domain
	Name      string          `yaml:"name"`
	Reads     bool            `yaml:"reads"`
	Request   Object          `yaml:"request"`
	Response  Object          `yaml:"response"`
	Resources []TrailResource `yaml:"resources"`
	Error     string          `yaml:"error"`
	Message   Text            `yaml:"message"`
	Type      string          `yaml:"type"`   // AwsApiCall if empty
	Shared    string          `yaml:"shared"` // calls of the same name here are one call, told in two accounts
	Weight    float64         `yaml:"weight"` // of a routine's call, beside its others; 0 is 1
}

// TrailResource is what a call concerned. Name is an ARN.
type TrailResource struct {
	Type string `yaml:"type"`
	Name string `yaml:"name"`
}

// TrailCall is a call within a journey.
type TrailCall struct {
	Actor string `yaml:"actor"`
	Call  `yaml:",inline"`
}

// Routine is what an actor does all day.
type Routine struct {
	In      string `yaml:"in"`
	Actor   string `yaml:"actor"`
	Count   int    `yaml:"count"` // at scale 1
	Follows string `yaml:"follows"`
	Calls   []Call `yaml:"calls"`
}

// Change is a call that the story has at an instant.
type Change struct {
	In    string        `yaml:"in"`
	At    time.Duration `yaml:"at"`
	Actor string        `yaml:"actor"`
	Call  `yaml:",inline"`
}

// trail tells the routines and the changes.
func (m *maker) trail() {
	for _, r := range m.scenario.Routines {
		p := m.places[r.In]
		d := newDice(m.world.Seed, "routine", p.Scope.String(), r.Actor, r.Calls[0].Source, r.Calls[0].Name)
		weights, sum := make([]float64, len(r.Calls)), 0.0
		for j, c := range r.Calls {
			sum += cmp.Or(c.Weight, 1)
			weights[j] = sum
		}
		for _, at := range m.moments(d, m.scaled(r.Count), r.Follows) {
			m.call(p, d, TrailCall{r.Actor, r.Calls[find(weights, d.Float64()*sum)]}, at, d.uuid(), nil)
		}
	}
	for _, c := range m.scenario.Changes {
		p := m.places[c.In]
		d := newDice(m.world.Seed, "change", p.Scope.String(), c.Source, c.Name, c.At.String())
		m.call(p, d, TrailCall{c.Actor, c.Call}, m.anchor().Add(c.At), d.uuid(), nil)
	}
}

// call records one call. fill fills the placeholders of a journey; without it they are made up.
func (m *maker) call(p *Place, d dice, c TrailCall, at time.Time, request string, fill func(string) string) {
	at = at.Truncate(time.Second)
	if !m.world.Range.Contains(at) {
		return
	}
	if fill == nil {
		t := &trip{dice: d, m: m, place: p, order: d.IntN(900_000) + 100_000, ip: d.address()}
		f := frame{started: at, now: at, call: request, request: request}
		fill = func(name string) string { return t.value(f, name) }
	}
	r := m.written(p, d, c, at, request, fill)
	raw := json.RawMessage(mustJSON(r))
	p.Trail = append(p.Trail, r.event(p.Scope, raw))
}

// trailRecord is an event as CloudTrail writes it, its fields in CloudTrail's order (CloudTrail user guide, "CloudTrail
// record contents").
type trailRecord struct {
	EventVersion       string           `json:"eventVersion"`
	UserIdentity       userIdentity     `json:"userIdentity"`
	EventTime          time.Time        `json:"eventTime"`
	EventSource        string           `json:"eventSource"`
	EventName          string           `json:"eventName"`
	AWSRegion          string           `json:"awsRegion"`
	SourceIPAddress    string           `json:"sourceIPAddress"`
	UserAgent          string           `json:"userAgent"`
	ErrorCode          string           `json:"errorCode,omitempty"`
	ErrorMessage       string           `json:"errorMessage,omitempty"`
	RequestParameters  json.RawMessage  `json:"requestParameters"`
	ResponseElements   json.RawMessage  `json:"responseElements"`
	RequestID          string           `json:"requestID"`
	EventID            string           `json:"eventID"`
	ReadOnly           bool             `json:"readOnly"`
	Resources          []recordResource `json:"resources,omitempty"`
	EventType          string           `json:"eventType"`
	ManagementEvent    bool             `json:"managementEvent"`
	RecipientAccountID string           `json:"recipientAccountId"`
	SharedEventID      string           `json:"sharedEventID,omitempty"`
	EventCategory      string           `json:"eventCategory"`
	TLS                *tlsDetails      `json:"tlsDetails,omitempty"`
}

type recordResource struct {
	AccountID string `json:"accountId"`
	Type      string `json:"type"`
	ARN       string `json:"ARN"`
}

type tlsDetails struct {
	Version string `json:"tlsVersion"`
	Cipher  string `json:"cipherSuite"`
	Host    string `json:"clientProvidedHostHeader"`
}

// written makes the record of a call.
func (m *maker) written(p *Place, d dice, c TrailCall, at time.Time, request string,
	fill func(string) string) trailRecord {
	actor := m.scenario.Actors[c.Actor]
	r := trailRecord{
		EventVersion: "1.11", UserIdentity: m.identity(p, c.Actor, actor, at, fill), EventTime: at,
		EventSource: c.Source + ".amazonaws.com", EventName: c.Name, AWSRegion: p.Scope.Region,
		SourceIPAddress: actor.IP, UserAgent: actor.Agent, ErrorCode: c.Error, ErrorMessage: c.Message.fill(true, fill),
		RequestParameters: orNull(c.Request.fill(true, fill)), ResponseElements: orNull(c.Response.fill(true, fill)),
		RequestID: request, EventID: d.uuid(), ReadOnly: c.Reads, EventType: "AwsApiCall", ManagementEvent: true,
		RecipientAccountID: p.Scope.Account, EventCategory: "Management",
	}
	if c.Type != "" {
		r.EventType = c.Type
	}
	for _, res := range c.Resources {
		r.Resources = append(r.Resources, recordResource{accountOf(res.Name, p.Scope.Account), res.Type, res.Name})
	}
	if c.Shared != "" {
		shared := newDice(m.world.Seed, "shared", c.Shared)
		r.SharedEventID, r.RequestID = shared.uuid(), shared.uuid()
	}
	if actor.InvokedBy == "" {
		r.TLS = &tlsDetails{"TLSv1.3", "TLS_AES_128_GCM_SHA256", c.Source + "." + p.Scope.Region + ".amazonaws.com"}
	}
	return r
}

// orNull writes what is not there as CloudTrail does.
func orNull(raw json.RawMessage) json.RawMessage {
	if raw == nil {
		return json.RawMessage("null")
	}
	return raw
}

// accountOf returns the account in an ARN, or the one given where the ARN has none.
func accountOf(arn, otherwise string) string {
	if parts := strings.SplitN(arn, ":", 6); len(parts) == 6 && parts[4] != "" {
		return parts[4]
	}
	return otherwise
}

// event returns the record as the console reads it.
func (r trailRecord) event(scope app.Scope, raw json.RawMessage) app.TrailEvent {
	e := app.TrailEvent{
		Scope: scope, ID: r.EventID, At: r.EventTime, Name: r.EventName, Source: r.EventSource, Type: r.EventType,
		Category: r.EventCategory, ReadOnly: r.ReadOnly, Principal: r.UserIdentity.principal(),
		SourceIP:  r.SourceIPAddress,
		UserAgent: r.UserAgent, ErrorCode: r.ErrorCode, ErrorMessage: r.ErrorMessage, RequestID: r.RequestID, Raw: raw,
	}
	for _, res := range r.Resources {
		e.Resources = append(e.Resources, app.TrailResource{Type: res.Type, Name: res.ARN})
	}
	return e
}
