package settings

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"github.com/nephograph/nephograph/views/ui"
)

// file is one that the program reads or writes.
type file struct{ name, path, about string }

func (h Held) files() (all []file) {
	for _, f := range []file{
		{"Cache", h.Cache, "All that was pulled, and the ledger. Another one: --cache FILE."},
		{"Settings", h.File, "What holds here. It need not be there; nephograph settings --help has all it may say."},
		{"Boards", h.Boards, "The lanes that were saved under a name, beside the settings."},
	} {
		if f.path != "" {
			all = append(all, f)
		}
	}
	return all
}

// pathWidth is how wide a path is before the panel has a width.
const pathWidth = 300

// pathLines say where each file is, with a button that copies that.
func (v *View) pathLines() (lines []fyne.CanvasObject) {
	for _, f := range v.Held.files() {
		words := "Copy path"
		if v.copied == f.path {
			words = "Copied"
		}
		button := ui.NewButton(words, func() { v.copy(f.path) })
		lines = append(lines, container.NewHBox(ui.NewText(f.name, ui.Strong), layout.NewSpacer(), button),
			ui.NewParagraph(f.path, ui.Code, pathWidth), ui.NewParagraph(f.about, ui.Note, pathWidth),
			ui.NewSpace(0, 4))
	}
	if len(lines) == 0 {
		lines = append(lines, ui.NewParagraph("There is no folder for files on this machine.", ui.Quiet, pathWidth))
	}
	return lines
}

// copy takes a path to the clipboard and says so.
func (v *View) copy(path string) {
	v.Copy(path)
	v.copied = path
	v.arrange()
}
