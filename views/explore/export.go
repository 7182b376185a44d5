package explore

import (
	"context"
	"io"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/nephograph/nephograph/views/explain"
	"github.com/nephograph/nephograph/views/export"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/ui"
)

// Export writes all that a question finds, however much that is, and returns how many items it has written. progress is
// called with how many those are so far.
type Export func(ctx context.Context, q Question, w io.Writer, f export.Format, progress func(n int)) (n int, err error)

// exports reports whether what is found can be written to a file.
func (s *Screen[T]) exports() bool { return s.parts.Export != nil && s.session.Save != nil }

// offerFormats lets a person choose how a file is written.
func (s *Screen[T]) offerFormats() {
	var items []*fyne.MenuItem
	for _, f := range export.Formats {
		items = append(items, fyne.NewMenuItem(f.Title()+"…", func() { s.export(f) }))
	}
	s.out.PopUp(items...)
}

// export asks for a file and writes what is found into it. The ending of the name that a person gives it decides on the
// format, if it is one of another.
func (s *Screen[T]) export(f export.Format) {
	q := s.question()
	name := export.FileName(strings.ToLower(s.parts.Name), q.Now.In(q.Zone), f)
	s.session.Save(name, func(file ui.File, err error) {
		if err != nil {
			s.sayWritten("The file cannot be written: " + explainText(err))
			return
		}
		for _, one := range export.Formats {
			if strings.EqualFold(filepath.Ext(file.Name), one.Ending()) {
				f = one
			}
		}
		s.write(q, file, f)
	})
}

// write writes what a question finds into a file, away from the UI goroutine, and says how far it is.
func (s *Screen[T]) write(q Question, file ui.File, f export.Format) {
	s.sayWritten("Writing " + file.Name + " …")
	told := func(n int) {
		s.session.Threads.Back(func() {
			if s.outLoad.Busy() {
				s.sayWritten(phrase.Count(int64(n)) + " written to " + file.Name + " …")
			}
		})
	}
	ui.Load(&s.outLoad, func(ctx context.Context) (int, error) {
		n, err := s.parts.Export(ctx, q, file, f, told)
		if err == nil {
			err = file.Close()
		}
		if err != nil {
			file.Discard()
		}
		return n, err
	}, func(n int, err error) {
		if err != nil {
			s.sayWritten("Nothing is written: " + explainText(err))
			return
		}
		s.sayWritten(phrase.Count(int64(n)) + " written to " + file.Name)
	})
}

// explainText is what a problem is, with what to do about it.
func explainText(err error) string {
	sentence, remedy := explain.Explain(err)
	return strings.TrimSpace(sentence + " " + remedy)
}

// sayWritten says how an export goes on, beside what was found.
func (s *Screen[T]) sayWritten(text string) {
	s.written = text
	s.arrange()
}

// exportBindings are the keys of exports.
func (s *Screen[T]) exportBindings() ui.Bindings {
	if !s.exports() {
		return nil
	}
	return ui.Bindings{{Keys: "E", Does: "Export all that is found: CSV, JSON lines or text", Rune: 'E',
		Do: func() { s.export(export.CSV) }}}
}

// exportCommands are those of the palette.
func (s *Screen[T]) exportCommands() (all []ui.Command) {
	if !s.exports() {
		return nil
	}
	for _, f := range export.Formats {
		keys := ""
		if f == export.CSV {
			keys = "E"
		}
		all = append(all, ui.Command{Title: "Export as " + f.Title(), Detail: s.parts.Name, Keys: keys,
			Do: func() { s.export(f) }})
	}
	if s.outLoad.Busy() {
		all = append(all, ui.Command{Title: "Stop the export", Detail: s.parts.Name, Do: s.stopExport})
	}
	return all
}

func (s *Screen[T]) stopExport() {
	s.outLoad.Stop()
	s.sayWritten("The export was stopped.")
}
