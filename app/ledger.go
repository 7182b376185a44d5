package app

import (
	"fmt"
	"time"
)

// Money is an amount in nano US dollars (1e-9 USD): whole numbers, and small enough for one trace (500).
type Money int64

// Dollar is one US dollar.
const Dollar Money = 1_000_000_000

// String returns the amount in dollars with as many places as a small bill needs: $0.0012, $1.12.
func (m Money) String() string {
	d := float64(m) / float64(Dollar)
	switch {
	case m < 0:
		return "-" + (-m).String()
	case m == 0:
		return "$0.00"
	case m < Dollar/10_000:
		return "<$0.0001"
	case m < Dollar/10:
		return fmt.Sprintf("$%.4f", d)
	default:
		return fmt.Sprintf("$%.2f", d)
	}
}

// Outcome says how one request ended.
type Outcome string

// The outcomes of a request.
const (
	Answered Outcome = "answered"
	Refused  Outcome = "throttled"
	Failed   Outcome = "failed"
)

// Request is one HTTP request to AWS as the ledger keeps it: retries are requests too.
type Request struct {
	At        time.Time     `json:"at"`
	Scope                   // Account is empty before the caller is known
	Service   string        `json:"service"`   // logs, monitoring, xray, cloudtrail, sts
	Operation string        `json:"operation"` // FilterLogEvents
	Outcome   Outcome       `json:"outcome"`
	Code      string        `json:"code,omitempty"` // AWS's error code
	Took      time.Duration `json:"took_ns"`
	// Units are what AWS bills of an answered request: metrics, traces, or the request itself. Zero where nothing was
	// answered, and in what the first releases wrote, which did not count them.
	Units int   `json:"units"`
	Cost  Money `json:"cost_nano_usd"`
}

// Spend is a sum over ledger entries.
type Spend struct {
	Requests  int   `json:"requests"`
	Throttled int   `json:"throttled"`
	Failed    int   `json:"failed"`
	Cost      Money `json:"cost_nano_usd"`
}

// Add counts a request in.
func (s *Spend) Add(r Request) {
	s.Requests++
	s.Cost = Total(s.Cost, r.Cost)
	switch r.Outcome {
	case Refused:
		s.Throttled++
	case Failed:
		s.Failed++
	}
}

// SpendLine is a sum over the ledger entries of a day, of an operation, or of a scope: the other fields are empty.
type SpendLine struct {
	Day       time.Time `json:"day,omitzero"` // midnight UTC
	Account   string    `json:"account,omitempty"`
	Region    string    `json:"region,omitempty"`
	Service   string    `json:"service,omitempty"`
	Operation string    `json:"operation,omitempty"`
	Spend
	Units int `json:"units"` // what AWS bills of them; of different kinds where there is more than one operation
}

// MonthOf returns the calendar month of an instant, in UTC, which is how AWS bills and how the cap counts.
func MonthOf(at time.Time) Range {
	at = at.UTC()
	from := time.Date(at.Year(), at.Month(), 1, 0, 0, 0, 0, time.UTC)
	return Range{from, from.AddDate(0, 1, 0)}
}
