package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// ListPanel is a panel with a list in it, or with a sentence that says why the list is empty.
type ListPanel[T any] struct {
	*Panel
	List *List[T]

	titled bool
	table  fyne.CanvasObject // the list with its titles
	none   *Prose            // in place of an empty list
	says   string            // there
}

const (
	noneWidth   = 250 // of the text in an empty panel before the panel has a width
	mostNatural = 10  // rows that a panel likes to show: a long one must not take the room of the others
	rowPitch    = RowDense + Step
)

// NewListPanel returns an empty panel. key is shown beside its title. Where a column has a title, all are shown.
func NewListPanel[T any](title, key string, keyOf func(T) string, columns ...Column[T]) *ListPanel[T] {
	p := &ListPanel[T]{List: NewList(keyOf, columns...), none: NewProse()}
	for _, c := range columns {
		p.titled = p.titled || c.Title != ""
	}
	p.table = p.List
	if p.titled {
		p.table = p.List.Table()
	}
	p.Panel = NewPanel(title, key, container.NewStack(p.table, p.none))
	return p
}

// SetItems shows items, or empty in their place where there are none.
func (p *ListPanel[T]) SetItems(items []T, empty string) {
	p.List.SetItems(items)
	says := ""
	if len(items) == 0 {
		says = empty
	}
	SetShown(p.table, says == "")
	SetShown(p.none, says != "")
	if says != p.says {
		p.says = says
		p.none.Set(NewParagraph(says, Quiet, noneWidth))
	}
}

// Says returns the sentence in place of the list, "" while there is a list.
func (p *ListPanel[T]) Says() string { return p.says }

// Listed reports whether the list is shown.
func (p *ListPanel[T]) Listed() bool { return p.table.Visible() }

// Natural is how high the panel would like to be.
func (p *ListPanel[T]) Natural() float32 {
	if p.says != "" {
		return PanelHead + PanelBelow + p.none.Natural()
	}
	rows := float32(min(max(len(p.List.Items()), 2), mostNatural))
	if p.titled {
		rows++
	}
	return PanelHead + PanelBelow + rows*rowPitch
}
