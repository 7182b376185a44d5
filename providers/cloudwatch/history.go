package cloudwatch

import (
	"context"
	"encoding/json"
	"iter"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatch"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatch/types"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/providers"
)

// AlarmHistory asks what happened to the alarms of all types, newest first (DescribeAlarmHistory, kept 30 days). As
// the pages go back in time, Covers grows from the end of the range.
func (s *Source) AlarmHistory(ctx context.Context, q app.AlarmHistoryQuestion) iter.Seq2[app.Page[app.AlarmHistoryItem],
	error] {
	oldest := q.Range.To
	call := func(ctx context.Context, token *string) (page app.Page[app.AlarmHistoryItem], next *string, err error) {
		out, err := s.api.DescribeAlarmHistory(ctx, &cloudwatch.DescribeAlarmHistoryInput{
			AlarmTypes: allTypes,
			StartDate:  aws.Time(q.Range.From),
			EndDate:    aws.Time(q.Range.To),
			ScanBy:     types.ScanByTimestampDescending,
			MaxRecords: aws.Int32(alarmsAPage),
			NextToken:  token,
		})
		if err != nil {
			return page, nil, err
		}
		for _, h := range out.AlarmHistoryItems {
			item := s.historyItem(h)
			if item.At.Before(oldest) {
				oldest = item.At
			}
			if q.Range.Contains(item.At) { // EndDate is inclusive
				page.Items = append(page.Items, item)
			}
		}
		page.Covers = q.Range
		if aws.ToString(out.NextToken) != "" { // items of the oldest millisecond may go on on the next page
			page.Covers = q.Range.Intersect(app.Range{From: oldest.Add(time.Millisecond), To: q.Range.To})
		}
		return page, out.NextToken, nil
	}
	if q.Range.Empty() {
		return providers.Then[app.AlarmHistoryItem]()
	}
	return providers.Pages(ctx, app.DescribeAlarmHistory, call)
}

func (s *Source) historyItem(h types.AlarmHistoryItem) app.AlarmHistoryItem {
	item := app.AlarmHistoryItem{
		Scope:   s.scope,
		Alarm:   aws.ToString(h.AlarmName),
		At:      first(h.Timestamp),
		Kind:    app.HistoryKind(h.HistoryItemType),
		Summary: aws.ToString(h.HistorySummary),
		Data:    aws.ToString(h.HistoryData),

		Contributor: aws.ToString(h.AlarmContributorId),
		Attributes:  attributes(h.AlarmContributorAttributes),
	}
	if item.Kind == app.StateUpdate || item.Kind == app.ContributorStateUpdate {
		item.From, item.To = ParseTransition(item.Data)
	}
	return item
}

// ParseTransition reads the states before and after out of the HistoryData of a state update, a JSON document in a
// string. A state that it does not name, or that CloudWatch does not have, is app.NotKnown.
func ParseTransition(data string) (from, to app.AlarmState) {
	type state struct {
		Value app.AlarmState `json:"stateValue"`
	}
	var transition struct {
		Old state `json:"oldState"`
		New state `json:"newState"`
	}
	if json.Unmarshal([]byte(data), &transition) != nil {
		return app.NotKnown, app.NotKnown
	}
	return known(transition.Old.Value), known(transition.New.Value)
}

func known(s app.AlarmState) app.AlarmState {
	switch s {
	case app.OK, app.InAlarm, app.InsufficientData:
		return s
	}
	return app.NotKnown
}
