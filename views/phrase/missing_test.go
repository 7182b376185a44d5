package phrase_test

import (
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/related"
	"github.com/nephograph/nephograph/views/phrase"
)

func TestMissing(t *testing.T) {
	const place = "111122223333/eu-west-1"
	h := time.Hour
	for _, c := range []struct {
		m     related.Missing
		place string
		want  string
	}{
		{related.Missing{Signal: app.Logs, Of: 2}, "", ""},
		{related.Missing{Signal: app.Logs, Parts: 1, Of: 2, Name: "/ecs/etl", Time: 6 * h}, "",
			"Log events of /ecs/etl are not in the cache for 6 h of 1 d."},
		{related.Missing{Signal: app.Logs, Parts: 1, Of: 2, Name: "/ecs/etl", Time: 6 * h, Denied: 1}, place,
			"Log events of /ecs/etl in 111122223333/eu-west-1 are not in the cache for 6 h of 1 d: AWS denies access."},
		{related.Missing{Signal: app.Trail, Parts: 1, Of: 1, Name: place, Time: 18 * h}, place,
			"Trail events of 111122223333/eu-west-1 are not in the cache for 18 h of 1 d."},
		{related.Missing{Signal: app.Alarms, Parts: 2, Of: 3, Name: place, Time: 18 * h, Denied: 1}, "",
			"Alarms of 2 of 3 places are not in the cache for up to 18 h of 1 d; AWS denies access to 1 of them."},
		{related.Missing{Signal: app.Metrics, Parts: 1, Of: 1, Name: "AWS/SQS/Sent|Sum|60", Time: 18 * h}, place,
			"Datapoints of 1 of 1 series in 111122223333/eu-west-1 are not in the cache for 18 h of 1 d."},
		{related.Missing{Signal: app.Metrics, Parts: 3, Of: 3, Time: 24 * h, Cut: 3}, "",
			"Datapoints of all 3 series are not in the cache for up to 1 d of 1 d: AWS gave only a part."},
	} {
		c.m.Range = app.Range{To: time.Time{}.Add(24 * h)}
		if got := phrase.MissingIn(c.m, c.place); got != c.want {
			t.Errorf("%+v: %q, want %q", c.m, got, c.want)
		}
	}
}
