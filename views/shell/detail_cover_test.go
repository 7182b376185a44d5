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
		p := coverDetail{ui.Coverage{Signal: app.Logs, Range: at, State: c.state, Places: []app.Scope{shop, other}, Covers: c.covers}}.page(k)
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
