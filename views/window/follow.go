package window

import (
	"context"
	"slices"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/pull"
	"github.com/nephograph/nephograph/views/shell"
)

// cost says what following the places of a focus would cost in a month, from the cache alone.
func (p *puller) cost(ctx context.Context, f app.Focus) (pull.FollowCost, error) {
	if err := p.lookUp(ctx); err != nil {
		return pull.FollowCost{}, err
	}
	var scopes []app.Scope
	want := p.want(f)
	p.mu.Lock()
	for _, place := range want.Places {
		scopes = append(scopes, p.scope(place))
	}
	p.mu.Unlock()
	return p.engine.FollowCost(ctx, scopes, p.pace)
}

// follow keeps pulling the places of a focus, or ends it. It goes on while the focus moves.
func (p *puller) follow(f app.Focus, on bool) {
	if !on || p.follows.Now().On {
		p.unpull()
		return
	}
	ctx, cancel := context.WithCancel(p.ends)
	p.unpull = cancel
	want := p.want(f)
	p.follows.Set(shell.Following{On: true, Every: shortest(p.pace), Places: len(want.Places)})
	p.work.Add(1)
	p.threads.Away(func() {
		defer p.work.Done()
		defer cancel()
		p.keepUp(ctx, want)
		p.threads.Back(func() { p.follows.Set(shell.Following{}) })
	})
}

// keepUp follows places until ctx ends, and tells the screens what each round brings.
func (p *puller) keepUp(ctx context.Context, want pull.Want) {
	var changes []pull.Changed
	gathering := func(_ *pull.Place, now pull.Progress) {
		if now.Changed != nil {
			changes = gather(changes, *now.Changed)
		}
	}
	told := func(place *pull.Place, round pull.Round) {
		news := changes
		changes = nil
		p.note([]*pull.Place{place}, round.Report.Scopes)
		p.threads.Back(func() {
			p.spread(news)
			if now := p.state.Now(); !now.Running {
				now.Scopes, now.Problems = p.statuses(), append(slices.Clone(p.notice), troublesOf(p.statuses())...)
				p.state.Set(now)
			}
		})
	}
	f := pull.Follower{Run: p.engine.Run, Now: p.session.Now, Cadence: p.pace, Back: want.Range.Length()}
	f.Follow(ctx, want.Places, gathering, told)
}

// troublesOf returns what is the matter in each scope.
func troublesOf(scopes []pull.ScopeStatus) (problems []error) {
	for _, s := range scopes {
		if s.Err != nil {
			problems = append(problems, s.Err)
		}
	}
	return problems
}

// shortest returns the shortest cadence, which is what a person notices of following.
func shortest(pace map[app.Signal]time.Duration) (every time.Duration) {
	for _, d := range pace {
		if every == 0 || d < every {
			every = d
		}
	}
	return every
}
