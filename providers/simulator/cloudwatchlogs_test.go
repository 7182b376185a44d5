package simulator

import (
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs/types"
	"pgregory.net/rapid"
)

func TestDescribeLogGroups(t *testing.T) {
	client := open(t, Faults{}).logs()
	for name, c := range map[string]struct {
		in          cloudwatchlogs.DescribeLogGroupsInput
		want, pages int
	}{
		"all":         {cloudwatchlogs.DescribeLogGroupsInput{}, manyGroups, 2},
		"small pages": {cloudwatchlogs.DescribeLogGroupsInput{Limit: aws.Int32(7)}, manyGroups, 9},
		"by prefix": {cloudwatchlogs.DescribeLogGroupsInput{LogGroupNamePrefix: aws.String("/aws/lambda/f01")},
			10, 1},
		"by pattern": {cloudwatchlogs.DescribeLogGroupsInput{LogGroupNamePattern: aws.String("f01")}, 10, 1},
		"of another class": {cloudwatchlogs.DescribeLogGroupsInput{LogGroupClass: types.LogGroupClassInfrequentAccess},
			0, 1},
		"by identifier": {cloudwatchlogs.DescribeLogGroupsInput{LogGroupIdentifiers: []string{"/aws/lambda/f003",
			groupARN(shop, "/aws/lambda/f004")}}, 2, 1},
	} {
		t.Run(name, func(t *testing.T) {
			var names []string
			pages := 0
			for p := cloudwatchlogs.NewDescribeLogGroupsPaginator(client, &c.in); p.HasMorePages(); pages++ {
				out, err := p.NextPage(t.Context())
				if err != nil {
					t.Fatal(err)
				}
				for _, g := range out.LogGroups {
					names = append(names, *g.LogGroupName)
				}
			}
			if len(names) != c.want || pages != c.pages || !slices.IsSorted(names) {
				t.Errorf("%d groups on %d pages, want %d on %d, by name", len(names), pages, c.want, c.pages)
			}
		})
	}
}

// TestLogGroupFields checks a group's fields: with retention, and in the short form of a search by pattern.
func TestLogGroupFields(t *testing.T) {
	b := open(t, Faults{})
	whole := must[*cloudwatchlogs.DescribeLogGroupsOutput](t)(b.logs().DescribeLogGroups(t.Context(),
		&cloudwatchlogs.DescribeLogGroupsInput{LogGroupNamePrefix: aws.String("/aws/lambda/f001")})).LogGroups[0]
	want := b.server.world.Places[0].Groups[1]
	if *whole.LogGroupArn != want.ARN || *whole.Arn != want.ARN+":*" || *whole.RetentionInDays != 30 ||
		*whole.StoredBytes != 1 || *whole.CreationTime != want.Created.UnixMilli() ||
		whole.LogGroupClass != "STANDARD" {
		t.Errorf("group arrived as %+v", whole)
	}
	short := must[*cloudwatchlogs.DescribeLogGroupsOutput](t)(b.logs().DescribeLogGroups(t.Context(),
		&cloudwatchlogs.DescribeLogGroupsInput{LogGroupNamePattern: aws.String("f001")})).LogGroups[0]
	if short.StoredBytes != nil || short.RetentionInDays != nil || *short.Arn != want.ARN+":*" {
		t.Errorf("group searched by pattern arrived as %+v", short)
	}
}

