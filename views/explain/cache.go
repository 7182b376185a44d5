package explain

import (
	"fmt"

	"github.com/nephograph/nephograph/app"
)

// ofCache words what is the matter with the cache file. Its cause names the file.
func ofCache(e *app.Error) (sentence, remedy string) {
	switch e.Kind {
	case app.Foreign:
		return finish(fmt.Sprintf("The cache cannot be used: %s", cause(e))),
			"Choose another file with --cache, or use the version that wrote it; this one is left as it is."
	case app.Full:
		return finish(fmt.Sprintf("The cache cannot be written: %s", cause(e))),
			"What was kept before stays. Free some space, or let the cache forget (nephograph cache prune), and pull again: it goes on where it stopped."
	case app.ReadOnly:
		return finish(fmt.Sprintf("The cache cannot be written: %s", cause(e))),
			"What it holds can be read. To pull, get the right to write the file and its folder, or choose another file with --cache."
	case app.Busy:
		return finish(fmt.Sprintf("The cache cannot be written now: %s", cause(e))),
			"End the other program, or wait until it is done, and try again."
	}
	return finish(fmt.Sprintf("The cache cannot be used: %s", cause(e))),
		"Keep the file aside and start with a new one: nephograph cache check --set-aside does both."
}
