package trail

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/drawer/drawertest"
	"github.com/nephograph/nephograph/views/ui"
)

// unusual is what CloudTrail Insights saw twelve minutes long.
func unusual(state string) app.TrailEvent {
	return app.TrailEvent{ID: state, At: drawertest.Now.Add(-time.Hour), Type: app.InsightEvent, Raw: json.RawMessage(
		`{"insightDetails":{"state":"` + state +
			`","eventSource":"ssm.amazonaws.com","eventName":"UpdateInstanceInformation",` +
			`"insightType":"ApiCallRateInsight","insightContext":{"statistics":{"baseline":{"average":85.4}` +
			`,"insight":{"average":664},"insightDuration":12},` +
			`"attributions":[{"attribute":"userIdentityArn","insight":[{"value":"arn:aws:iam::1:user/ada",` +
			`"average":600}]}]}}}`)}.AsInsight()
}

func TestInsightsInTheList(t *testing.T) {
	begun, ended := unusual("Start"), unusual("End")
	if mark, ink := markOf(begun); titleOf(begun) != "Unusual rate of UpdateInstanceInformation" || mark != ui.Ring ||
		ink != ui.ColorWarning {
		t.Errorf("%q with %v in %v", titleOf(begun), mark, ink)
	}
	call := app.TrailEvent{Name: begun.Name, Source: begun.Source, Principal: begun.Principal}
	if rows := addRow(addRow(addRow(nil, begun), ended), call); len(rows) != 3 {
		t.Errorf("%d rows", len(rows))
	}
}

func TestAnInsightInTheDrawer(t *testing.T) {
	for state, words := range map[string][]string{
		"Start": {"Unusual rate of UpdateInstanceInformation", "INSIGHT", "664 a minute", "85 a minute", "Since", "ada",
			"ssm", "!Lasted", "!READ ONLY"},
		"End": {"Unusual rate of UpdateInstanceInformation", "Lasted 12 min, until", "!Since"},
	} {
		shelf := drawertest.JoinedCache()
		s := drawertest.New(t, shelf, 900, Details(shelf))
		s.Session.Selected.Set(unusual(state))
		drawertest.Check(t, state, strings.ReplaceAll(drawertest.Words(s.Drawer), "\n", " "), words...)
	}
}
