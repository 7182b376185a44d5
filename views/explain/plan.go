package explain

import (
	"fmt"

	"github.com/nephograph/nephograph/app/pull"
	"github.com/nephograph/nephograph/views/phrase"
)

// Unforeseen is said of a plan with traces of whose number the cache tells nothing.
const Unforeseen = "Traces: how many there are is known only after the summaries."

// Plan says what a plan asks and costs in all: "About 1,200 requests for about $0.12."
func Plan(p pull.Plan) string {
	text := "%s requests for %s."
	switch {
	case p.Guessed:
		text = "About %s requests for about %s."
	case !p.Known:
		text = "At least %s requests for at least %s."
	}
	return fmt.Sprintf(text, phrase.Count(p.Requests), p.Cost)
}

// Estimate marks a number of a plan that is a lower bound or a guess.
func Estimate(number string, known, guessed bool) string {
	switch {
	case known:
		return number
	case guessed:
		return "about " + number
	}
	return "at least " + number
}
