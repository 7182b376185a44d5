package start

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/explain"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// atOnce is how many profiles are tested side by side: each may run a process or ask IAM Identity Center.
const atOnce = 8

// mostProposed is how many accounts are proposed at once: a first pull of a whole organisation would be a surprise.
const mostProposed = 4

// check is a profile with what AWS says of it.
type check struct {
	app.Profile
	who    app.Identity
	err    error
	asked  bool // AWS is being asked, or has answered
	done   bool // it has answered
	chosen bool
	load   ui.Loader
}

// answers reports whether the profile can be pulled from.
func (c *check) answers() bool { return c.done && c.err == nil }

// name is what the profile is called in the list.
func (c *check) name() string { return cmp.Or(c.Name, "(environment)") }

// profileStep lists the profiles and tests them.
type profileStep struct {
	view    *View
	find    ui.Loader
	found   app.AWSConfiguration
	problem error
	read    bool // the configuration was read
	byHand  bool // a person has chosen
	checks  []*check
	list    *ui.ListPanel[*check]
	about   *ui.Paragraph
	detail  *ui.Paragraph
	content fyne.CanvasObject
}

func newProfileStep(v *View) *profileStep {
	s := &profileStep{view: v, find: ui.Loader{Threads: v.Session.Threads},
		about:  ui.NewParagraph("", ui.Note, width-40),
		detail: ui.NewParagraph("", ui.Note, width-40)}
	s.list = ui.NewListPanel("Profiles", "", func(c *check) string { return c.name() },
		ui.Column[*check]{Title: "Profile", Width: 170, Cell: s.nameCell},
		ui.Column[*check]{Title: "Who AWS says I am", Cell: whoCell},
		ui.Column[*check]{Title: "Credentials", Width: 130, Above: 620, Cell: func(c *check) ui.Cell {
			return ui.Cell{Text: string(c.Method), Style: ui.Note}
		}},
		ui.Column[*check]{Title: "Region", Width: 90, Above: 520, Cell: func(c *check) ui.Cell {
			return ui.Cell{Text: cmp.Or(c.Region, "none"), Style: ui.Note}
		}})
	s.list.List.OnOpen = func(c *check) { s.toggle(c); v.takeKeyboard(); v.arrange() }
	s.content = container.NewBorder(s.about, container.NewVBox(ui.NewSpace(0, 2), s.detail), nil, nil, s.list)
	return s
}

func (s *profileStep) nameCell(c *check) ui.Cell {
	cell := ui.Cell{Text: c.name(), Mark: ui.Ring, Ink: ui.ColorNoData}
	if c.chosen {
		cell.Mark, cell.Ink, cell.Style = ui.Disc, ui.ColorAccent, ui.Strong
	}
	return cell
}

func whoCell(c *check) ui.Cell {
	switch {
	case c.answers():
		return ui.Cell{Text: c.who.Name(), Mark: ui.Disc, Ink: ui.ColorOK}
	case c.done:
		sentence, _ := explain.Explain(c.err)
		return ui.Cell{Text: sentence, Style: ui.Note, Mark: ui.Square, Ink: ui.ColorAlarm}
	case c.asked:
		return ui.Cell{Text: "asking AWS …", Style: ui.Note, Mark: ui.Ring, Ink: ui.ColorNoData}
	}
	return ui.Cell{Text: "waiting for its turn", Style: ui.Note, Mark: ui.Ring, Ink: ui.ColorNoData}
}

func (s *profileStep) title() string           { return "Profiles" }
func (s *profileStep) body() fyne.CanvasObject { return s.content }

// enter reads the configuration and tests what it names. Who comes back finds what was known.
func (s *profileStep) enter() {
	if s.read && s.pending() == 0 {
		s.arrange()
		return
	}
	s.arrange()
	ui.Load(&s.find, s.view.Find, func(c app.AWSConfiguration, err error) {
		s.found, s.problem, s.read = c, err, true
		s.checks = nil
		for _, p := range c.Profiles {
			s.checks = append(s.checks, &check{Profile: p, load: ui.Loader{Threads: s.view.Session.Threads}})
		}
		for range atOnce {
			s.ask()
		}
		s.arrange()
		s.view.answered()
	})
}

// ask tests the next profile that was not tested yet. What is wrong with the files needs no question.
func (s *profileStep) ask() {
	i := slices.IndexFunc(s.checks, func(c *check) bool { return !c.asked })
	if i < 0 {
		return
	}
	c := s.checks[i]
	c.asked = true
	if c.Problem != nil {
		c.err, c.done = c.Problem, true
		s.ask()
		return
	}
	read := func(ctx context.Context) (app.Identity, error) { return s.view.Check(ctx, c.Profile) }
	ui.Load(&c.load, read, func(who app.Identity, err error) {
		c.who, c.err, c.done = who, err, true
		s.propose()
		s.ask()
		s.arrange()
		s.view.answered()
	})
}

// again reads the configuration anew and tests all of it.
func (s *profileStep) again() {
	s.leave()
	s.read = false
	s.enter()
}

// renew is again where somebody is signed out and nobody is being asked.
func (s *profileStep) renew() {
	out := func(c *check) bool { return app.KindOf(c.err) == app.SignedOut }
	if s.read && s.pending() == 0 && (len(s.checks) == 0 || slices.ContainsFunc(s.checks, out)) {
		s.again()
	}
}

// toSignIn returns the profile for which a sign-in would help: the one at the cursor, or else the first; nil if none.
func (s *profileStep) toSignIn() *check {
	helps := func(c *check) bool { return c.Session != nil && app.KindOf(c.err) == app.SignedOut }
	if c, ok := s.list.List.Cursor(); ok && helps(c) {
		return c
	}
	if i := slices.IndexFunc(s.checks, helps); i >= 0 {
		return s.checks[i]
	}
	return nil
}

