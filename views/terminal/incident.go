package terminal

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/incident"
	"github.com/nephograph/nephograph/views/phrase"
	"github.com/nephograph/nephograph/views/report"
)

// Incidents are the incidents of a cache.
type Incidents interface {
	// Load returns all, the newest first; what could be read travels with the error.
	Load(context.Context) ([]app.Incident, error)
	// Facts reads what the evidence of one shows.
	Facts(context.Context, app.Incident, time.Time) (incident.Facts, error)
	// Prepare puts a bundle together. The caller closes it.
	Prepare(context.Context, app.Incident) (Draft, error)
}

// Draft is a bundle that is put together and not written yet.
type Draft interface {
	Contents() app.BundleContents
	Write(io.Writer, app.BundleLock) error
	Close() error
}

// incidents is the command that lists incidents.
func (c *commandLine) incidents() *cobra.Command {
	return &cobra.Command{
		Use: "incidents", Short: "Incidents that were put together in the window", Args: cobra.NoArgs, GroupID: "read",
		RunE: c.run(func(ctx context.Context, _ []string) error { return c.withExisting(ctx, c.printIncidents) }),
	}
}

// incidentLine is an incident as a program reads it.
type incidentLine struct {
	ID       string            `json:"id"`
	Title    string            `json:"title"`
	Range    app.Range         `json:"range"`
	State    app.IncidentState `json:"state"`
	Severity app.Severity      `json:"severity,omitempty"`
	Evidence int               `json:"evidence"`
}

func (c *commandLine) printIncidents(ctx context.Context, s *Store) error {
	all, err := s.Incidents.Load(ctx)
	if c.json {
		var rows []incidentLine
		for _, i := range all {
			rows = append(rows, incidentLine{i.ID, i.Title, i.Range, i.State, i.Severity, len(i.Evidence)})
		}
		return errors.Join(printLines(c, rows), err)
	}
	t := newTable("INCIDENT", c.timeHead("FROM"), "TO", "STATE", "SEVERITY", "EVIDENCE>", "TITLE")
	for _, i := range all {
		t.add(i.ID, c.at(i.Range.From), c.at(i.Range.To), i.State, i.Severity, len(i.Evidence), i.Title)
	}
	c.show(t)
	if len(all) == 0 && err == nil {
		c.note("There are no incidents yet: open one from an alarm in the window.")
	}
	return err
}

// incidentReport is the command that writes an incident down.
func (c *commandLine) incidentReport() *cobra.Command {
	var format, out string
	cmd := &cobra.Command{
		Use: "report INCIDENT", Short: "Write an incident down, as HTML or Markdown", Args: cobra.ExactArgs(1),
		GroupID: "read",
		Long: `Writes an incident with all its evidence as one HTML file that needs no network, or as Markdown with
its pictures in a folder beside it. A PDF is the HTML file printed by a browser. INCIDENT is an id
that nephograph incidents lists, or the beginning of one.`,
		Example: "  nephograph report 2026-05-03-checkout-5xx --out checkout.html",
	}
	cmd.Flags().StringVar(&format, "format", "", "html or md (default: as --out ends, else html)")
	cmd.Flags().StringVar(&out, "out", "", "`file` to write, - for the standard output (default: INCIDENT.html)")
	completeWith(cmd, "format", "html", "md")
	cmd.RunE = c.run(func(ctx context.Context, args []string) error {
		kind, err := reportFormat(format, out)
		if err != nil {
			return err
		}
		return c.withIncident(ctx, args[0], func(ctx context.Context, s *Store, i app.Incident) error {
			f, err := s.Incidents.Facts(ctx, i, c.deps.Now())
			if err != nil {
				return err
			}
			if out == "" {
				out = i.ID + "." + kind
			}
			return c.writeReport(f, kind, out)
		})
	})
	return cmd
}

// reportFormat is html or md.
func reportFormat(format, out string) (string, error) {
	if format == "" && slices.Contains([]string{".md", ".markdown"}, strings.ToLower(filepath.Ext(out))) {
		return "md", nil
	}
	switch format {
	case "", "html":
		return "html", nil
	case "md", "markdown":
		return "md", nil
	}
	return "", fmt.Errorf("%w: --format is html or md, not %q", errUsage, format)
}

// withIncident opens the cache and finds the incident with an id, or the only one whose id begins so.
func (c *commandLine) withIncident(
	ctx context.Context, id string, f func(context.Context, *Store, app.Incident) error,
) error {
	return c.withExisting(ctx, func(ctx context.Context, s *Store) error {
		all, err := s.Incidents.Load(ctx)
		i, found := findIncident(all, id)
		switch {
		case found:
			return f(ctx, s, i)
		case err != nil:
			return err
		}
		names := make([]string, len(all))
		for n, i := range all {
			names[n] = i.ID
		}
		return &app.Error{Kind: app.NotFound, Op: "cache", Err: fmt.Errorf("there is no incident %q, there is %s", id,
			phrase.SomeOf(append(names, "none")[:max(len(names), 1)], 5))}
	})
}

func findIncident(all []app.Incident, id string) (found app.Incident, ok bool) {
	for _, i := range all {
		switch {
		case i.ID == id:
			return i, true
		case strings.HasPrefix(i.ID, id) && id != "":
			if found.ID != "" {
				return app.Incident{}, false // more than one begins so
			}
			found, ok = i, true
		}
	}
	return found, ok
}

func (c *commandLine) reportOptions() report.Options {
	return report.Options{Presets: c.deps.Presets, Zone: c.zone(), Now: c.deps.Now(),
		Program: "Nephograph " + c.deps.Build.Version}
}

func (c *commandLine) writeReport(f incident.Facts, kind, out string) error {
	var text bytes.Buffer
	var pictures []report.Picture
	if kind == "html" {
		if err := report.HTML(&text, f, c.reportOptions()); err != nil {
			return err
		}
	} else {
		folder := ""
		if out != "-" {
			folder = strings.TrimSuffix(filepath.Base(out), filepath.Ext(out)) + "-pictures"
		}
		written, made := report.Markdown(f, c.reportOptions(), folder)
		text.Write(written)
		if pictures = made; out != "-" {
			if err := writePictures(filepath.Join(filepath.Dir(out), folder), pictures); err != nil {
				return err
			}
		}
	}
	if out == "-" {
		_, err := c.Out.Write(text.Bytes())
		return err
	}
	if err := os.WriteFile(out, text.Bytes(), 0o600); err != nil {
		return err
	}
	fmt.Fprintf(c.Out, "%s: %s, %s.\n", out, phrase.Plural(len(f.Exhibits), "piece of evidence", "pieces of evidence"),
		phrase.Bytes(int64(text.Len())))
	return nil
}

func writePictures(folder string, pictures []report.Picture) error {
	if len(pictures) == 0 {
		return nil
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	for _, p := range pictures {
		if err := os.WriteFile(filepath.Join(folder, p.Name), p.SVG, 0o600); err != nil {
			return err
		}
	}
	return nil
}
