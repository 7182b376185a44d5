package simulator

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/query/pipe"
)

// Limits of Logs Insights (API reference of StartQuery and GetQueryResults, CloudWatch Logs quotas).
const (
	queryGroups      = 50
	queryRows        = 100_000 // in Logs Insights QL; also the default here, where AWS has 10,000
	queryRowsPlain   = 10_000  // in SQL and PPL, and on a page
	queriesAtOnce    = 100
	queryText        = 10_000
	queriesPage      = 1_000
	queryDefinitions = 1_000
)

// Logs Insights is simulated with the project's own evaluation of its language (package pipe), whose tests hold the
// examples of AWS's documentation: a second one here would be a copy of the first. What the simulator is independent in
// is all about it: which events are scanned, whole seconds, limits, pages, states, statistics, stopping.

// insights are the queries of a server.
type insights struct {
	mu      sync.Mutex
	queries []*insightsQuery // oldest first
}

// insightsQuery is a query that was started.
type insightsQuery struct {
	id      string
	scope   app.Scope
	by      string
	in      startQueryInput
	created time.Time
	status  string
	polls   int // until it is complete, GetQueryResults is asked some times
	rows    [][]resultField
	stats   queryStatistics
}

type startQueryInput struct {
	EndTime             *int64   `json:"endTime"`
	Limit               *int     `json:"limit"`
	LogGroupIdentifiers []string `json:"logGroupIdentifiers"`
	LogGroupName        string   `json:"logGroupName"`
	LogGroupNames       []string `json:"logGroupNames"`
	QueryLanguage       string   `json:"queryLanguage"`
	QueryString         string   `json:"queryString"`
	StartTime           *int64   `json:"startTime"`
}

type startQueryOutput struct {
	QueryId string `json:"queryId"`
}

type resultField struct {
	Field string `json:"field"`
	Value string `json:"value"`
}

type queryStatistics struct {
	BytesScanned     float64 `json:"bytesScanned"`
	LogGroupsScanned float64 `json:"logGroupsScanned"`
	RecordsMatched   float64 `json:"recordsMatched"`
	RecordsScanned   float64 `json:"recordsScanned"`
	ResultCount      float64 `json:"resultCount"`
}

// groups returns the names of the groups that are asked for.
func (in *startQueryInput) groups() []string {
	var names []string
	for _, id := range slices.Concat(in.LogGroupIdentifiers, in.LogGroupNames, []string{in.LogGroupName}) {
		if _, name, ok := strings.Cut(id, ":log-group:"); ok {
			id = strings.TrimSuffix(name, ":*")
		}
		if id != "" {
			names = append(names, id)
		}
	}
	return names
}

// queryResource names the log groups of a StartQuery call, as far as its parameters can be read.
func queryResource(c *call) string {
	var in startQueryInput
	_ = json.Unmarshal(c.body, &in)
	return "arn:aws:logs:" + c.scope.Region + ":" + c.scope.Account + ":log-group:" +
		strings.Join(in.groups(), ",") + ":log-stream:"
}

func (in *startQueryInput) check(c *call) error {
	refuse := c.service.invalid.because
	ways := 0
	for _, given := range []bool{len(in.LogGroupIdentifiers) > 0, len(in.LogGroupNames) > 0, in.LogGroupName != ""} {
		if given {
			ways++
		}
	}
	most := queryRows
	if in.language() != "CWLI" {
		most = queryRowsPlain
	}
	switch {
	case in.StartTime == nil || in.EndTime == nil:
		return refuse("1 validation error detected: Value null at 'startTime' or 'endTime' failed to satisfy " +
			"constraint: Member must not be null")
	case *in.StartTime < 0 || *in.EndTime < *in.StartTime:
		return refuse("End time should not be less than start time.")
	case in.QueryString == "" || len(in.QueryString) > queryText:
		return refuse("1 validation error detected: Value at 'queryString' failed to satisfy constraint: Member must "+
			"have length less than or equal to %d", queryText)
	case !slices.Contains([]string{"CWLI", "SQL", "PPL"}, in.language()):
		return refuse("1 validation error detected: Value '%s' at 'queryLanguage' failed to satisfy constraint: "+
			"Member must satisfy enum value set: [CWLI, PPL, SQL]", in.QueryLanguage)
	case ways > 1 || ways == 0 && in.language() != "SQL":
		return refuse("Exactly one of logGroupName, logGroupNames and logGroupIdentifiers must be given.")
	case len(in.groups()) > queryGroups:
		return refuse("A query has at most %d log groups.", queryGroups)
	case in.Limit != nil && (*in.Limit < 1 || *in.Limit > most):
		return refuse("1 validation error detected: Value '%d' at 'limit' failed to satisfy constraint: Member must "+
			"have value between 1 and %d", *in.Limit, most)
	}
	for _, name := range in.groups() {
		if c.place.groups[name] == nil {
			return refusal{status: 400,
				code: "ResourceNotFoundException"}.because("Log group '%s' does not exist for account ID '%s'", name,
				c.scope.Account)
		}
	}
	return nil
}