func (s *profileStep) signIn() {
	if c := s.toSignIn(); c != nil {
		s.view.SignIn(c.Profile, func() { s.again(); s.view.takeKeyboard() })
	}
}

func (s *profileStep) leave() {
	s.find.Stop()
	for _, c := range s.checks {
		c.load.Stop()
		if !c.done {
			c.asked = false
		}
	}
}

// propose chooses what a person would, until one does: what AWS_PROFILE names, or else the first profile of each
// account that answers.
func (s *profileStep) propose() {
	if s.byHand {
		return
	}
	named := s.found.Environment.Profile
	answers := func(c *check) bool { return c.answers() && (named == "" || c.Name == named) }
	if !slices.ContainsFunc(s.checks, answers) {
		answers = (*check).answers
	}
	accounts := map[string]bool{}
	for _, c := range s.checks {
		c.chosen = answers(c) && !accounts[c.who.Account] && len(accounts) < mostProposed
		if c.chosen {
			accounts[c.who.Account] = true
		}
	}
}

func (s *profileStep) toggle(c *check) {
	if c.answers() {
		s.byHand = true
		c.chosen = !c.chosen
	}
	s.arrange()
}

// chosen returns the profiles to pull from.
func (s *profileStep) chosen() (list []*check) {
	for _, c := range s.checks {
		if c.chosen {
			list = append(list, c)
		}
	}
	return list
}

// pending counts the profiles that have not answered.
func (s *profileStep) pending() (n int) {
	for _, c := range s.checks {
		if !c.done {
			n++
		}
	}
	return n
}

func (s *profileStep) arrange() {
	s.about.Set(s.aboutWords())
	s.list.SetItems(s.checks, s.emptyWords())
	s.list.List.MarkRow()
	s.list.SetNote("↑ ↓ and Space choose", ui.Note)
	detail := ""
	if c, ok := s.list.List.Cursor(); ok {
		detail = detailWords(c)
	}
	s.detail.Set(detail)
}

// aboutWords says what the environment sets: it takes the place of what files say.
func (s *profileStep) aboutWords() string {
	if words := explain.Environment(s.found.Environment); words != "" {
		return words
	}
	return "AWS is asked whose credentials each profile has (sts:GetCallerIdentity, free). Nothing else is " +
		"asked yet."
}

func (s *profileStep) emptyWords() string {
	switch {
	case !s.read:
		return "Reading the AWS configuration …"
	case s.problem != nil:
		sentence, remedy := explain.Explain(s.problem)
		return sentence + " " + remedy
	}
	return "No AWS profile was found: " + strings.Join(s.found.Files, " and ") + " name none. Make one with aws " +
		"configure sso or aws configure, and press r. Without an account, the demo shows a made-up incident, and a " +
		"cache file of a colleague can be opened."
}

// detailWords says more about the profile at the cursor.
func detailWords(c *check) string {
	var words []string
	if c.done && c.err != nil {
		sentence, remedy := explain.Explain(c.err)
		return sentence + " " + remedy
	}
	if c.Method != "" {
		words = append(words, c.name()+": "+string(c.Method))
	}
	if c.Of != "" {
		words = append(words, c.Of)
	}
	if c.MFA != "" {
		words = append(words, "MFA device "+c.MFA)
	}
	if c.answers() {
		words = append(words, "account "+c.who.Account)
	}
	return strings.Join(words, " · ")
}

func (s *profileStep) note() string {
	n := s.pending()
	switch {
	case !s.read:
		return ""
	case n > 0 && s.view.waiting:
		return "Goes on when " + phrase.Plural(int64(n), "profile has", "profiles have") + " answered"
	case n > 0:
		return phrase.Plural(int64(n), "profile", "profiles") + " still being asked"
	case len(s.checks) == 0:
		return ""
	}
	chosen := len(s.chosen())
	if chosen == 0 {
		return "No profile is chosen"
	}
	return phrase.Plural(int64(chosen), "profile", "profiles") + " chosen"
}

func (s *profileStep) action() string {
	switch {
	case s.read && len(s.checks) == 0:
		return "Look at the demo"
	case s.pending() > 0 || !s.read || len(s.chosen()) > 0:
		return "Continue"
	case s.toSignIn() != nil:
		return "Sign in"
	}
	return "Try again"
}

func (s *profileStep) proceed() bool {
	switch {
	case !s.read || s.pending() > 0:
		return false
	case len(s.checks) == 0:
		s.view.Demo()
		return true
	case len(s.chosen()) == 0 && s.toSignIn() != nil:
		s.signIn()
		return true
	case len(s.chosen()) == 0:
		s.again()
		return true
	}
	return s.view.forward()
}

func (s *profileStep) key(k key) bool {
	switch {
	case k.name == fyne.KeyDown:
		move(s.list.List, 1)
	case k.name == fyne.KeyUp:
		move(s.list.List, -1)
	case k.name == fyne.KeySpace:
		if c, ok := s.list.List.Cursor(); ok {
			s.toggle(c)
		}
	case k.char == 'd':
		s.view.Demo()
	case k.char == 'o':
		s.view.Open()
	case k.char == 's':
		s.signIn()
	case k.char == 'r':
		s.again()
	default:
		return false
	}
	s.arrange()
	return true
}

func (s *profileStep) buttons() []hint {
	list := []hint{s.view.later(), {"Open a file…", "o", s.view.Open}}
	if len(s.chosen()) > 0 && s.toSignIn() != nil {
		list = append(list, hint{"Sign in", "s", s.signIn})
	}
	if len(s.checks) > 0 || !s.read {
		list = append(list, hint{"Demo", "d", s.view.Demo})
	}
	return list
}
