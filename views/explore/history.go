package explore

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
)

// maxHistory is how many queries of a screen are remembered.
const maxHistory = 50

// history is the queries that were asked on a screen, the last first. It is kept with the preferences of the window.
type history struct{ screen string }

func (h history) key() string { return "queries." + strings.ToLower(h.screen) }

// all returns the queries.
func (h history) all() []string { return fyne.CurrentApp().Preferences().StringList(h.key()) }

// add remembers a query as the last.
func (h history) add(text string) {
	if text = strings.TrimSpace(text); text == "" {
		return
	}
	was := h.all()
	if len(was) > 0 && was[0] == text {
		return
	}
	now := append([]string{text}, slices.DeleteFunc(was, func(q string) bool { return q == text })...)
	fyne.CurrentApp().Preferences().SetStringList(h.key(), now[:min(len(now), maxHistory)])
}
