package explain

import (
	"fmt"

	"github.com/nephograph/nephograph/app"
)

// SetAside is the Op of an error of Kind Damaged that tells of a file that was set aside; its cause is the name under
// which it is kept.
const SetAside = "set aside"

// ofCache words what is the matter with the cache file. Its cause names the file.
func ofCache(e *app.Error) (sentence, remedy string) {
	switch e.Kind {
	case app.Foreign:
		return finish(fmt.Sprintf("The cache cannot be used: %s", cause(e))),
			"Choose another file with --cache, or use the version that wrote it; this one is left as it is."
	case app.Full:
		return finish(fmt.Sprintf("The cache cannot be written: %s", cause(e))),
			"What was kept before stays. Free some space, or let the cache forget (nephograph cache prune), " +
				"and pull again: it goes on where it stopped."
	case app.ReadOnly:
		return finish(fmt.Sprintf("The cache cannot be written: %s", cause(e))),
			"What it holds can be read. To pull, get the right to write the file and its folder, " +
				"or choose another file with --cache."
	case app.Busy:
		return finish(fmt.Sprintf("The cache cannot be written now: %s", cause(e))),
			"End the other program, or wait until it is done, and try again."
	}
	if e.Op == SetAside {
		return finish(fmt.Sprintf("The cache was damaged: it is kept as %s, and a new one is begun", cause(e))),
			"What it held can be pulled again; nephograph cache check with --cache and that name " +
				"says what can still be read of it."
	}
	return finish(fmt.Sprintf("The cache cannot be used: %s", cause(e))),
		"Set it aside and start with a new one: nephograph cache check --set-aside, with the same --cache."
}
