package simulator

import (
	"slices"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudtrail"
	"github.com/aws/aws-sdk-go-v2/service/cloudtrail/types"
)

func TestLookupEvents(t *testing.T) {
	b := open(t, Faults{})
	at := func(i int) *time.Time { return &b.server.world.Places[0].Trail[i].At }
	by := func(keysAndValues ...string) (in cloudtrail.LookupEventsInput) {
		for i := 0; i < len(keysAndValues); i += 2 {
			in.LookupAttributes = append(in.LookupAttributes, types.LookupAttribute{
				AttributeKey: types.LookupAttributeKey(keysAndValues[i]), AttributeValue: &keysAndValues[i+1]})
		}
		return in
	}
	for name, c := range map[string]struct {
		in          cloudtrail.LookupEventsInput
		want, pages int
	}{
		"all":                     {cloudtrail.LookupEventsInput{}, manyTrail, 3},
		"small pages":             {cloudtrail.LookupEventsInput{MaxResults: aws.Int32(20)}, manyTrail, 7},
		"from, to, inclusive":     {cloudtrail.LookupEventsInput{StartTime: at(10), EndTime: at(19)}, 10, 1},
		"by name":                 {by("EventName", "UpdateTable"), manyTrail / 2, 2},
		"by name in lower case":   {by("EventName", "updatetable"), 0, 1},
		"by user":                 {by("Username", "ci"), manyTrail, 3},
		"by resource":             {by("ResourceName", "orders"), manyTrail, 3},
		"by type of resource":     {by("ResourceType", "AWS::S3::Bucket"), 0, 1},
		"by source":               {by("EventSource", "dynamodb.amazonaws.com"), manyTrail, 3},
		"by id":                   {by("EventId", "event-007"), 1, 1},
		"by key":                  {by("AccessKeyId", "ASIA1"), manyTrail, 3},
		"only reads":              {by("ReadOnly", "true"), manyTrail / 2, 2},
		"a second one has no say": {by("ReadOnly", "true", "EventId", "event-007"), manyTrail / 2, 2},
		"Insights events":         {cloudtrail.LookupEventsInput{EventCategory: types.EventCategoryInsight}, 0, 1},
	} {
		t.Run(name, func(t *testing.T) {
			var events []types.Event
			pages := 0
			for p := cloudtrail.NewLookupEventsPaginator(b.trail(), &c.in); p.HasMorePages(); pages++ {
				out, err := p.NextPage(t.Context())
				if err != nil {
					t.Fatal(err)
				}
				events = append(events, out.Events...)
			}
			if len(events) != c.want || pages != c.pages {
				t.Errorf("%d events on %d pages, want %d on %d", len(events), pages, c.want, c.pages)
			}
			if !slices.IsSortedFunc(events, func(a, b types.Event) int { return b.EventTime.Compare(*a.EventTime) }) {
				t.Error("not newest first")
			}
		})
	}
}

func TestTrailEventFields(t *testing.T) {
	b := open(t, Faults{})
	want := b.server.world.Places[0].Trail[manyTrail-1]
	got := must[*cloudtrail.LookupEventsOutput](t)(b.trail().LookupEvents(t.Context(),
		&cloudtrail.LookupEventsInput{})).Events[0]
	if *got.EventId != want.ID || *got.EventName != want.Name || *got.EventSource != want.Source ||
		!got.EventTime.Equal(want.At) || *got.ReadOnly != "true" ||
		*got.Username != "ci" || *got.AccessKeyId != "ASIA1" || *got.Resources[0].ResourceName != "orders" ||
		*got.CloudTrailEvent != string(want.Raw) {
		t.Errorf("event arrived as %+v", got)
	}
}

// TestTrailRetention checks that the event history ends after 90 days.
func TestTrailRetention(t *testing.T) {
	b := serve(t, handMade(), Options{Clock: func() time.Time { return anchor.Add(90*24*time.Hour - 30*time.Minute) }})
	out := must[*cloudtrail.LookupEventsOutput](t)(b.trail().LookupEvents(t.Context(), &cloudtrail.LookupEventsInput{}))
	if len(out.Events) != 30 {
		t.Errorf("%d events, want those of the last half hour: 30", len(out.Events))
	}
}
