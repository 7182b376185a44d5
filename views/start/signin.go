package start

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/explain"
	"github.com/nephograph/nephograph/views/ui"
)

// SignInParts is what a sign-in is made of. All are needed.
type SignInParts struct {
	Threads ui.Threads
	Profile app.Profile // with a session
	// SignIn tells the code to compare in the browser, and returns when the sign-in is allowed there.
	SignIn   func(context.Context, app.Profile, func(app.DeviceCode)) error
	OpenPage func(address string) // in the browser
	Copy     func(text string)    // to the clipboard
	Close    func()               // takes the sign-in away
	Done     func()               // is told of a sign-in that was allowed, after Close
}

// SignIn is a sign-in at IAM Identity Center while it waits for a person. It belongs to the UI goroutine, and takes the
// keyboard as a whole.
type SignIn struct {
	widget.BaseWidget
	SignInParts
	load    ui.Loader
	shown   app.DeviceCode
	problem error

	about   *ui.Paragraph
	code    *ui.Text
	page    *ui.Paragraph
	actions *fyne.Container
	content fyne.CanvasObject
}

const signInWidth = 440

var codeStyle = ui.Style{Color: ui.ColorText, Size: 26, Mono: true}

// NewSignIn returns a sign-in that begins with Begin.
func NewSignIn(p SignInParts) *SignIn {
	s := &SignIn{SignInParts: p, load: ui.Loader{Threads: p.Threads},
		about: ui.NewParagraph("", ui.Note, signInWidth), code: ui.NewText("", codeStyle),
		page: ui.NewParagraph("", ui.Code.In(ui.ColorQuiet), signInWidth), actions: container.NewHBox()}
	title := ui.NewText("Sign in to "+sessionName(p.Profile), ui.Title)
	content := container.NewVBox(title, ui.NewSpace(signInWidth, 4), s.about, ui.NewSpace(0, 6),
		container.NewCenter(s.code), ui.NewSpace(0, 2), s.page, ui.NewSpace(0, 8),
		container.NewBorder(nil, nil, nil, s.actions))
	s.content = container.New(layout.NewCustomPaddedLayout(16, 14, 20, 20), content)
	s.ExtendBaseWidget(s)
	s.arrange()
	return s
}

// sessionName is what a person calls the session of a profile.
func sessionName(p app.Profile) string {
	switch {
	case p.Session == nil:
		return p.Name
	case p.Session.Name != "":
		return p.Session.Name
	}
	return p.Session.StartURL
}

// Over puts the sign-in over a window's content and begins it. The returned function takes it away.
func (s *SignIn) Over(c fyne.Canvas) (hide func()) {
	p := widget.NewModalPopUp(s, c)
	p.Show()
	c.Focus(s)
	s.Begin()
	return p.Hide
}

// Begin asks for a code, and waits until it is allowed.
func (s *SignIn) Begin() {
	s.shown, s.problem = app.DeviceCode{}, nil
	s.arrange()
	wait := func(ctx context.Context) (struct{}, error) {
		return struct{}{}, s.SignInParts.SignIn(ctx, s.Profile, func(code app.DeviceCode) {
			s.Threads.Back(func() { s.show(code) })
		})
	}
	ui.Load(&s.load, wait, func(_ struct{}, err error) {
		if s.problem = err; err != nil {
			s.arrange()
			return
		}
		s.Close()
		s.Done()
	})
}

func (s *SignIn) show(code app.DeviceCode) {
	s.shown = code
	s.arrange()
	s.OpenPage(code.Page)
}

func (s *SignIn) giveUp() {
	s.load.Stop()
	s.Close()
}

func (s *SignIn) arrange() {
	var last hint
	switch {
	case s.problem != nil:
		sentence, remedy := explain.Explain(s.problem)
		s.about.Set(sentence + " " + remedy)
		last = hint{"Try again", "Enter", s.Begin}
	case s.shown.Code == "":
		s.about.Set("Asking IAM Identity Center for a code …")
	default:
		s.about.Set("The browser shows a code. Allow the sign-in there only if it is this one. " +
			"This window goes on by " +
			"itself, and the AWS CLI shares the sign-in.")
		last = hint{"Open the browser again", "Enter", func() { s.OpenPage(s.shown.Page) }}
	}
	s.code.Set(s.shown.Code)
	s.page.Set(s.shown.Page)
	s.actions.Objects = nil
	button := func(h hint) *ui.Chip {
		return ui.NewChip(h.do, ui.Word{Text: h.text, Style: ui.Body}, ui.Word{Text: h.key, Style: keyStyle})
	}
	s.actions.Add(button(hint{"Cancel", "Esc", s.giveUp}))
	if s.shown.Page != "" && s.problem == nil {
		s.actions.Add(button(hint{"Copy the address", "c", s.copy}))
	}
	if last.do != nil {
		s.actions.Add(button(last).Primary())
	}
	s.actions.Refresh()
	s.content.Refresh()
}

func (s *SignIn) copy() {
	if s.shown.Page != "" {
		s.Copy(s.shown.Page)
	}
}

// FocusGained is of fyne.Focusable: the sign-in as a whole has the keyboard.
func (s *SignIn) FocusGained() {}

// FocusLost does nothing.
func (s *SignIn) FocusLost() {}

// TypedKey does what a key stands for.
func (s *SignIn) TypedKey(e *fyne.KeyEvent) {
	switch {
	case e.Name == fyne.KeyEscape:
		s.giveUp()
	case e.Name != fyne.KeyReturn && e.Name != fyne.KeyEnter:
	case s.problem != nil:
		s.Begin()
	case s.shown.Page != "":
		s.OpenPage(s.shown.Page)
	}
}

// TypedRune copies the address with c.
func (s *SignIn) TypedRune(r rune) {
	if r == 'c' {
		s.copy()
	}
}

// CreateRenderer draws the sign-in.
func (s *SignIn) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(s.content) }
