package explain

import (
	"fmt"
	"math"
	"strconv"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/resource"
)

// Slowdown says in one sentence that AWS slows a call down, and how fast it goes on.
func Slowdown(s app.Slowdown) string {
	if s.Quota == 0 {
		return fmt.Sprintf("%s refuses %s for its rate in %s; continuing at %s a second.",
			resource.Service(s.Service), s.Operation, s.Scope.Region, rate(s.Rate))
	}
	calls := "calls"
	if s.Quota == 1 {
		calls = "call"
	}
	return fmt.Sprintf("%s limits %s to %s %s a second in %s; continuing at %s.",
		resource.Service(s.Service), s.Operation, rate(s.Quota), calls, s.Scope.Region, rate(s.Rate))
}

// exactly is the rate below which a tenth of a call a second tells something.
const exactly = 3

// rate shows calls a second: 4 for 3.5, 1.4, 0.2; never zero, which it is not.
func rate(perSecond float64) string {
	if perSecond >= exactly {
		return strconv.FormatFloat(math.Round(perSecond), 'f', 0, 64)
	}
	return strconv.FormatFloat(max(0.1, math.Round(perSecond*10)/10), 'f', -1, 64)
}
