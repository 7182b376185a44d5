package shell

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/ui"
)

func TestCoverDetail(t *testing.T) {
	dark := theme.VariantDark
	test.NewTempApp(t).Settings().SetTheme(ui.NewTheme(&dark))
	now := time.Date(2026, 3, 14, 10, 12, 0, 0, time.UTC)
	shop, other := app.Scope{Account: "111122223333", Region: "eu-west-1"}, app.Scope{Account: "444455556666", Region: "us-east-1"}
	at := app.Range{From: now.Add(-time.Hour), To: now}
	asked := app.Cover{Scope: shop, Signal: app.Logs, Resource: "/aws/lambda/a", Range: at, AskedAt: now.Add(-time.Minute)}
	denied := asked
	denied.Denied = true
	for _, c := range []struct {
		state  app.CoverState
		covers []app.Cover
		want   []string
	}{
		{app.Settling, []app.Cover{asked}, []string{"logs: settling", "late", "last asked", "1 of its resources", "not asked for this time"}},
		{app.Forbidden, []app.Cover{denied}, []string{"logs: denied", "permission", "refused"}},
		{app.Missing, nil, []string{"logs: missing", "Pull this window", "not asked for this time"}},
		{app.Missing, []app.Cover{asked}, []string{"not asked for everywhere"}},
	} {
		k := desk{session: ui.NewSession(app.Focus{Range: at}, time.UTC, ui.Inline, func() time.Time { return now })}
		p := coverDetail{part: app.Coverage{Signal: app.Logs, Range: at, State: c.state, Places: []app.Scope{shop, other}, Covers: c.covers}}.page(k)
		said := ""
		for _, o := range texts(container.NewVBox(p.parts...)) {
			said += o.Text + " "
		}
		for _, want := range c.want {
			if !strings.Contains(said, want) {
				t.Errorf("%v says %q, want %q in it", c.state, said, want)
			}
		}
	}
}

// refusedLogs are logs that AWS did not give, in two of three places.
var refusedLogs = app.Coverage{Signal: app.Logs, Range: app.Since(now, time.Hour), State: app.Forbidden, Places: []app.Scope{ireland, frankfurt, data}, Covers: []app.Cover{
	{Scope: ireland, Signal: app.Logs, Range: app.Since(now, time.Hour), AskedAt: ago(time.Minute), Denied: true},
	{Scope: data, Signal: app.Logs, Range: app.Since(now, time.Hour), AskedAt: ago(time.Minute), Denied: true}}}

// refusedShelf tells why.
func refusedShelf() *shelf {
	s := fullShelf()
	describe := &app.Error{Kind: app.Denied, Op: "logs:DescribeLogGroups", Err: denied.Err}
	offline := &app.Error{Kind: app.Offline, Op: "logs:FilterLogEvents", Err: denied.Err}
	s.attempts = []app.Attempt{{Scope: ireland, Signal: app.Logs, Problem: denied}, {Scope: frankfurt, Signal: app.Logs, Problem: offline}, {Scope: data, Signal: app.Logs, Problem: denied},
		{Scope: data, Signal: app.Trail, Problem: describe},
		{Scope: app.Scope{Account: "999999999999", Region: "eu-west-1"}, Signal: app.Logs, Problem: describe}}
	return s
}

func TestWhatWasDeniedIsASentence(t *testing.T) {
	const remedy = "nephograph policy"
	for _, c := range []struct {
		name string
		does func(*shelf, *app.Coverage)
		want []string
		not  string
	}{
		{"in two places for one reason", nil, []string{"AWS does not allow logs:FilterLogEvents to these credentials.", remedy, "refused", "not asked for this time"}, "DescribeLogGroups"},
		{"for two reasons", func(s *shelf, _ *app.Coverage) {
			s.attempts[2].Problem = &app.Error{Kind: app.Denied, Op: "logs:DescribeLogGroups", Err: denied.Err}
		}, []string{"logs:FilterLogEvents", "logs:DescribeLogGroups", remedy}, ""},
		{"allowed since", func(s *shelf, _ *app.Coverage) { s.attempts = nil }, []string{"for want of a permission", remedy}, "does not allow"},
		{"what is only missing", func(_ *shelf, c *app.Coverage) { c.State = app.Missing }, []string{"Pull this window"}, "does not allow"},
	} {
		t.Run(c.name, func(t *testing.T) {
			shelf, item := refusedShelf(), refusedLogs
			if c.does != nil {
				c.does(shelf, &item)
			}
			s := newDrawerStage(t, shelf, 900, coverageDetails(shelf))
			s.session.Selected.Set(item)
			said := strings.ReplaceAll(words(s.drawer), "\n", " ")
			for _, want := range c.want {
				if !strings.Contains(said, want) || strings.Count(said, remedy) > 1 {
					t.Errorf("it does not say %q, or its remedy twice: %s", want, said)
				}
			}
			if c.not != "" && strings.Contains(said, c.not) || strings.Contains(said, "did not answer") {
				t.Errorf("it says %q: %s", c.not, said)
			}
		})
	}
}

func TestWhatWasDeniedInPicture(t *testing.T) {
	shelf := refusedShelf()
	s := newDrawerStage(t, shelf, 2130, coverageDetails(shelf))
	s.session.Selected.Set(refusedLogs)
	test.AssertObjectRendersToMarkup(t, "detail_denied.xml", s.drawer)
}
