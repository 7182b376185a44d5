package window

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"

	"github.com/nephograph/nephograph/views/ui"
)

// saveWith asks for a file in a dialog over the window.
func saveWith(w fyne.Window) ui.Save {
	return func(name string, chosen func(ui.File, error)) {
		d := dialog.NewFileSave(func(file fyne.URIWriteCloser, err error) {
			if file == nil && err == nil { // the person has thought better of it
				return
			}
			if err != nil {
				chosen(ui.File{}, err)
				return
			}
			discard := func() {
				_ = file.Close() // it is removed
				_ = storage.Delete(file.URI())
			}
			chosen(ui.File{WriteCloser: file, Name: file.URI().Name(), Discard: discard}, nil)
		}, w)
		d.SetFileName(name)
		d.SetConfirmText("Write")
		d.Resize(w.Canvas().Size().Subtract(fyne.NewSize(dialogMargin, dialogMargin)))
		d.Show()
	}
}

// dialogMargin is what a dialog leaves of the window's size.
const dialogMargin = 160
