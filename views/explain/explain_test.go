package explain

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/nephograph/nephograph/app"
)

func TestEveryKindHasItsSentence(t *testing.T) {
	seen := map[string]app.Kind{}
	for kind := app.Unknown; kind <= app.NotAWS; kind++ {
		err := fmt.Errorf("pulling logs: %w", &app.Error{Kind: kind, Op: "logs:FilterLogEvents",
			Err: errors.New("api error\nX: no")})
		sentence, remedy := Explain(err)
		for _, text := range []string{sentence, remedy} {
			if !strings.HasSuffix(text, ".") || strings.Contains(text, "\n") {
				t.Errorf("%v: %q is not one sentence", kind, text)
			}
		}
		if other, twice := seen[remedy]; twice {
			t.Errorf("%v and %v have the same remedy: %q", kind, other, remedy)
		}
		seen[remedy] = kind
	}
}

func TestExplain(t *testing.T) {
	tests := []struct {
		err              error
		sentence, remedy string // parts of them
	}{
		{nil, "", ""},
		{&app.Error{Kind: app.Denied, Op: "xray:BatchGetTraces", Err: errors.New("no")}, "xray:BatchGetTraces",
			"nephograph policy"},
		{&app.Error{Kind: app.TooMuch, Op: "pull", Err: errors.New("it costs $2.00, the cap is $0.50")},
			"the cap is $0.50.", "less"},
		{&app.Error{Kind: app.Damaged, Op: "open", Err: errors.New("written by v9")}, "written by v9.", "--set-aside"},
		{&app.Error{Kind: app.Damaged, Op: SetAside, Err: errors.New("/x/cache.db.damaged-1")},
			"The cache was damaged: it is kept as /x/cache.db.damaged-1, and a new one is begun.",
			"What it held can be pulled again"},
		{&app.Error{Kind: app.Foreign, Op: "open the cache",
			Err: errors.New("/x/a.db was written by Nephograph v9 in format 9, and this program knows formats up to 2")},
			"The cache cannot be used: /x/a.db was written by Nephograph v9 in format 9",
			"use the version that wrote it; this one is left as it is."},
		{&app.Error{Kind: app.Full, Op: "keep log events", Err: errors.New("/x/a.db cannot grow: the disk is full")},
			"The cache cannot be written: /x/a.db cannot grow: the disk is full.",
			"What was kept before stays. Free some space"},
		{&app.Error{Kind: app.ReadOnly, Op: "keep log events", Err: errors.New("/x/a.db may not be written")},
			"The cache cannot be written: /x/a.db may not be written.", "What it holds can be read."},
		{&app.Error{Kind: app.Busy, Op: "keep log events",
			Err: errors.New("/x/a.db is being written by another program that does not let go of it")},
			"The cache cannot be written now: /x/a.db is being written by another program", "End the other program"},
		{&app.Error{Kind: app.Skewed, Op: "sts:GetCallerIdentity",
			Err: errors.New("this computer's clock is 24 h 3 min ahead of AWS's, which refuses its requests")},
			"This computer's clock is 24 h 3 min ahead of AWS's, which refuses its requests.", "Set the clock"},
		{&app.Error{Kind: app.NotFound, Op: "logs:FilterLogEvents", Err: errors.New("no such group")},
			"Not found: no such group.", "deleted"},
		{&app.Error{Kind: app.NotFound, Op: "connect", Err: errors.New("no Region is set")}, "No Region is set.",
			"What is cached stays usable"},
		{fmt.Errorf("logs:FilterLogEvents: %w",
			&app.Error{Kind: app.NotFound, Op: "connect",
				Err: errors.New("the role R in account 1 is not assigned to you")}),
			"The role R in account 1 is not assigned to you.", "What is cached stays usable"},
		{&app.Error{Kind: app.Unreadable, Op: "xray:BatchGetTraces",
			Err: errors.New("user cannot be read: it is object")},
			"In the answer to xray:BatchGetTraces user cannot be read: it is object.",
			"All else of the record is kept"},
		{&app.Error{Kind: app.Offline, Op: "sts:GetCallerIdentity",
			Err: errors.New("connection refused at 127.0.0.1:9")},
			"AWS did not answer sts:GetCallerIdentity: connection refused at 127.0.0.1:9.", "endpoint"},
		{&app.Error{Kind: app.Endless, Op: "logs:FilterLogEvents",
			Err: errors.New("the page token of an earlier page came again")},
			"The answer to logs:FilterLogEvents does not end: the page token of an earlier page came again.",
			"What came is kept"},
		{&app.Error{Kind: app.NotAWS, Op: "sts:GetCallerIdentity",
			Err: errors.New("instead of an answer came an HTML page")},
			"It is not AWS that answers sts:GetCallerIdentity: instead of an answer came an HTML page.",
			"Sign in to the network"},
		{&app.Error{Kind: app.NotFound, Op: "cache", Err: errors.New("there is no cache file x")},
			"There is no cache file x.", "command line"},
		{errors.New("disk\nfull"), "disk full.", "doctor"},
		{fmt.Errorf("pull: %w", context.Canceled), "cancelled", "kept"},
	}
	for _, test := range tests {
		sentence, remedy := Explain(test.err)
		if !strings.Contains(sentence, test.sentence) || !strings.Contains(remedy, test.remedy) {
			t.Errorf("Explain(%v) = %q, %q; want %q, %q", test.err, sentence, remedy, test.sentence, test.remedy)
		}
	}
	if sentence, remedy := Explain(nil); sentence+remedy != "" {
		t.Errorf("Explain(nil) = %q, %q; want nothing", sentence, remedy)
	}
}

func TestPlainlySendsNobodyToTheDoctor(t *testing.T) {
	errs := []error{nil, errors.New("the port is taken"),
		&app.Error{Kind: app.NotFound, Op: "connect", Err: errors.New("no Region is set")}}
	for kind := app.Unknown; kind <= app.NotAWS; kind++ {
		errs = append(errs, &app.Error{Kind: kind, Op: "x:Y", Err: errors.New("no")})
	}
	for _, err := range errs {
		sentence, remedy := Plainly(err)
		if want, _ := Explain(err); sentence != want || strings.Contains(remedy, "nephograph doctor") {
			t.Errorf("Plainly(%v) = %q, %q", err, sentence, remedy)
		}
	}
}
