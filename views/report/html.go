package report

import (
	"bytes"
	_ "embed"
	"html/template"
	"io"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"

	"github.com/nephograph/nephograph/app/incident"
	"github.com/nephograph/nephograph/views/phrase"
)

//go:embed page.html
var pageText string

// page is what the template is given.
type page struct {
	Title, State, Severity, When, Zone string
	Figures                            []figure
	Notes                              template.HTML
	Sections                           []pageSection
	Written, Program                   string
	Style                              template.CSS
}

type pageSection struct {
	section
	Drawn   template.HTML // Picture
	Written template.HTML // Caption
}

// HTML writes an incident as one HTML file.
func HTML(w io.Writer, f incident.Facts, o Options) error {
	p := page{Title: f.Title, State: string(f.State), Severity: f.Severity.String(), When: o.span(f.Range),
		Zone: phrase.ZoneName(o.Zone, f.Range.From), Figures: o.figures(f), Notes: fromMarkdown(f.Notes),
		Written: o.stamp(o.Now), Program: o.Program, Style: template.CSS(style)}
	for _, s := range o.sections(f) {
		// A picture is made of numbers and of words that were escaped where it was drawn.
		p.Sections = append(p.Sections, pageSection{s, template.HTML(s.Picture), fromMarkdown(s.Caption)})
	}
	t, err := template.New("page").Funcs(template.FuncMap{"visible": phrase.Visible,
		"add": func(a, b int) int { return a + b }}).Parse(pageText)
	if err != nil {
		return err
	}
	return t.Execute(w, p)
}

// fromMarkdown writes Markdown as HTML. Raw HTML in it is left out and dangerous links are emptied, as goldmark does
// unless it is told otherwise.
func fromMarkdown(text string) template.HTML {
	var b bytes.Buffer
	err := goldmark.New(goldmark.WithExtensions(extension.Table,
		extension.Strikethrough)).Convert([]byte(phrase.Visible(text)), &b)
	if err != nil {
		return template.HTML("<p>" + template.HTMLEscapeString(text) + "</p>")
	}
	return template.HTML(b.String())
}

// style is shared by the page and by pictures that stand alone. The colours are the design's.
const style = `
:root{color-scheme:light dark;--bg:#f4f6f9;--surface:#fff;--line:#d9dfe7;--text:#1a2230;--quiet:#55617a;
--accent:#1668d6;
--alarm:#d1293d;--warn:#b87400;--ok:#0d8f5b;--nodata:#7a8596;--series:#1d7fb8}
@media (prefers-color-scheme:dark){:root{--bg:#0f1318;--surface:#151a21;--line:#28303a;--text:#e4e8ee;--quiet:#98a3b3;
--accent:#4c9fff;--alarm:#ff5d5d;--warn:#f2b13c;--ok:#36c287;--nodata:#7d8794;--series:#56b4e9}}
@media print{:root{color-scheme:light;--bg:#fff;--surface:#fff;--line:#d9dfe7;--text:#1a2230;--quiet:#55617a;
--accent:#1668d6;--alarm:#d1293d;--warn:#b87400;--ok:#0d8f5b;--nodata:#7a8596;--series:#1d7fb8}}
svg{font:11px Inter,system-ui,sans-serif;font-variant-numeric:tabular-nums;display:block;width:100%;height:auto}
svg text{fill:var(--quiet)}svg .tick{text-anchor:middle}svg .value{text-anchor:end}svg .rule{text-anchor:end;
fill:var(--alarm)}
svg .grid{stroke:var(--line);stroke-width:1;fill:none}svg .line{stroke:var(--series);stroke-width:1.5;fill:none;
stroke-linejoin:round}
svg .threshold{stroke:var(--alarm);stroke-width:1.5;stroke-dasharray:2 4;fill:none}
svg .breach{fill:var(--alarm);opacity:.14}svg .gap{fill:var(--nodata);opacity:.14}
svg .alarm{fill:var(--alarm)}svg .ok{fill:var(--ok);opacity:.45}svg .nodata{fill:var(--nodata);opacity:.6}
svg .warn{fill:var(--warn)}svg .plain{fill:var(--series);opacity:.75}`
