package cache

import (
	"math/rand/v2"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/query"
)

// scan is a question and its answer, found by looking at every event.
type scan struct {
	query   app.LogQuery
	matcher *query.Matcher
	total   int
	first   []app.LogEvent
}

// take looks at one event.
func (s *scan) take(e app.LogEvent) {
	q := s.query
	if !q.Range.Contains(e.At) || e.Level < q.Level || len(q.Groups) > 0 && !slices.Contains(q.Groups, e.Group) {
		return
	}
	if !s.matcher.MatchEvent(e) {
		return
	}
	s.total++
	if s.first = append(s.first, e); len(s.first) == 4*firstRows {
		s.cut()
	}
}

// cut leaves of the events found so far those that the answer begins with.
func (s *scan) cut() {
	slices.SortFunc(s.first, func(a, b app.LogEvent) int {
		if s.query.Newest {
			a, b = b, a
		}
		return app.CompareLogEvents(a, b)
	})
	s.first = slices.Clone(s.first[:min(len(s.first), s.query.Limit)])
}

// The search finds what a look at every message finds: 200 questions made of what the messages hold.
func TestSearchFindsWhatIsThere(t *testing.T) {
	t.Parallel()
	events := 20_000
	switch {
	case os.Getenv("NEPHOGRAPH_SOAK") == "1":
		events = bulkEvents
	case testing.Short():
		events = 3_000
	}
	d := openFile(t)
	if _, err := keepBulk(t.Context(), d, events, 0, 0, 0); err != nil {
		t.Fatal(err)
	}
	scans := bulkScans(events, 200)
	for page := range bulkLogs(events) {
		for _, e := range page {
			for _, s := range scans {
				s.take(e)
			}
		}
	}
	empty, full := 0, 0
	for i, s := range scans {
		s.cut()
		for _, when := range []string{"at first", "again"} {
			got, err := d.SearchLogs(t.Context(), s.query)
			if err != nil {
				t.Fatalf("%+v: %v", s.query, err)
			}
			if got.Total != s.total {
				t.Errorf("%+v: %s %d are found of %d", s.query, when, got.Total, s.total)
				break
			}
			same(t, "the rows "+when, got.Events, s.first)
		}
		if i%5 == 0 {
			checkVolume(t, d, s)
		}
		if s.total == 0 {
			empty++
		} else if s.total > firstRows {
			full++
		}
	}
	if !testing.Short() && (empty > 150 || full < 20) {
		t.Errorf("of 200 questions %d find nothing and %d more than a page: they test little", empty, full)
	}
}

