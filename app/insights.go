package app

import (
	"context"
	"time"
)

// QueryLanguage is the language of a query for Logs Insights, as StartQuery names it.
type QueryLanguage string

// The languages.
const (
	LogsInsightsQL QueryLanguage = "CWLI"
	OpenSearchSQL  QueryLanguage = "SQL"
	OpenSearchPPL  QueryLanguage = "PPL"
)

// InsightsRows is how many rows StartQuery gives of one query at most, which only Logs Insights QL reaches: SQL and PPL
// give InsightsPage (StartQuery, GetQueryResults).
const (
	InsightsRows = 100_000
	InsightsPage = 10_000
)

// InsightsGroups is how many log groups StartQuery takes.
const InsightsGroups = 50

// InsightsQuestion is a query for Logs Insights, which AWS evaluates over all events of the groups, pulled or not.
type InsightsQuestion struct {
	Text     string
	Language QueryLanguage // "": Logs Insights QL
	Groups   []string      // names or ARNs; none for SQL, which names them in its text
	Range    Range
	// Rows is after how many rows the answer of one query counts as cut off, and its range is split; 0: InsightsRows.
	Rows int

	// Start is called before each query that is started, of which there are several where the range is split, with the
	// range of that query; an error keeps it from being started and ends the answer. Nil: all may be started.
	Start func(context.Context, Range) error
	// End is called with the bytes that a query has scanned, which is what AWS bills, however it ended.
	End func(scanned int64)
	// Tell is called while queries run. Nil: nobody listens.
	Tell func(InsightsProgress)
}

// InsightsProgress is how a question stands while AWS works on it.
type InsightsProgress struct {
	Status  string // as AWS says it: Scheduled, Running, Complete
	Range   Range  // of the query that runs
	Rows    int    // that have come
	Scanned int64  // bytes, of all queries so far
	Matched int64  // events, of the query that runs
	Queries int    // that were started
	ID      string // of the query that runs
}

// LogRow is one row of an answer: the columns that have a value, in AWS's order.
type LogRow struct {
	Fields []LogField
	Ptr    string // identifies the event, "" in rows that are of no event
}

// LogField is one column of a row.
type LogField struct {
	Name  string `json:"field"`
	Value string `json:"value"`
}

// InsightsResult is an answer as the cache keeps it, with its question.
type InsightsResult struct {
	ID int64 `json:"id"` // in the cache
	Scope
	Text     string        `json:"query"`
	Language QueryLanguage `json:"language"`
	Groups   []string      `json:"groups"`
	Range    Range         `json:"range"`
	At       time.Time     `json:"at"` // when it was asked
	Columns  []string      `json:"columns"`
	Count    int           `json:"rows"`          // of Rows, also where they are not read
	Scanned  int64         `json:"scanned_bytes"` // which AWS bills
	Cost     Money         `json:"cost_nano_usd"`
	// Cut says why rows are missing; "" where all came.
	Cut  string      `json:"cut,omitempty"`
	Rows [][]*string `json:"-"` // a value a column; nil where there is none
}

// QueriesQuestion asks which queries ran lately (DescribeQueries).
type QueriesQuestion struct {
	Status string // Running and the like; "": all
}

// InsightsQuery is a query that somebody has run (QueryInfo).
type InsightsQuery struct {
	Scope
	ID       string        `json:"id"`
	Text     string        `json:"query"`
	Language QueryLanguage `json:"language,omitempty"`
	Group    string        `json:"group,omitempty"`
	Status   string        `json:"status"`
	Created  time.Time     `json:"created"`
	Took     time.Duration `json:"took_ns,omitempty"`
	Scanned  int64         `json:"scanned_bytes,omitempty"`
	By       string        `json:"by,omitempty"` // ARN of who ran it
}

// QueryDefinitionsQuestion asks for saved queries (DescribeQueryDefinitions).
type QueryDefinitionsQuestion struct{ Prefix string }

// QueryDefinition is a query that the team has saved.
type QueryDefinition struct {
	Scope
	ID       string        `json:"id"`
	Name     string        `json:"name"`
	Text     string        `json:"query"`
	Language QueryLanguage `json:"language,omitempty"`
	Groups   []string      `json:"groups,omitempty"`
	Modified time.Time     `json:"modified,omitzero"`
}
