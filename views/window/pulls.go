package window

import (
	"github.com/nephograph/nephograph/views/pulls"
	"github.com/nephograph/nephograph/views/shell"
	"github.com/nephograph/nephograph/views/ui"
)

// forScreen hands the screen of pulls what it needs, and keeps what it is told true.
func (p *puller) forScreen(of Parts) pulls.Parts {
	state := ui.NewValue(p.standing(), nil)
	p.state.Follow(func(shell.Progress) { state.Set(p.standing()) })
	p.follows.Follow(func(shell.Following) { state.Set(p.standing()) })
	return pulls.Parts{Session: p.session, Reader: of.Reader, State: state, Plan: p.plan, Cost: p.cost, Start: p.start,
		Cancel: func() { p.cancel() }, Follow: p.follow, Cap: of.Cap, Keep: of.Keep}
}

// standing is how it stands with pulling.
func (p *puller) standing() pulls.State {
	now := p.state.Now()
	return pulls.State{Running: now.Running, Doing: now.Doing, Done: now.Done, Total: now.Total, Problems: now.Problems,
		Slow: now.Slow, Scopes: now.Scopes, Following: p.follows.Now().On}
}
