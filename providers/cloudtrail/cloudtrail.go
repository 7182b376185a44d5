// Package cloudtrail asks CloudTrail's event history who called what, and reads CloudTrail's records.
package cloudtrail

import (
	"cmp"
	"context"
	"encoding/json"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudtrail"
	"github.com/aws/aws-sdk-go-v2/service/cloudtrail/types"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/providers"
)

// API is what the package needs of *cloudtrail.Client.
type API interface {
	LookupEvents(context.Context, *cloudtrail.LookupEventsInput,
		...func(*cloudtrail.Options)) (*cloudtrail.LookupEventsOutput, error)
}

// Source asks CloudTrail in one scope.
type Source struct {
	api   API
	scope app.Scope
}

// New returns a source on api, such as cloudtrail.NewFromConfig, whose items belong to scope.
func New(api API, scope app.Scope) *Source { return &Source{api, scope} }

// eventsAPage is the most that LookupEvents returns at once. With two requests a second that makes 100 events a second.
const eventsAPage = 50

// Trail asks for the Insights events and the management events of the last 90 days, each newest first (LookupEvents,
// which gives Insights events only to those who ask for that category). Insights events come first, for they are few:
// so whatever Covers says is complete has both. Covers grows from the end of the range: up to the second after the
// oldest management event of the page, whose own second may go on on the next. An event whose record does not parse is
// kept with what LookupEvents says beside the record, and is a Problem.
func (s *Source) Trail(ctx context.Context, q app.TrailQuestion) iter.Seq2[app.Page[app.TrailEvent], error] {
	from, to := ceil(q.Range.From), ceil(q.Range.To)
	if !from.Before(to) {
		return providers.Then[app.TrailEvent]()
	}
	insights := s.lookup(ctx, from, to, types.EventCategoryInsight)
	management := s.lookup(ctx, from, to, "")
	oldest := to
	return func(yield func(app.Page[app.TrailEvent], error) bool) {
		for found, err := range insights {
			found.Covers = app.Range{}
			// An endpoint that lacks the category has management events all the same.
			if err != nil && ctx.Err() == nil && app.KindOf(err) == app.Unknown {
				found.Problems, err = append(found.Problems, app.Problem{Kind: app.Unknown, Message: err.Error()}), nil
			}
			said := len(found.Items)+len(found.Problems) > 0 || err != nil
			if said && !yield(found, err) || err != nil {
				return
			}
		}
		for found, err := range management {
			for _, e := range found.Items {
				if e.At.Before(oldest) {
					oldest = e.At
				}
			}
			if err == nil {
				after := app.Range{From: oldest.Add(time.Second), To: q.Range.To}
				if found.Covers.Empty() { // more pages follow
					found.Covers = q.Range.Intersect(after)
				} else {
					found.Covers = q.Range
				}
			}
			if !yield(found, err) {
				return
			}
		}
	}
}

// lookup asks for the events of a category in [from, to), both whole seconds; "" are management events. Covers is empty
// but on the last page.
func (s *Source) lookup(
	ctx context.Context, from, to time.Time, category types.EventCategory,
) iter.Seq2[app.Page[app.TrailEvent], error] {
	call := func(ctx context.Context, token *string) (page app.Page[app.TrailEvent], next *string, err error) {
		out, err := s.api.LookupEvents(ctx, &cloudtrail.LookupEventsInput{
			EventCategory: category,
			StartTime:     aws.Time(from),
			EndTime:       aws.Time(to.Add(-time.Second)), // inclusive
			MaxResults:    aws.Int32(eventsAPage),
			NextToken:     token, // good only with the very parameters of the first request
		})
		if err != nil {
			return page, nil, err
		}
		for _, e := range out.Events {
			s.add(&page, e)
		}
		if aws.ToString(out.NextToken) == "" {
			page.Covers = app.Range{From: from, To: to}
		}
		return page, out.NextToken, nil
	}
	return providers.Pages(ctx, app.LookupEvents, call)
}

// ceil returns the first whole second not before t: events are stamped in seconds, so [ceil(From), ceil(To)) holds
// exactly those of [From, To).
func ceil(t time.Time) time.Time {
	return time.Unix(t.Add(time.Second-time.Nanosecond).Unix(), 0).UTC()
}

// add puts one event into the page.
func (s *Source) add(page *app.Page[app.TrailEvent], e types.Event) {
	r, event, err := parse([]byte(aws.ToString(e.CloudTrailEvent)))
	beside := plain(e)
	if err != nil {
		page.Problems = append(page.Problems, app.Problem{Kind: app.Unreadable, Message: err.Error()})
	}
	if event.ID == "" {
		event = beside
	}
	complete(&event, beside, r.ReadOnly == nil)
	event.Scope = s.scope
	event.Resources = merge(resourcesOf(e.Resources), event.Resources)
	page.Items = append(page.Items, event.AsInsight())
}

// complete fills in what a record does not tell and LookupEvents tells beside it.
func complete(e *app.TrailEvent, beside app.TrailEvent, readOnlyUnknown bool) {
	e.Name, e.Source = cmp.Or(e.Name, beside.Name), cmp.Or(e.Source, beside.Source)
	if readOnlyUnknown {
		e.ReadOnly = beside.ReadOnly
	}
	if e.Principal.Name() == "" {
		e.Principal.User = beside.Principal.User
	}
	e.Principal.AccessKey = cmp.Or(e.Principal.AccessKey, beside.Principal.AccessKey)
}

// plain makes an event of what LookupEvents says beside the record. The record that does not parse is kept as a JSON
// string.
func plain(e types.Event) app.TrailEvent {
	raw, _ := json.Marshal(aws.ToString(e.CloudTrailEvent)) // a string always marshals
	event := app.TrailEvent{
		ID:        aws.ToString(e.EventId),
		Name:      aws.ToString(e.EventName),
		Source:    aws.ToString(e.EventSource),
		ReadOnly:  strings.EqualFold(aws.ToString(e.ReadOnly), "true"),
		Principal: app.Principal{User: aws.ToString(e.Username), AccessKey: aws.ToString(e.AccessKeyId)},
		Raw:       raw,
	}
	event.At = providers.Instant(e.EventTime)
	return event
}

func resourcesOf(resources []types.Resource) []app.TrailResource {
	var all []app.TrailResource
	for _, r := range resources {
		all = append(all, app.TrailResource{Type: aws.ToString(r.ResourceType), Name: aws.ToString(r.ResourceName)})
	}
	return all
}

// merge adds to the resources that LookupEvents names those that only the record names. The record names by ARN what
// LookupEvents may name by its last part.
func merge(looked, recorded []app.TrailResource) []app.TrailResource {
	for _, r := range recorded {
		same := func(l app.TrailResource) bool {
			return l.Name == r.Name || l.Name != "" &&
				(strings.HasSuffix(r.Name, "/"+l.Name) || strings.HasSuffix(r.Name, ":"+l.Name))
		}
		if !slices.ContainsFunc(looked, same) {
			looked = append(looked, r)
		}
	}
	return looked
}
