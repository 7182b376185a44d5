package terminal

import (
	"errors"
	"fmt"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/phrase"
)

// longest is how far back a time range may reach: CloudWatch keeps no datapoint for longer than 455 days.
const longest = 455 * 24 * time.Hour

// timeRange is the time range that a command was asked for, as its flags say it.
type timeRange struct{ since, from, to string }

// defaultLength is the range of a command without --since: a day, which is what the demo holds.
const defaultLength = 24 * time.Hour

// read returns the range: from --from, or --since before its end, up to --to, or now.
func (w timeRange) read(now time.Time, zone *time.Location) (app.Range, error) {
	r := app.Range{To: now.UTC()}
	var err error
	if w.to != "" {
		if r.To, err = phrase.ParseTime(w.to, now, zone); err != nil {
			return r, fmt.Errorf("--to %q: %w", w.to, err)
		}
	}
	length := defaultLength
	if w.since != "" {
		if length, err = app.ParseLength(w.since); err != nil {
			return r, fmt.Errorf("--since: %w", err)
		}
	}
	r.From = r.To.Add(-length)
	if w.from != "" {
		if r.From, err = phrase.ParseTime(w.from, now, zone); err != nil {
			return r, fmt.Errorf("--from %q: %w", w.from, err)
		}
	}
	switch {
	case w.from != "" && r.From.After(now):
		return r, fmt.Errorf("--from: %q is in the future, where nothing has happened yet", w.from)
	case r.Empty():
		return r, errors.New("the time range is empty: it has to begin before it ends")
	case r.Length() > longest:
		return r, errors.New("the time range is longer than 455 days, which is as long as AWS keeps anything")
	}
	return r, nil
}

// lengthFlag is the value of a flag that is a length of time.
type lengthFlag struct{ to *time.Duration }

// Set reads the flag.
func (f lengthFlag) Set(text string) (err error) {
	*f.to, err = app.ParseLength(text)
	return err
}

// String returns the default as the help shows it, "" for none.
func (f lengthFlag) String() string {
	if f.to == nil || *f.to == 0 {
		return ""
	}
	return phrase.Duration(*f.to)
}

// Type is what the help calls a value without a name.
func (f lengthFlag) Type() string { return "length" }
