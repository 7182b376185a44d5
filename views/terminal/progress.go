package terminal

import (
	"fmt"
	"time"

	"github.com/schollz/progressbar/v3"

	"github.com/nephograph/nephograph/app/pull"
)

// progressEvery is often enough to see it move, and seldom enough for a slow terminal.
const progressEvery = 100 * time.Millisecond

// progress returns what shows how a pull goes on, and what removes it. Where nobody looks, both do nothing.
func (c *console) progress() (show func(pull.Progress), end func()) {
	if !isTerminal(c.Err) || c.json || c.dumb() {
		return nil, func() {}
	}
	bar := progressbar.NewOptions(1,
		progressbar.OptionSetWriter(c.Err), progressbar.OptionThrottle(progressEvery), progressbar.OptionSetWidth(30),
		progressbar.OptionSetPredictTime(false), progressbar.OptionSetElapsedTime(false), progressbar.OptionClearOnFinish(),
		progressbar.OptionUseANSICodes(true), progressbar.OptionShowDescriptionAtLineEnd(),
		progressbar.OptionSetTheme(progressbar.Theme{Saucer: "█", SaucerPadding: "░"}))
	show = func(p pull.Progress) {
		bar.Describe(progressText(p))
		bar.ChangeMax(p.Total + 1) // never full before the end: the listings add to the total
		_ = bar.Set(p.Done)
	}
	return show, func() { _ = bar.Finish(); _ = bar.Clear() }
}

// progressText says what is being asked, and what came so far.
func progressText(p pull.Progress) string {
	doing := "Asking what there is"
	if len(p.Running) > 0 {
		r := p.Running[0]
		doing = fmt.Sprintf("%s of %s", items[r.Signal], r.Scope)
		if more := len(p.Running) - 1; more > 0 {
			doing += fmt.Sprintf(" and %d more", more)
		}
	}
	return fmt.Sprintf("%s items, %s requests, %s · %s", count(p.Items), count(p.Requests), p.Spent, doing)
}
