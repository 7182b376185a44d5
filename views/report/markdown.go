package report

import (
	"fmt"
	"strings"

	"github.com/nephograph/nephograph/app/incident"
	"github.com/nephograph/nephograph/views/phrase"
)

// Picture is a file beside a Markdown report.
type Picture struct {
	Name string // of the file
	SVG  []byte
}

// Markdown writes an incident as Markdown, and returns the pictures that it shows. They are to be written into the
// folder, which is named relative to the report, "" for the same.
func Markdown(f incident.Facts, o Options, folder string) (text []byte, pictures []Picture) {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	line("# %s\n", literal(f.Title))
	line("%s (%s) · %s · %s\n", o.span(f.Range), phrase.ZoneName(o.Zone, f.Range.From), f.State, f.Severity)
	line("| | | |\n|---|---|---|")
	for _, n := range o.figures(f) {
		line("| %s | %s | %s |", n.Name, n.Value, n.Note)
	}
	if f.Notes != "" {
		line("\n## Notes\n\n%s", phrase.Visible(f.Notes))
	}
	for n, s := range o.sections(f) {
		line("\n## %d. %s: %s\n", n+1, s.Kind, literal(s.Title))
		if s.When+s.Where != "" {
			line("%s\n", strings.Trim(s.When+" · "+literal(s.Where), " ·"))
		}
		if s.Caption != "" {
			line("%s\n", phrase.Visible(s.Caption))
		}
		for _, said := range s.Said {
			line("%s\n", literal(said))
		}
		if s.Picture != "" {
			p := Picture{Name: s.ID + ".svg", SVG: alone(s.Picture)}
			pictures = append(pictures, p)
			line("![%s](%s)\n", literal(s.Title), strings.TrimPrefix(folder+"/"+p.Name, "/"))
		}
		if s.Code != "" {
			line("%s\n", fenced(s.Code))
		}
		markdownTable(&b, s)
	}
	line("\nWritten %s by %s from what was cached then.", o.stamp(o.Now), o.Program)
	return []byte(b.String()), pictures
}

// alone returns a picture with the style that the page has for it.
func alone(svg string) []byte {
	head, rest, _ := strings.Cut(svg, ">")
	return []byte(head + "><style>" + style + "svg{background:var(--surface)}</style>" + rest)
}

func markdownTable(b *strings.Builder, s section) {
	if len(s.Rows) == 0 {
		return
	}
	fmt.Fprintf(b, "| %s |\n|%s\n", strings.Join(s.Heads, " | "), strings.Repeat("---|", len(s.Heads)))
	for _, row := range s.Rows {
		cells := make([]string, len(row))
		for n, cell := range row {
			cells[n] = literal(cell)
		}
		fmt.Fprintf(b, "| %s |\n", strings.Join(cells, " | "))
	}
}

// marks are the characters that mean something to a reader of Markdown.
const marks = "\\`*_{}[]<>()#+-!|~&"

// literal writes text so that Markdown shows it as it is, on one line.
func literal(text string) string {
	var b strings.Builder
	for _, r := range phrase.VisibleLine(text) {
		if strings.ContainsRune(marks, r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// fenced writes text as a block of code, whatever it holds.
func fenced(text string) string {
	fence := "```"
	for strings.Contains(text, fence) {
		fence += "`"
	}
	return fence + "\n" + phrase.Visible(text) + "\n" + fence
}