func (in *startQueryInput) language() string { return cmp.Or(in.QueryLanguage, "CWLI") }

// startQuery evaluates a query at once, and lets GetQueryResults tell it as running for a while.
func startQuery(c *call) (any, error) {
	var in startQueryInput
	if err := c.read(&in); err != nil {
		return nil, err
	}
	if err := in.check(c); err != nil {
		return nil, err
	}
	q := &insightsQuery{scope: c.scope, by: c.principal(), in: in, created: c.now, status: "Running"}
	if err := q.evaluate(c); err != nil {
		return nil, err
	}
	return c.server.insights.add(c, q)
}

// add takes a query in, unless too many run.
func (s *insights) add(c *call, q *insightsQuery) (any, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	running := 0
	for _, other := range s.queries {
		if other.scope == c.scope && other.status == "Running" {
			running++
		}
	}
	if running >= queriesAtOnce {
		return nil, refusal{status: 400, code: "LimitExceededException", outcome: outcomeThrottled}.because(
			"Account maximum query concurrency limit of [%d] reached.", queriesAtOnce)
	}
	n := mix(c.server.world.Seed, uint64(len(s.queries))+1)
	q.id = fmt.Sprintf("%08x-%04x-4%03x-a%03x-%012x", uint32(n>>32), uint16(n>>16), n&0xfff, n>>52, n&0xffffffffffff)
	s.queries = append(s.queries, q)
	return startQueryOutput{q.id}, nil
}

// evaluate runs the query over the events of its groups, whose range includes both of its seconds. In SQL and PPL it
// only counts what it would scan.
func (q *insightsQuery) evaluate(c *call) error {
	parsed, err := pipe.Parse(q.in.QueryString)
	if q.in.language() != "CWLI" {
		parsed, err = pipe.Parse("stats count(*) as count")
	}
	if err != nil {
		return refusal{status: 400, code: "MalformedQueryException"}.because("Query is malformed: %v", err)
	}
	within := app.Range{From: time.Unix(*q.in.StartTime, 0).UTC(), To: time.Unix(*q.in.EndTime+1, 0).UTC()}
	most := queryRowsPlain
	if q.in.Limit != nil {
		most = *q.in.Limit
	}
	run := parsed.Start(pipe.Options{Range: within, Now: c.now, Rows: most, Ptr: true})
	for _, e := range q.events(c, within) {
		q.stats.BytesScanned += float64(len(e.Message) + logEventBytes)
		q.stats.RecordsScanned++
		run.Add(e) // all of them, whatever the result still needs: all are scanned and counted
	}
	table := run.Table()
	q.stats.LogGroupsScanned = float64(len(q.in.groups()))
	q.stats.RecordsMatched = float64(table.Matched)
	q.stats.ResultCount = float64(len(table.Rows))
	for _, row := range table.Rows {
		var fields []resultField
		for i, v := range row {
			if v.Kind() != pipe.None {
				fields = append(fields, resultField{table.Columns[i].Name, v.String()})
			}
		}
		q.rows = append(q.rows, fields)
	}
	return nil
}

// events returns what can be seen of the groups in a range, newest first.
func (q *insightsQuery) events(c *call, within app.Range) (all []*app.LogEvent) {
	for _, name := range q.in.groups() {
		events := c.place.Events[name]
		first, end := between(len(events), func(i int) time.Time { return events[i].At }, within.From, within.To)
		for i := first; i < end; i++ {
			if e := &events[i]; c.sees(e.Ingested, e.ID, logDelays) {
				all = append(all, e)
			}
		}
	}
	slices.SortStableFunc(all, func(a, b *app.LogEvent) int { return app.CompareLogEvents(*b, *a) })
	return all
}

