package terminal

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/views/export"
	"github.com/nephograph/nephograph/views/phrase"
)

// fileFlags say in which format a result is written, and where to.
type fileFlags struct {
	format, path string
	wanted       bool // after read: something is to be written so
	as           export.Format
}

func (f *fileFlags) add(cmd *cobra.Command) {
	var names []string
	for _, one := range export.Formats {
		names = append(names, one.String())
	}
	flags := cmd.Flags()
	flags.StringVar(&f.format, "output", "", "write all of it as csv, jsonl or text (`format`), log events the oldest "+
		"first, with times in the zone of --utc or --local")
	flags.StringVar(&f.path, "out", "", "write into this `file` instead of the standard output")
	completeWith(cmd, "output", names...)
}

// read settles the format, by the ending of the file's name where --output does not say it.
func (f *fileFlags) read(c *commandLine) error {
	name := f.format
	switch {
	case name == "" && f.path == "":
		return nil
	case c.json:
		return fmt.Errorf("%w: --json prints JSON lines itself; --output jsonl writes them into a file",
			errUsage)
	case name == "":
		for _, one := range export.Formats {
			if strings.EqualFold(filepath.Ext(f.path), one.Ending()) {
				name = one.String()
			}
		}
		if name == "" {
			return fmt.Errorf("%w: --out needs --output, as the name %q does not end in .csv, .jsonl or .txt",

				errUsage, f.path)
		}
	}
	var err error
	if f.as, err = export.ParseFormat(name); err != nil {
		return fmt.Errorf("%w: --output: %w", errUsage, err)
	}
	f.wanted = true
	return nil
}

// writeEvents writes the events of a query in the order of time: all of them, or the newest if a limit was given.
func (q *question) writeEvents(ctx context.Context, r logReader, query app.LogQuery, f fileFlags) error {
	events, err := q.eventsToWrite(ctx, r, query)
	if err != nil {
		return err
	}
	n, err := f.write(below(q.Out), func(w io.Writer) (int, error) {
		return export.Logs(w, f.as, q.zone(), events, nil)
	})
	if err != nil {
		return err
	}
	if f.path != "" {
		q.note("Wrote %s to %s.", phrase.Plural(int64(n), "log event", "log events"), f.path)
	}
	if n == 0 {
		if err := q.noteNothing(ctx, app.Logs); err != nil {
			return err
		}
	}
	return q.noteGaps(ctx, app.Logs)
}

func (q *question) eventsToWrite(ctx context.Context, r logReader, query app.LogQuery) (
	iter.Seq2[app.LogEvent, error], error,
) {
	if !q.limitGiven || q.limit == 0 {
		return r.LogEvents(ctx, query), nil
	}
	query.Limit, query.Newest = q.limit, true
	found, err := r.SearchLogs(ctx, query)
	if err != nil {
		return nil, err
	}
	slices.Reverse(found.Events)
	return func(yield func(app.LogEvent, error) bool) {
		for _, e := range found.Events {
			if !yield(e, nil) {
				return
			}
		}
	}, nil
}

// write writes into the file, or to out where none is named. A file that is there already is replaced when all is
// written, and not before.
func (f *fileFlags) write(out io.Writer, do func(io.Writer) (int, error)) (n int, err error) {
	if f.path == "" {
		return do(out)
	}
	part, err := os.CreateTemp(filepath.Dir(f.path), filepath.Base(f.path)+".*.part")
	if err != nil {
		return 0, fmt.Errorf("the file cannot be written: %w", err)
	}
	n, err = do(part)
	if err = errors.Join(err, part.Close()); err == nil {
		err = os.Rename(part.Name(), f.path)
	}
	if err != nil {
		return 0, errors.Join(err, os.Remove(part.Name()))
	}
	return n, nil
}
