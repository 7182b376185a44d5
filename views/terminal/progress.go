package terminal

import (
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"github.com/mattn/go-runewidth"
	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/pull"
	"github.com/nephograph/nephograph/views/explain"
	"github.com/nephograph/nephograph/views/phrase"
)

// progressEvery is often enough to see it move, and seldom enough for a slow terminal.
const progressEvery = 100 * time.Millisecond

const (
	narrow    = 80 // columns of a terminal that does not say how many it has
	barLength = 30 // columns of the bar where there is room
	barFrame  = 10 // columns beside the bar and the text: the percentage, the blanks, and one that stays free
)

// progress returns what shows how a pull goes on, and what removes it. Where no person looks, both do nothing.
func (c *commandLine) progress() (show func(pull.Progress), end func()) {
	if !isTerminal(c.Err) || c.json || c.dumb() {
		return nil, func() {}
	}
	c.progressShown.Store(true)
	show, clear := progressOn(below(c.Err), func() int { return columns(c.Err) })
	return show, func() {
		clear()
		c.progressShown.Store(false)
	}
}

// noteSlowdowns says when AWS slows a call down, until the command ends: once for all accounts of a Region, and
// again when the rate has halved.
func (c *commandLine) noteSlowdowns(s *Store) (end func()) {
	if s.OnSlowdown == nil {
		return func() {}
	}
	type call struct{ service, operation, region string }
	var mu sync.Mutex // several requests may be slowed down at a time
	told := map[call]float64{}
	s.OnSlowdown(func(slow app.Slowdown) {
		mu.Lock()
		defer mu.Unlock()
		key := call{slow.Service, slow.Operation, slow.Scope.Region}
		if last, ok := told[key]; ok && slow.Rate > last/2 {
			return
		}
		told[key] = slow.Rate
		c.note("%s", explain.Slowdown(slow))
	})
	return func() { s.OnSlowdown(nil) }
}

// progressOn shows progress on w in one line, which never reaches the last of its columns: a line that wraps cannot be
// written over. The text is fitted anew each time, since a person may resize the terminal.
func progressOn(w io.Writer, columns func() int) (show func(pull.Progress), end func()) {
	length := min(barLength, columns()/8)
	bar := progressbar.NewOptions(1_000,
		progressbar.OptionSetWriter(w), progressbar.OptionThrottle(progressEvery), progressbar.OptionSetWidth(length),
		progressbar.OptionSetPredictTime(false), progressbar.OptionSetElapsedTime(false),
		progressbar.OptionClearOnFinish(),
		progressbar.OptionUseANSICodes(true), progressbar.OptionShowDescriptionAtLineEnd(),
		progressbar.OptionSetTheme(progressbar.Theme{Saucer: "█", SaucerPadding: "░"}))
	show = func(p pull.Progress) {
		bar.Describe(runewidth.Truncate(progressText(p), max(0, columns()-length-barFrame), "…"))
		_ = bar.Set(int(p.Share * 1_000))
	}
	return show, func() { _ = bar.Finish(); _ = bar.Clear() }
}

// columns returns how wide the terminal is.
func columns(w io.Writer) int {
	if f, ok := below(w).(*os.File); ok {
		if width, _, err := term.GetSize(int(f.Fd())); err == nil && width > 0 {
			return width
		}
	}
	return narrow
}

// progressText says what the pull is doing, which is what a person waits to read and so comes first, and in short what
// came so far: 1.2M items, $0.12.
func progressText(p pull.Progress) string {
	return phrase.VisibleLine(fmt.Sprintf("%s · %s items, %s", explain.Doing(p), phrase.Number(float64(p.Items)),
		p.Spent))
}