// checkVolume compares the histogram of a search with its total.
func checkVolume(t *testing.T, d *DB, s *scan) {
	t.Helper()
	counts, err := d.LogVolume(t.Context(), s.query, time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	sum := 0
	for _, c := range counts {
		sum += c.Count
	}
	if sum != s.total {
		t.Errorf("%+v: the histogram has %d of %d", s.query, sum, s.total)
	}
}

// bulkScans makes questions of the messages themselves, the same ones for the same numbers.
func bulkScans(events, count int) []*scan {
	r := rand.New(rand.NewPCG(bulkSeed, 7))
	var sample []app.LogEvent
	for page := range bulkLogs(events) {
		for range 1 + 2_000*len(page)/events {
			sample = append(sample, page[r.IntN(len(page))])
		}
	}
	var scans []*scan
	for range count {
		scans = append(scans, bulkScan(r, sample))
	}
	return scans
}

func bulkScan(r *rand.Rand, sample []app.LogEvent) *scan {
	s := &scan{query: app.LogQuery{Range: bulkRange, Newest: r.IntN(3) > 0, Limit: firstRows}}
	if r.IntN(4) == 0 {
		s.query.Range.From = sample[r.IntN(len(sample))].At
		s.query.Range.To = s.query.Range.From.Add(time.Duration(1+r.IntN(72)) * time.Hour)
	}
	if r.IntN(6) == 0 {
		s.query.Level = app.Level(1 + r.IntN(4))
	}
	if r.IntN(6) == 0 {
		s.query.Groups = []string{sample[r.IntN(len(sample))].Group, "/none"}
	}
	one := sample[r.IntN(len(sample))].Message
	var parts []app.LogExpr
	for n := range 1 + r.IntN(3) {
		if r.IntN(3) == 0 { // of another message
			one = sample[r.IntN(len(sample))].Message
		}
		parts = append(parts, bulkTerm(r, one, n > 0).Expr())
	}
	s.query.Match = joinAtRandom(r, parts)
	var err error
	if s.matcher, err = query.NewMatcher(s.query.Match); err != nil {
		panic(err)
	}
	return s
}

// joinAtRandom joins conditions as searches do: most have to hold together, others one by one, and some not.
func joinAtRandom(r *rand.Rand, parts []app.LogExpr) app.LogExpr {
	if len(parts) < 2 {
		return app.AllOf(parts...)
	}
	at := 1 + r.IntN(len(parts)-1)
	first, rest := joinAtRandom(r, parts[:at]), joinAtRandom(r, parts[at:])
	switch r.IntN(5) {
	case 0, 1:
		return app.AnyOf(first, rest)
	case 2:
		return app.AllOf(first, app.NotOf(rest))
	}
	return app.AllOf(first, rest)
}

var (
	wordInText  = regexp.MustCompile(`[A-Za-z][A-Za-z0-9_-]+`)
	fieldInText = regexp.MustCompile(`([A-Za-z_][A-Za-z0-9_]*)"?[=:]\s?"?([A-Za-z0-9_./-]+)`)
	digitInText = regexp.MustCompile(`[0-9]`)
)

// bulkTerm makes a condition that a message meets, or one that it fails by a little; with mayDeny sometimes the
// opposite.
func bulkTerm(r *rand.Rand, message string, mayDeny bool) app.LogTerm {
	t := app.LogTerm{Not: mayDeny && r.IntN(3) == 0}
	switch r.IntN(10) {
	case 8:
		return bulkKeyTerm(r, t)
	case 9:
		t.Field, t.Text = []string{"status", "duration", "durationMs", "took", "attempt"}[r.IntN(5)],
			strconv.Itoa(r.IntN(600))
		t.Op = []app.Comparison{app.More, app.AtLeast, app.Less, app.AtMost}[r.IntN(4)]
		return t
	case 0, 1:
		words := wordInText.FindAllString(message, -1)
		t.Text = words[r.IntN(len(words))]
	case 2:
		t.Text = part(r, message, 8, 40)
	case 3, 4:
		fields := fieldInText.FindAllStringSubmatch(message, -1)
		if len(fields) == 0 {
			t.Text = part(r, message, 1, 3)
			break
		}
		field := fields[r.IntN(len(fields))]
		t.Field, t.Text = field[1], field[2]
		switch r.IntN(4) {
		case 0:
			t.Text = t.Text[:1+r.IntN(len(t.Text))]
		case 1:
			t.Text = t.Text[:1+r.IntN(len(t.Text))] + "*"
		}
	case 5:
		t.Regexp, t.Text = true, bulkExpression(r, message)
	default:
		t.Text = part(r, message, 1, 12)
	}
	if !t.Regexp && r.IntN(4) == 0 {
		t.Text = strings.ToUpper(t.Text)
	}
	return t
}

// bulkKeyTerm makes a condition on what an event has beside its message.
func bulkKeyTerm(r *rand.Rand, t app.LogTerm) app.LogTerm {
	switch r.IntN(4) {
	case 0:
		t.Key, t.Text = app.KeyLevel, []string{"debug", "info", "warn", "error"}[r.IntN(4)]
	case 1:
		t.Key, t.Text = app.KeyGroup, []string{"/ecs/*", "/aws/*", "/none", "/ecs/search"}[r.IntN(4)]
	case 2:
		t.Key, t.Text = app.KeyStream, []string{"a*", "*", "2026*", "none"}[r.IntN(4)]
	default:
		t.Key, t.Text = app.KeyRegion, []string{"eu*", "us-east-1", "eu-west-1"}[r.IntN(3)]
	}
	return t
}

// part returns a piece of a text; the messages are ASCII.
func part(r *rand.Rand, text string, least, most int) string {
	n := min(len(text), least+r.IntN(most-least+1))
	at := r.IntN(len(text) - n + 1)
	return text[at : at+n]
}

func bulkExpression(r *rand.Rand, message string) string {
	piece := digitInText.ReplaceAllString(regexp.QuoteMeta(part(r, message, 3, 16)), "[0-9]")
	switch r.IntN(8) {
	case 0:
		return "^" + regexp.QuoteMeta(message[:min(4, len(message))])
	case 1:
		return regexp.QuoteMeta(message[max(0, len(message)-4):]) + "$"
	case 2:
		return "(?i)" + strings.ToUpper(regexp.QuoteMeta(wordInText.FindString(message)))
	case 3:
		return piece + "|" + regexp.QuoteMeta(part(r, message, 2, 6))
	case 4:
		return piece + ".*" + regexp.QuoteMeta(part(r, message, 1, 2))
	case 5:
		return `\b[a-f]{5}[0-9]\b`
	case 6:
		return `(?s)ERROR.*[0-9]{5}`
	}
	return piece
}
