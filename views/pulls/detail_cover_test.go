package pulls

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/drawer"
	"github.com/nephograph/nephograph/views/drawer/drawertest"
	"github.com/nephograph/nephograph/views/ui"
)

func TestCoverDetail(t *testing.T) {
	dark := theme.VariantDark
	test.NewTempApp(t).Settings().SetTheme(ui.NewTheme(&dark))
	now := time.Date(2026, 3, 14, 10, 12, 0, 0, time.UTC)
	shop, other := app.Scope{Account: "111122223333", Region: "eu-west-1"},
		app.Scope{Account: "444455556666", Region: "us-east-1"}
	at := app.Range{From: now.Add(-time.Hour), To: now}
	asked := app.Cover{Scope: shop, Signal: app.Logs, Resource: "/aws/lambda/a", Range: at,
		AskedAt: now.Add(-time.Minute)}
	denied := asked
	denied.Denied = true
	for _, c := range []struct {
		state  app.CoverState
		covers []app.Cover
		want   []string
	}{
		{app.Settling, []app.Cover{asked}, []string{"Logs: settling", "late", "last asked", "1 of its resources",
			"not asked for this time"}},
		{app.Forbidden, []app.Cover{denied}, []string{"Logs: denied", "permission", "refused"}},
		{app.Missing, nil, []string{"Logs: missing", "Pull this window", "not asked for this time"}},
		{app.Missing, []app.Cover{asked}, []string{"not asked for everywhere"}},
	} {
		k := drawer.PageContext{Session: ui.NewSession(app.Focus{Range: at}, time.UTC, ui.Inline,
			func() time.Time { return now })}
		p := coverDetail{part: app.Coverage{Signal: app.Logs, Range: at, State: c.state,
			Places: []app.Scope{shop, other}, Covers: c.covers}}.Page(k)
		said := ""
		for _, o := range drawertest.Texts(container.NewVBox(p.Parts...)) {
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
var refusedLogs = app.Coverage{Signal: app.Logs, Range: app.Since(drawertest.Now, time.Hour), State: app.Forbidden,
	Places: []app.Scope{drawertest.Ireland, drawertest.Frankfurt, drawertest.Data}, Covers: []app.Cover{
		{Scope: drawertest.Ireland, Signal: app.Logs, Range: app.Since(drawertest.Now, time.Hour),
			AskedAt: drawertest.Ago(time.Minute), Denied: true},
		{Scope: drawertest.Data, Signal: app.Logs, Range: app.Since(drawertest.Now, time.Hour),
			AskedAt: drawertest.Ago(time.Minute), Denied: true}}}

// refusedShelf tells why.
func refusedShelf() *drawertest.Cache {
	s := drawertest.FullCache()
	describe := &app.Error{Kind: app.Denied, Op: "logs:DescribeLogGroups", Err: drawertest.Denied.Err}
	offline := &app.Error{Kind: app.Offline, Op: "logs:FilterLogEvents", Err: drawertest.Denied.Err}
	s.AllAttempts = []app.Attempt{{Scope: drawertest.Ireland, Signal: app.Logs, Problem: drawertest.Denied},
		{Scope: drawertest.Frankfurt, Signal: app.Logs, Problem: offline},
		{Scope: drawertest.Data, Signal: app.Logs, Problem: drawertest.Denied},
		{Scope: drawertest.Data, Signal: app.Trail, Problem: describe},
		{Scope: app.Scope{Account: "999999999999", Region: "eu-west-1"}, Signal: app.Logs, Problem: describe}}
	return s
}

func TestWhatWasDeniedIsASentence(t *testing.T) {
	const remedy = "nephograph policy"
	for _, c := range []struct {
		name string
		does func(*drawertest.Cache, *app.Coverage)
		want []string
		not  string
	}{
		{"in two places for one reason", nil, []string{"AWS does not allow logs:FilterLogEvents to these credentials.",
			remedy, "refused", "not asked for this time"}, "DescribeLogGroups"},
		{"for two reasons", func(s *drawertest.Cache, _ *app.Coverage) {
			s.AllAttempts[2].Problem = &app.Error{Kind: app.Denied, Op: "logs:DescribeLogGroups",
				Err: drawertest.Denied.Err}
		}, []string{"logs:FilterLogEvents", "logs:DescribeLogGroups", remedy}, ""},
		{"allowed since", func(s *drawertest.Cache, _ *app.Coverage) { s.AllAttempts = nil },
			[]string{"for want of a permission", remedy}, "does not allow"},
		{"what is only missing", func(_ *drawertest.Cache, c *app.Coverage) { c.State = app.Missing },
			[]string{"Pull this window"}, "does not allow"},
	} {
		t.Run(c.name, func(t *testing.T) {
			shelf, item := refusedShelf(), refusedLogs
			if c.does != nil {
				c.does(shelf, &item)
			}
			s := drawertest.New(t, shelf, 900, Details(shelf))
			s.Session.Selected.Set(item)
			said := strings.ReplaceAll(drawertest.Words(s.Drawer), "\n", " ")
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
	s := drawertest.New(t, shelf, 2130, Details(shelf))
	s.Session.Selected.Set(refusedLogs)
	test.AssertObjectRendersToMarkup(t, "detail_denied.xml", s.Drawer)
}
