// Package explain turns errors into a sentence that a person understands and what to do about it. The window and the
// commands both speak with it, so that the same trouble reads the same everywhere.
package explain

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/nephograph/nephograph/app"
)

const (
	askDoctor = "Run nephograph doctor to see whether AWS and the cache answer."
	stays     = "What is cached stays usable"
)

// Plainly is Explain where nephograph doctor cannot help: in the doctor itself, and where neither AWS nor the cache was
// asked. The remedy may be empty.
func Plainly(err error) (sentence, remedy string) {
	sentence, remedy = Explain(err)
	switch {
	case remedy == askDoctor:
		remedy = ""
	case strings.HasPrefix(remedy, stays):
		remedy = stays + "."
	}
	return sentence, remedy
}

// Explain returns what went wrong in one sentence, and what to do next in another. Neither is empty, but for a nil
// error, which has nothing to say. Cancellation is no error to show; callers drop it before they ask.
func Explain(err error) (sentence, remedy string) {
	if err == nil {
		return "", ""
	}
	if errors.Is(err, context.Canceled) {
		return "It was cancelled.", "What had arrived is kept; start it again to go on from there."
	}
	var known *app.Error
	if !errors.As(err, &known) {
		return finish(err.Error()), askDoctor
	}
	return of(known)
}

// of words each kind. The cause is told only where it says more than the kind.
func of(e *app.Error) (sentence, remedy string) {
	switch e.Kind {
	case app.Denied:
		return fmt.Sprintf("AWS does not allow %s to these credentials.", e.Op),
			"Add the action to the role's policy; nephograph policy prints all that are needed."
	case app.SignedOut:
		return "AWS does not accept the credentials: there are none, or they have expired.",
			"Sign in again (aws sso login) or choose another profile; what is cached stays usable."
	case app.Throttled:
		return fmt.Sprintf("AWS refused %s for its rate, after several tries.", e.Op),
			"Wait a minute and pull again: it goes on where it stopped."
	case app.Offline:
		return finish(fmt.Sprintf("AWS did not answer %s: %s", e.Op, cause(e))),
			"Check the network, the Region and the endpoint, then pull again; what is cached stays usable."
	case app.NotFound:
		if e.Op == "cache" {
			return finish(upper(cause(e))),
				"Check the names and numbers on the command line; only a pull asks AWS for more."
		}
		if e.Op == "connect" { // nothing was asked for yet: what lacks is on this machine
			return finish(upper(cause(e))), stays + "; nephograph doctor shows what the configuration leads to."
		}
		return finish("Not found: " + cause(e)),
			"Check the name, the account and the Region; at AWS it may have been deleted."
	case app.TooMuch:
		var over *app.OverCap
		if errors.As(e, &over) {
			return overCap(over)
		}
		return finish(fmt.Sprintf("%s goes beyond a limit: %s", e.Op, cause(e))),
			"Ask for less at once: a shorter time range or fewer resources."
	case app.Malformed:
		if e.Op == "settings" {
			return finish(upper(cause(e))), "Nothing is pulled until it is mended; without the file the defaults " +
				"hold. nephograph settings --help shows what it may say."
		}
		if e.Op == "incident" {
			return finish(upper(cause(e))), "Mend the file or move it away; the other incidents are not touched."
		}
		if e.Op == "bundle" {
			return finish("The bundle is not opened: " + cause(e)), bundleRemedy(e)
		}
		return finish(fmt.Sprintf("The answer to %s cannot be read: %s", e.Op, cause(e))),
			"Try again; if it stays, check that the endpoint is really AWS and no proxy in between."
	case app.Unreadable:
		return finish(fmt.Sprintf("In the answer to %s %s", e.Op, cause(e))),
			"All else of the record is kept; pulling again brings the same."
	case app.Endless:
		return finish(fmt.Sprintf("The answer to %s does not end: %s", e.Op, cause(e))),
			"What came is kept, and the rest counts as cut off. Check that the endpoint is really AWS."
	case app.NotAWS:
		return finish(fmt.Sprintf("It is not AWS that answers %s: %s", e.Op, cause(e))),
			"Sign in to the network, or check the proxy (HTTPS_PROXY) and the endpoint (AWS_ENDPOINT_URL); what is " +
				"cached stays usable."
	case app.Damaged, app.Foreign, app.Full, app.ReadOnly, app.Busy:
		if e.Op == "incident" {
			return finish(upper(cause(e))), "Open the cache that the bundle was made from to go on with it."
		}
		return ofCache(e)
	case app.Skewed:
		return finish(upper(cause(e))),
			"Set the clock, best by the network's time, and pull again; what is cached stays usable."
	}
	return finish(e.Error()), askDoctor
}

// bundleRemedy says what to do about a bundle that is not opened.
func bundleRemedy(e *app.Error) string {
	switch {
	case errors.Is(e, app.ErrBundleLocked):
		return "Give the passphrase, or the identity file with --identity."
	case errors.Is(e, app.ErrBundleKey):
		return "Ask who sent it for the passphrase, or for which recipient it was encrypted."
	}
	return "Ask who sent it to send it again; nothing of it was kept."
}

// cause returns the innermost text: the op is in the sentence already.
func cause(e *app.Error) string {
	if e.Err == nil {
		return e.Kind.String()
	}
	return e.Err.Error()
}

// upper begins a sentence.
func upper(text string) string {
	_, first := utf8.DecodeRuneInString(text)
	return strings.ToUpper(text[:first]) + text[first:]
}

// finish makes one sentence of an error's text: on one line, with a full stop.
func finish(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if strings.HasSuffix(text, ".") || strings.HasSuffix(text, "!") || strings.HasSuffix(text, "?") {
		return text
	}
	return text + "."
}