type getQueryResultsInput struct {
	MaxItems  *int   `json:"maxItems"`
	NextToken string `json:"nextToken"`
	QueryId   string `json:"queryId"`
}

type getQueryResultsOutput struct {
	NextToken     string          `json:"nextToken,omitempty"`
	QueryLanguage string          `json:"queryLanguage"`
	Results       [][]resultField `json:"results"`
	Statistics    queryStatistics `json:"statistics"`
	Status        string          `json:"status"`
}

// queryPolls is how often GetQueryResults says that a query runs before it is complete.
const queryPolls = 1

func (in *getQueryResultsInput) token() *string { return &in.NextToken }

func (in *getQueryResultsInput) check(c *call) (size int, err error) {
	if in.MaxItems == nil {
		return queryRowsPlain, nil
	}
	return c.limit("maxItems", *in.MaxItems, queryRowsPlain)
}

// getQueryResults tells how a query stands, and its rows page by page once it is complete.
func getQueryResults(c *call) (any, error) {
	var in getQueryResultsInput
	size, t, err := begin(c, &in)
	if err != nil {
		return nil, err
	}
	q, err := c.server.insights.find(c, in.QueryId)
	if err != nil {
		return nil, err
	}
	c.server.insights.mu.Lock()
	defer c.server.insights.mu.Unlock()
	out := getQueryResultsOutput{QueryLanguage: q.in.language(), Results: [][]resultField{}, Status: q.status}
	switch {
	case q.status == "Running" && q.polls < queryPolls:
		q.polls++
		return out, nil
	case q.status == "Running":
		q.status = "Complete"
	}
	out.Status, out.Statistics = q.status, q.stats
	if q.status != "Complete" {
		out.Statistics.RecordsMatched, out.Statistics.ResultCount = 0, 0
		return out, nil
	}
	if out.NextToken = t.detour; t.detour != "" {
		return out, nil
	}
	end := min(int(t.A)+size, len(q.rows))
	if out.Results = append(out.Results, q.rows[min(int(t.A), end):end]...); end < len(q.rows) {
		out.NextToken = t.next(end, 0)
	}
	return out, nil
}

func (s *insights) find(c *call, id string) (*insightsQuery, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, q := range s.queries {
		if q.id == id && q.scope == c.scope {
			return q, nil
		}
	}
	return nil, refusal{status: 400, code: "ResourceNotFoundException"}.because("Query with ID [%s] does not exist.",
		id)
}

type stopQueryInput struct {
	QueryId string `json:"queryId"`
}

type stopQueryOutput struct {
	Success bool `json:"success"`
}

// stopQuery stops a query; one that has ended is an error, as AWS has it.
func stopQuery(c *call) (any, error) {
	var in stopQueryInput
	if err := c.read(&in); err != nil {
		return nil, err
	}
	q, err := c.server.insights.find(c, in.QueryId)
	if err != nil {
		return nil, err
	}
	c.server.insights.mu.Lock()
	defer c.server.insights.mu.Unlock()
	if q.status != "Running" {
		return nil, c.service.invalid.because("Query is not in a running state: [%s]", q.status)
	}
	q.status = "Cancelled"
	return stopQueryOutput{true}, nil
}

type describeQueriesInput struct {
	LogGroupName  string `json:"logGroupName"`
	MaxResults    *int   `json:"maxResults"`
	NextToken     string `json:"nextToken"`
	QueryLanguage string `json:"queryLanguage"`
	Status        string `json:"status"`
}

type describeQueriesOutput struct {
	Queries   []queryInfo `json:"queries"`
	NextToken string      `json:"nextToken,omitempty"`
}

type queryInfo struct {
	BytesScanned  float64 `json:"bytesScanned"`
	CreateTime    int64   `json:"createTime"`
	LogGroupName  string  `json:"logGroupName,omitempty"`
	QueryId       string  `json:"queryId"`
	QueryLanguage string  `json:"queryLanguage"`
	QueryString   string  `json:"queryString"`
	Status        string  `json:"status"`
	UserIdentity  string  `json:"userIdentity"`
}

func (in *describeQueriesInput) token() *string { return &in.NextToken }

