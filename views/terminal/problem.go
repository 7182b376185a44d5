package terminal

import (
	"errors"
	"fmt"
	"strings"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/phrase"
)

// cause is one cause of an outcome's problems, and the resources that met it.
type cause struct {
	err       *app.Error // about no resource
	resources []string
}

// namedAtMost is how many resources a sentence names; more are counted.
const namedAtMost = 2

// causesOf puts the problems of an outcome together that a person would remedy at once.
func causesOf(problems []*app.Error) []*cause {
	type key struct {
		kind      app.Kind
		op, cause string
	}
	var all []*cause
	by := map[key]*cause{}
	for _, p := range problems {
		resource, bare := resourceOf(p)
		k := key{kind: bare.Kind, op: bare.Op}
		switch bare.Kind {
		case app.Denied, app.SignedOut, app.Throttled, app.Offline: // AWS words each resource's own; the remedy is one
		default:
			k.cause = bare.Err.Error()
		}
		if by[k] == nil {
			by[k] = &cause{err: bare}
			all = append(all, by[k])
		}
		if resource != "" {
			by[k].resources = append(by[k].resources, resource)
		}
	}
	return all
}

// resourceOf takes a problem of a pull apart: its cause is "resource: what AWS said" where it is about a resource.
func resourceOf(p *app.Error) (resource string, bare *app.Error) {
	inner := errors.Unwrap(p.Err)
	if inner == nil {
		return "", p
	}
	resource, ok := strings.CutSuffix(p.Err.Error(), ": "+inner.Error())
	if !ok {
		return "", p
	}
	return resource, &app.Error{Kind: p.Kind, Op: p.Op, Err: inner}
}

// where names the resources, or counts them.
func (t *cause) where(signal app.Signal) string {
	switch n := len(t.resources); {
	case n == 0:
		return ""
	case n <= namedAtMost:
		return fmt.Sprintf(" (%s)", strings.Join(t.resources, ", "))
	case signal == app.Logs:
		return fmt.Sprintf(" (%s log groups)", phrase.Count(n))
	default:
		return fmt.Sprintf(" (%s resources)", phrase.Count(n))
	}
}