// filtered reads all pages of FilterLogEvents.
func filtered(t *testing.T, client cloudwatchlogs.FilterLogEventsAPIClient,
	in cloudwatchlogs.FilterLogEventsInput) (events []types.FilteredLogEvent, pages int) {
	t.Helper()
	for p := cloudwatchlogs.NewFilterLogEventsPaginator(client, &in); p.HasMorePages(); pages++ {
		out, err := p.NextPage(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		bytes := 0
		for _, e := range out.Events {
			bytes += len(*e.Message) + logEventBytes
		}
		if len(out.Events) > logPage || bytes > logPageBytes {
			t.Fatalf("a page of %d events and %d bytes", len(out.Events), bytes)
		}
		events = append(events, out.Events...)
	}
	return events, pages
}

func TestFilterLogEvents(t *testing.T) {
	b := open(t, Faults{})
	place := b.server.world.Places[0]
	many, fat := aws.String(place.Groups[0].Name), aws.String(place.Groups[1].Name)
	at := func(i int) *int64 { return aws.Int64(place.Events[*many][i].At.UnixMilli()) }
	in := func(change func(*cloudwatchlogs.FilterLogEventsInput)) cloudwatchlogs.FilterLogEventsInput {
		in := cloudwatchlogs.FilterLogEventsInput{LogGroupName: many}
		change(&in)
		return in
	}
	type input = *cloudwatchlogs.FilterLogEventsInput
	for name, c := range map[string]struct {
		in          cloudwatchlogs.FilterLogEventsInput
		want, pages int
	}{
		"all": {in(func(input) {}), manyEvents, 3},
		"newest first": {in(func(i input) { i.StartFromHead, i.StartTime = aws.Bool(false), at(0) }),
			manyEvents, 3},
		"by identifier": {cloudwatchlogs.FilterLogEventsInput{
			LogGroupIdentifier: aws.String(place.Groups[0].ARN)}, manyEvents, 3},
		"from, to, inclusive": {in(func(i input) { i.StartTime, i.EndTime = at(100), at(199) }), 100, 1},
		"one millisecond":     {in(func(i input) { i.StartTime, i.EndTime = at(100), at(100) }), 1, 1},
		"small pages": {in(func(i input) {
			i.StartTime, i.EndTime, i.Limit = at(100), at(199),
				aws.Int32(30)
		}), 100, 4},
		"pages end at a megabyte": {cloudwatchlogs.FilterLogEventsInput{LogGroupName: fat}, fatEvents, 4},
		"of streams": {in(func(i input) { i.LogStreamNames = []string{"stream-1", "stream-3"} }),
			manyEvents / 2, 2},
		"of a stream's prefix": {in(func(i input) { i.LogStreamNamePrefix = aws.String("stream-") }), manyEvents, 3},
		"with a word":          {in(func(i input) { i.FilterPattern = aws.String("ERROR") }), manyEvents / 1000, 1},
		"with a phrase": {in(func(i input) { i.FilterPattern = aws.String(`"failed: time out"`) }),
			manyEvents / 1000, 1},
		"without a word": {in(func(i input) { i.FilterPattern = aws.String(`request -ERROR`) }),
			manyEvents - manyEvents/1000, 3},
		"with either word": {in(func(i input) { i.FilterPattern = aws.String(`?ERROR ?"request 17 "`) }),
			manyEvents/1000 + 1, 1},
		"of an empty group": {cloudwatchlogs.FilterLogEventsInput{LogGroupName: &place.Groups[2].Name}, 0, 1},
	} {
		t.Run(name, func(t *testing.T) {
			events, pages := filtered(t, b.logs(), c.in)
			ids := map[string]bool{}
			for _, e := range events {
				ids[*e.EventId] = true
			}
			if len(events) != c.want || len(ids) != c.want || pages != c.pages {
				t.Errorf("%d events (%d ids) on %d pages, want %d on %d", len(events), len(ids), pages, c.want, c.pages)
			}
			inOrder := func(a, b types.FilteredLogEvent) int { return int(*a.Timestamp - *b.Timestamp) }
			if c.in.StartFromHead != nil {
				inOrder = func(a, b types.FilteredLogEvent) int { return int(*b.Timestamp - *a.Timestamp) }
			}
			if !slices.IsSortedFunc(events, inOrder) {
				t.Error("not in order")
			}
		})
	}
}

// TestSparsePages checks that a rare pattern in many events gives pages that are not full but have a token.
func TestSparsePages(t *testing.T) {
	w := makeByHand()
	p := w.Places[0]
	name := p.Groups[0].Name
	first := p.Events[name]
	for len(p.Events[name]) < 2*logScan {
		p.Events[name] = append(p.Events[name], first...)
	}
	for i := range p.Events[name] { // in order again
		p.Events[name][i].At = w.Range.From
	}
	events, pages := filtered(t, serve(t, w, Options{}).logs(),
		cloudwatchlogs.FilterLogEventsInput{LogGroupName: &name, FilterPattern: aws.String("nowhere")})
	if len(events) != 0 || pages < 3 {
		t.Errorf("%d events on %d pages, want none on three or more", len(events), pages)
	}
}

func TestLogEventFields(t *testing.T) {
	b := open(t, Faults{})
	want := b.server.world.Places[0].Events["/aws/lambda/f000"][1]
	out := must[*cloudwatchlogs.FilterLogEventsOutput](t)(b.logs().FilterLogEvents(t.Context(),
		&cloudwatchlogs.FilterLogEventsInput{LogGroupName: &want.Group, Limit: aws.Int32(2)}))
	got := out.Events[1]
	if *got.EventId != want.ID || *got.Message != want.Message || *got.LogStreamName != want.Stream ||
		*got.Timestamp != want.At.UnixMilli() || *got.IngestionTime != want.Ingested.UnixMilli() {
		t.Errorf("event arrived as %+v, want %+v", got, want)
	}
}

// TestLogPattern checks the meaning of patterns by the words that they are made of.
func TestLogPattern(t *testing.T) {
	word := rapid.StringMatching(`[a-z]{1,4}( [a-z]{1,3})?`)
	rapid.Check(t, func(t *rapid.T) {
		all, none := rapid.SliceOfN(word, 0, 3).Draw(t, "all"), rapid.SliceOfN(word, 0, 2).Draw(t, "none")
		message := rapid.StringMatching(`[a-z ]{0,30}`).Draw(t, "message")
		var text []string
		want := true
		for _, w := range all {
			text, want = append(text, `"`+w+`"`), want && strings.Contains(message, w)
		}
		for _, w := range none {
			text, want = append(text, `-"`+w+`"`), want && !strings.Contains(message, w)
		}
		p, err := readLogPattern(strings.Join(text, " "))
		if err != nil {
			t.Fatal(err)
		}
		if p.matches(message) != want {
			t.Fatalf("%q on %q: %v", strings.Join(text, " "), message, !want)
		}
	})
}

func FuzzLogPattern(f *testing.F) {
	for _, seed := range []string{"", "ERROR", `"a b" -c ?d`, `"open`, `{ $.a = "b" }`, `-`, `?""`, `"\"`} {
		f.Add(seed, "ERROR a b")
	}
	f.Fuzz(func(t *testing.T, text, message string) {
		p, err := readLogPattern(text)
		if err == nil && p.matches(message) && len(p.all) > 0 && !strings.Contains(message, p.all[0]) {
			t.Errorf("%q matches %q without its first term", text, message)
		}
	})
}
