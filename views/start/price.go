package start

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/explain"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// lengths are the time ranges that a first pull is offered for; the one at usual is proposed, long enough for a look
// at what led to now and short enough to be there in a minute.
var lengths = []time.Duration{time.Hour, 3 * time.Hour, 12 * time.Hour, 24 * time.Hour}

const usual = 1

// signalCost is what the pull asks for a signal.
type signalCost struct {
	signal         app.Signal
	requests       int
	cost           app.Money
	known, guessed bool
}

// priceStep says what the first pull asks and costs.
type priceStep struct {
	view     *View
	load     ui.Loader
	length   int // index of lengths
	estimate Estimate
	problem  error
	done     bool
	spans    []*ui.Chip
	list     *ui.ListPanel[signalCost]
	trouble  *ui.Paragraph
	content  fyne.CanvasObject
}

func newPriceStep(v *View) *priceStep {
	s := &priceStep{view: v, load: ui.Loader{Threads: v.Session.Threads}, length: usual,
		trouble: ui.NewParagraph("", ui.Note, width-40)}
	spans := container.NewHBox(container.NewCenter(ui.NewText("The last", ui.Note)))
	for i, d := range lengths {
		chip := ui.NewButton(phrase.Window(d), func() { s.choose(i); v.takeKeyboard() }).Round()
		s.spans = append(s.spans, chip)
		spans.Add(chip)
	}
	spans.Add(container.NewCenter(ui.NewKeyCap("← →")))
	right := fyne.TextAlignTrailing
	s.list = ui.NewListPanel("What is asked", "", func(c signalCost) string { return string(c.signal) },
		ui.Column[signalCost]{Title: "Signal", Cell: func(c signalCost) ui.Cell {
			return ui.Cell{Text: phrase.SignalTitle(c.signal)}
		}},
		ui.Column[signalCost]{Title: "Requests", Width: 140, Align: right, Cell: func(c signalCost) ui.Cell {
			return ui.Cell{Text: explain.Estimate(phrase.Count(c.requests), c.known, c.guessed)}
		}},
		ui.Column[signalCost]{Title: "List price", Width: 140, Align: right, Cell: func(c signalCost) ui.Cell {
			if c.cost == 0 && c.known {
				return ui.Cell{Text: "free", Style: ui.Note}
			}
			return ui.Cell{Text: explain.Estimate(c.cost.String(), c.known, c.guessed)}
		}})
	s.content = container.NewBorder(container.NewVBox(spans, ui.NewSpace(0, 4)),
		container.NewVBox(ui.NewSpace(0, 2), s.trouble), nil, nil, s.list)
	return s
}

func (s *priceStep) title() string           { return "Price" }
func (s *priceStep) body() fyne.CanvasObject { return s.content }

// enter lists what there is in the places and adds up what a pull would ask.
func (s *priceStep) enter() {
	s.done = false
	s.arrange()
	places, within := s.view.regions.places(), s.view.recent(lengths[s.length])
	read := func(ctx context.Context) (Estimate, error) { return s.view.Plan(ctx, places, within) }
	ui.Load(&s.load, read, func(e Estimate, err error) {
		s.estimate, s.problem, s.done = e, err, true
		s.arrange()
		s.view.arrange() // not answered: a price is seen before it is paid
	})
}

func (s *priceStep) leave() { s.load.Stop() }

func (s *priceStep) choose(i int) {
	if i >= 0 && i < len(lengths) && i != s.length {
		s.length = i
		s.enter()
		s.view.arrange()
	}
}

// costs adds the plan up by signal.
func (s *priceStep) costs() (all []signalCost) {
	for _, signal := range app.Signals {
		c := signalCost{signal: signal, known: true}
		for _, step := range s.estimate.Plan.Steps {
			if step.Signal == signal {
				c.requests += step.Requests
				c.cost += step.Cost
				c.known, c.guessed = c.known && step.Known, c.guessed || step.Guessed
			}
		}
		if c.requests > 0 {
			all = append(all, c)
		}
	}
	return all
}

func (s *priceStep) arrange() {
	for i, chip := range s.spans {
		chip.Choose(i == s.length)
	}
	empty, words := "", ""
	switch {
	case !s.done:
		empty = "Listing metrics, alarms and log groups, to know what there is to ask …"
	case s.problem != nil:
		sentence, remedy := explain.Explain(s.problem)
		empty = sentence + " " + remedy
	default:
		empty = "The cache lacks nothing of this range."
		words = s.troubleWords()
	}
	var rows []signalCost
	if s.done && s.problem == nil {
		rows = s.costs()
	}
	s.list.SetItems(rows, empty)
	s.trouble.Set(words)
}

// troubleWords says what AWS does not allow, and what is not known of the price.
func (s *priceStep) troubleWords() string {
	if n := len(s.estimate.Problems); n > 0 {
		sentence, remedy := explain.Explain(s.estimate.Problems[0])
		if n > 1 {
			sentence += " And " + phrase.Count(n-1) + " more."
		}
		return sentence + " " + remedy
	}
	if s.estimate.Plan.Unforeseen {
		return explain.Unforeseen
	}
	return ""
}

func (s *priceStep) note() string {
	if !s.done || s.problem != nil {
		return ""
	}
	text := explain.Plan(s.estimate.Plan)
	if s.view.Cap >= 0 {
		text += " The cap is " + s.view.Cap.String() + " a month."
	}
	return text
}

func (s *priceStep) action() string {
	switch {
	case !s.done:
		return ""
	case s.problem != nil:
		return "Try again"
	}
	return "Pull"
}

// proceed begins to pull. Enter that came before the price was shown counts for nothing.
func (s *priceStep) proceed() bool {
	switch {
	case !s.done:
	case s.problem != nil:
		s.enter()
	default:
		s.view.Pull(s.view.regions.places(), s.view.recent(lengths[s.length]))
		return s.view.forward()
	}
	return true
}

func (s *priceStep) key(k key) bool {
	switch k.name {
	case fyne.KeyLeft:
		s.choose(s.length - 1)
	case fyne.KeyRight:
		s.choose(s.length + 1)
	default:
		return false
	}
	return true
}

func (s *priceStep) buttons() []hint { return []hint{s.view.later(), s.view.backward()} }
