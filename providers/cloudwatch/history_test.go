package cloudwatch

import (
	"slices"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatch"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatch/types"
	"github.com/google/go-cmp/cmp"

	"github.com/nephograph/nephograph/app"
)

const transition = `{"version":"1.0","oldState":{"stateValue":"OK",` +
	`"stateReason":"r"},"newState":{"stateValue":"ALARM"}}`

func item(minute int, kind types.HistoryItemType, data string) types.AlarmHistoryItem {
	return types.AlarmHistoryItem{
		AlarmName: aws.String("a"), HistoryItemType: kind, HistorySummary: aws.String("s"),
		HistoryData: aws.String(data),
		Timestamp:   aws.Time(noon.Add(time.Duration(minute) * time.Minute)),
	}
}

func TestAlarmHistory(t *testing.T) {
	api := fake{history: func(in *cloudwatch.DescribeAlarmHistoryInput) (*cloudwatch.DescribeAlarmHistoryOutput,
		error) {
		if !slices.Equal(in.AlarmTypes, allTypes) || in.ScanBy != types.ScanByTimestampDescending {
			t.Errorf("asked for %v, %v", in.AlarmTypes, in.ScanBy)
		}
		switch aws.ToString(in.NextToken) {
		case "":
			return &cloudwatch.DescribeAlarmHistoryOutput{NextToken: aws.String("2"),
				AlarmHistoryItems: []types.AlarmHistoryItem{
					item(60, types.HistoryItemTypeAction, ""), item(40, types.HistoryItemTypeStateUpdate, transition),
				}}, nil
		case "2":
			return &cloudwatch.DescribeAlarmHistoryOutput{NextToken: aws.String("3")}, nil
		}
		return &cloudwatch.DescribeAlarmHistoryOutput{AlarmHistoryItems: []types.AlarmHistoryItem{item(10,
			types.HistoryItemTypeStateUpdate, "{broken")}}, nil
	}}
	h := func(minute int, kind app.HistoryKind, data string, from, to app.AlarmState) app.AlarmHistoryItem {
		return app.AlarmHistoryItem{Scope: scope, Alarm: "a", At: noon.Add(time.Duration(minute) * time.Minute),
			Kind: kind, Summary: "s", Data: data, From: from, To: to}
	}
	known := app.Range{From: noon.Add(40*time.Minute + time.Millisecond), To: hour.To}
	want := []app.Page[app.AlarmHistoryItem]{
		// the one at 60 is at the range's end
		{Covers: known, Items: []app.AlarmHistoryItem{h(40, app.StateUpdate, transition, app.OK, app.InAlarm)}},
		{Covers: known},
		{Covers: hour, Items: []app.AlarmHistoryItem{h(10, app.StateUpdate, "{broken", app.NotKnown, app.NotKnown)}},
	}
	if d := cmp.Diff(want, all(t, New(api, scope).AlarmHistory(t.Context(),
		app.AlarmHistoryQuestion{Range: hour}))); d != "" {
		t.Error(d)
	}
	if got := all(t, New(fake{}, scope).AlarmHistory(t.Context(), app.AlarmHistoryQuestion{})); len(got) != 0 {
		t.Errorf("an empty range gave %v", got)
	}
}

func FuzzParseTransition(f *testing.F) {
	f.Add(transition)
	f.Add(`{"oldState":{"stateValue":"odd"}}`)
	f.Add(`{"oldState":[]}`)
	f.Add("")
	f.Fuzz(func(t *testing.T, data string) {
		from, to := ParseTransition(data)
		for _, s := range []app.AlarmState{from, to} {
			if known(s) != s {
				t.Errorf("%q is no state", s)
			}
		}
	})
}
