package report_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/incident"
	"github.com/nephograph/nephograph/assets"
	"github.com/nephograph/nephograph/views/cachetest"
	"github.com/nephograph/nephograph/views/report"
)

// hostile is text that must come out as text.
const hostile = `<script>alert(1)</script><img src=x onerror=alert(2)> "'> ]]> {{.}} | [a](javascript:alert(3)) ` +
	"\x1b[31m\u202e"

// facts reads an incident with evidence of all kinds; title and caption are what a person may have written anywhere.
func facts(t *testing.T, c *cachetest.Cache, words string) (incident.Facts, report.Options) {
	t.Helper()
	ctx, now := t.Context(), cachetest.Now()
	i := app.NewIncident("a "+words, app.Since(now, time.Hour), now, nil)
	i.Notes, i.Severity, i.Acknowledged = "# Head\n\n**bold** "+words, 2, cachetest.Ago(9)
	add := func(item app.Item) {
		e, _ := app.EvidenceOf(item, i.Range, now)
		e.Caption = words
		i = i.Pin(e, now)
	}
	alarms, err := c.Alarms(ctx, app.AlarmQuery{State: app.InAlarm})
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range alarms {
		add(a)
		if r, ok := a.Reading(); ok {
			add(app.Series{Scope: a.Scope, Reading: r})
		}
	}
	q := app.LogQuery{Range: i.Range, Level: app.LevelError, Limit: 1}
	for e, err := range c.LogEvents(ctx, q) {
		if err != nil {
			t.Fatal(err)
		}
		add(e)
	}
	add(app.LogList{Title: words, Query: app.LogQuery{Level: app.LevelWarn}})
	add(app.LogPattern{Template: "slow <*> " + words, Query: app.LogQuery{Match: app.LogTerm{Text: "slow"}.Expr()}})
	for e, err := range c.Traces(ctx, app.TraceQuery{Range: i.Range, Faults: true, Limit: 1}) {
		if err != nil {
			t.Fatal(err)
		}
		add(e)
	}
	for e, err := range c.TrailEvents(ctx, app.TrailQuery{Range: i.Range, Changes: true, Limit: 1}) {
		if err != nil {
			t.Fatal(err)
		}
		add(e)
	}
	i = i.Pin(app.Note("note "+words, now), now)
	f, err := incident.Read(ctx, c, i, now)
	if err != nil {
		t.Fatal(err)
	}
	presets, err := assets.Presets()
	if err != nil {
		t.Fatal(err)
	}
	return f, report.Options{Presets: presets, Zone: time.UTC, Now: now, Program: "Nephograph test"}
}

func page(t *testing.T, f incident.Facts, o report.Options) string {
	var b bytes.Buffer
	if err := report.HTML(&b, f, o); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestReportHasAllEvidence(t *testing.T) {
	f, o := facts(t, cachetest.New(t, cachetest.Incident()), "it climbs")
	html := page(t, f, o)
	for _, want := range []string{"SEV2, high", "Time to detect", "<strong>bold</strong>", "it climbs", "<svg",
		`class="threshold"`,
		`class="line"`, `class="breach"`, "ProvisionedThroughputExceededException", "2026-03-14 09:12:00",
		"time,value"} {
		if !strings.Contains(html, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	if n := strings.Count(html, "<section"); n != len(f.Evidence)+1 {
		t.Errorf("%d sections for %d pieces of evidence and the notes", n, len(f.Evidence))
	}
	text, pictures := report.Markdown(f, o, "pictures")
	if n := bytes.Count(text, []byte("\n## ")); n != len(f.Evidence)+1 || len(pictures) < 5 {
		t.Errorf("Markdown has %d heads and %d pictures", n, len(pictures))
	}
	for _, p := range pictures {
		if !bytes.Contains(text, []byte("](pictures/"+p.Name+")")) {
			t.Errorf("%s is not shown", p.Name)
		}
		wellFormed(t, p.SVG)
	}
}

// wellFormed reads XML to its end.
func wellFormed(t *testing.T, text []byte) {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(text))
	for {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Fatalf("%v in %.200s", err, text)
		}
	}
}

// outside finds what would be fetched from elsewhere or run.
var outside = regexp.MustCompile(`(?i)<script|<img|<iframe|<link|<object|<[a-z][^<>]*\son\w+=|` +
	`src="?http|href="javascript|@import|url\(`)

func TestReportEscapesWhatOthersWrote(t *testing.T) {
	f, o := facts(t, cachetest.New(t, cachetest.Incident()), hostile)
	for n := range f.Exhibits {
		x := &f.Exhibits[n]
		x.Title = hostile
		if x.Log != nil {
			x.Log.Message = hostile
		}
		if x.Request != nil {
			x.Request.Spans[0].Name = hostile
		}
		if x.Change != nil {
			x.Change.ErrorMessage, x.Change.Raw = hostile, []byte(`{"requestParameters":{"a":"</pre><script>"}}`)
		}
		for e := range x.Events {
			x.Events[e].Message = hostile
		}
	}
	html := page(t, f, o)
	if found := outside.FindString(html); found != "" {
		at := strings.Index(html, found)
		t.Errorf("the page has %q in %s", found, html[max(at-80, 0):min(at+80, len(html))])
	}
	if strings.ContainsAny(html, "\x1b\u202e") {
		t.Error("the page has hidden characters")
	}
	if !strings.Contains(html, "&lt;script&gt;alert(1)") {
		t.Error("what was written is not shown")
	}
	text, pictures := report.Markdown(f, o, "")
	for _, p := range pictures {
		wellFormed(t, p.SVG)
	}
	for _, row := range strings.Split(string(text), "\n") {
		if strings.HasPrefix(row, "| ") && strings.Contains(row, "<script>") {
			t.Errorf("a row of Markdown has HTML: %s", row)
		}
	}
}

func TestReportOfNothing(t *testing.T) {
	c := cachetest.New(t)
	f, o := facts(t, cachetest.New(t, cachetest.Incident()), "")
	f, err := incident.Read(t.Context(), c, f.Incident, cachetest.Now())
	if err != nil {
		t.Fatal(err)
	}
	f.Exhibits[0].Problem = errors.New("the disk is gone")
	html := page(t, f, o)
	for _, want := range []string{"has nothing of it", "the disk is gone", "not known", "0 log events"} {
		if !strings.Contains(html, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
}
