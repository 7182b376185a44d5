package pull_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/mask"
	"github.com/nephograph/nephograph/app/pull"
)

// Nothing that a pull keeps tells a secret, and what was handed over is left as it was.
func TestMaskedKeepsNoSecret(t *testing.T) {
	const secret = "password=hunter2"
	ctx, kept := context.Background(), newMemory()
	cache := pull.Masked(kept, mask.Mask{})
	place := app.Scope{Account: "111122223333", Region: "eu-west-1"}
	events := []app.LogEvent{{Scope: place, Group: "g", ID: "1", Message: secret}}
	keep := func(_ int, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	keep(cache.KeepLogEvents(ctx, events))
	keep(cache.KeepAlarms(ctx, place, []app.Alarm{{Scope: place, Name: "a", ARN: "arn:a", Description: secret}},
		time.Now()))
	keep(cache.KeepTags(ctx, place, []app.Tagged{{ARN: "arn:a", Tags: map[string]string{"db-password": "hunter2"}}}))
	keep(cache.KeepAlarmHistory(ctx, []app.AlarmHistoryItem{{Scope: place, Alarm: "a", Data: secret}}))
	keep(cache.KeepTraces(ctx, []app.Trace{{Scope: place, ID: "1-5fad4cc9-70259536495de84a2a6282cd",
		URL: "/?" + secret}}))
	keep(cache.KeepTrail(ctx, []app.TrailEvent{{Scope: place, ID: "e",
		Raw: json.RawMessage(`{"password":"hunter2"}`)}}))
	all := fmt.Sprint(kept.picture(app.Range{}))
	if strings.Contains(all, "hunter2") || strings.Count(all, "*******") != 6 {
		t.Error(all)
	}
	if events[0].Message != secret {
		t.Error("the page was changed where it stood")
	}
	off := newMemory()
	keep(pull.Masked(off, mask.New(app.Masking{Off: true})).KeepLogEvents(ctx, events))
	if all := fmt.Sprint(off.picture(app.Range{})); !strings.Contains(all, secret) {
		t.Error("masking is off:", all)
	}
}
