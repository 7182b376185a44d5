package start

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/ui"
)

// AskCode asks for the code of an MFA device over a window's content. answer is called once: with the code, or with ""
// where a person gives none. The returned function takes the question away without an answer.
func AskCode(c fyne.Canvas, r app.MFARequest, answer func(code string)) (hide func()) {
	var p *widget.PopUp
	end := func(code string) {
		p.Hide()
		answer(code)
	}
	field := ui.NewField("six digits")
	enter := func() {
		if code := strings.TrimSpace(field.Text); code != "" {
			end(code)
		}
	}
	field.OnSubmitted = func(string) { enter() }
	field.OnEscape = func() { end("") }
	actions := container.NewHBox(layout.NewSpacer(), ui.NewButton("Cancel", func() { end("") }),
		ui.NewButton("Go on", enter).Primary())
	body := container.NewVBox(ui.NewText("Code of the MFA device", ui.Title), ui.NewSpace(signInWidth, 4),
		ui.NewParagraph(codeWords(r), ui.Note, signInWidth), ui.NewSpace(0, 4), field, ui.NewSpace(0, 8), actions)
	p = widget.NewModalPopUp(container.New(layout.NewCustomPaddedLayout(16, 14, 20, 20), body), c)
	p.Show()
	c.Focus(field)
	return p.Hide
}

// codeWords says whose code is asked for, and how long it will do.
func codeWords(r app.MFARequest) string {
	words := "Profile " + r.Profile + " assumes a role that asks for a code of " + r.Device +
		". It is asked for once: " +
		"other profiles with the same keys and device share it until it ends, after twelve hours at most."
	if r.Refused {
		return "AWS has refused that code: it is wrong, or it was used before. Wait for the next one. " + words
	}
	return words
}