func (in *describeQueriesInput) check(c *call) (size int, err error) {
	if in.MaxResults == nil {
		return queriesPage, nil
	}
	return c.limit("maxResults", *in.MaxResults, queriesPage)
}

// describeQueries lists the queries of the account in the Region: what colleagues of the made-up team have run, then
// what was started here.
func describeQueries(c *call) (any, error) {
	var in describeQueriesInput
	size, t, err := begin(c, &in)
	if err != nil {
		return nil, err
	}
	out := describeQueriesOutput{Queries: []queryInfo{}, NextToken: t.detour}
	if t.detour != "" {
		return out, nil
	}
	all := c.server.insights.list(c)
	for i := int(t.A); i < len(all); i++ {
		q := all[i]
		if in.Status != "" && in.Status != q.Status || in.LogGroupName != "" && in.LogGroupName != q.LogGroupName ||
			in.QueryLanguage != "" && in.QueryLanguage != q.QueryLanguage {
			continue
		}
		if len(out.Queries) == size {
			out.NextToken = t.next(i, 0)
			break
		}
		out.Queries = append(out.Queries, q)
	}
	return out, nil
}

// list returns what can be listed in the place of a call.
func (s *insights) list(c *call) (all []queryInfo) {
	for _, q := range c.place.Queries {
		all = append(all, queryInfo{BytesScanned: float64(q.Scanned), CreateTime: q.Created.UnixMilli(),
			LogGroupName: q.Group, QueryId: q.ID, QueryLanguage: string(q.Language), QueryString: q.Text,
			Status: q.Status, UserIdentity: q.By})
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, q := range s.queries {
		if q.scope == c.scope {
			name := ""
			if groups := q.in.groups(); len(groups) > 0 {
				name = groups[0]
			}
			all = append(all, queryInfo{BytesScanned: q.stats.BytesScanned, CreateTime: q.created.UnixMilli(),
				LogGroupName: name, QueryId: q.id, QueryLanguage: q.in.language(), QueryString: q.in.QueryString,
				Status: q.status, UserIdentity: q.by})
		}
	}
	return all
}

type describeQueryDefinitionsInput struct {
	MaxResults                *int   `json:"maxResults"`
	NextToken                 string `json:"nextToken"`
	QueryDefinitionNamePrefix string `json:"queryDefinitionNamePrefix"`
	QueryLanguage             string `json:"queryLanguage"`
}

type describeQueryDefinitionsOutput struct {
	QueryDefinitions []queryDefinition `json:"queryDefinitions"`
	NextToken        string            `json:"nextToken,omitempty"`
}

type queryDefinition struct {
	LastModified      int64    `json:"lastModified"`
	LogGroupNames     []string `json:"logGroupNames"`
	Name              string   `json:"name"`
	QueryDefinitionId string   `json:"queryDefinitionId"`
	QueryLanguage     string   `json:"queryLanguage"`
	QueryString       string   `json:"queryString"`
}

func (in *describeQueryDefinitionsInput) token() *string { return &in.NextToken }

func (in *describeQueryDefinitionsInput) check(c *call) (size int, err error) {
	if in.MaxResults == nil {
		return queryDefinitions, nil
	}
	return c.limit("maxResults", *in.MaxResults, queryDefinitions)
}

// describeQueryDefinitions lists the saved queries of the made-up team.
func describeQueryDefinitions(c *call) (any, error) {
	var in describeQueryDefinitionsInput
	size, t, err := begin(c, &in)
	if err != nil {
		return nil, err
	}
	out := describeQueryDefinitionsOutput{QueryDefinitions: []queryDefinition{}, NextToken: t.detour}
	if t.detour != "" {
		return out, nil
	}
	for i := int(t.A); i < len(c.place.Definitions); i++ {
		d := c.place.Definitions[i]
		if !strings.HasPrefix(d.Name, in.QueryDefinitionNamePrefix) {
			continue
		}
		if len(out.QueryDefinitions) == size {
			out.NextToken = t.next(i, 0)
			break
		}
		out.QueryDefinitions = append(out.QueryDefinitions, queryDefinition{LastModified: d.Modified.UnixMilli(),
			LogGroupNames: d.Groups, Name: d.Name, QueryDefinitionId: d.ID, QueryLanguage: string(d.Language),
			QueryString: d.Text})
	}
	return out, nil
}
