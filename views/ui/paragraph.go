package ui

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"github.com/nephograph/nephograph/views/phrase"
)

// leading is the distance of lines: 13 on 18, and in proportion for other sizes.
const leading = 18.0 / 13

// maxLines bounds a paragraph: it is for what a person reads, not for a file.
const maxLines = 400

// Paragraph is a text on as many lines as it needs in a fixed width. It is meant for sentences, and for monospace
// blocks of at most a few hundred lines; anything longer belongs in a List.
type Paragraph struct {
	widget.BaseWidget
	text  string
	style Style
	width float32
	align fyne.TextAlign
	lines []fyne.CanvasObject
}

// NewParagraph returns the text broken to width.
func NewParagraph(text string, style Style, width float32) *Paragraph {
	p := &Paragraph{style: style, width: width}
	p.ExtendBaseWidget(p)
	p.Set(text)
	return p
}

// Centered sets the lines in the middle and returns the paragraph.
func (p *Paragraph) Centered() *Paragraph {
	p.align = fyne.TextAlignCenter
	p.Refresh()
	return p
}

// Now returns the text.
func (p *Paragraph) Now() string { return p.text }

// Set changes the text.
func (p *Paragraph) Set(text string) {
	p.text = text
	p.lines = p.lines[:0]
	for _, line := range Wrap(text, p.style, p.width) {
		p.lines = append(p.lines, canvas.NewText(line, nil))
	}
	p.Refresh()
}

// Break is Set for another width.
func (p *Paragraph) Break(text string, width float32) {
	if text == p.text && width == p.width {
		return
	}
	p.width = width
	p.Set(text)
}

// CreateRenderer draws the lines.
func (p *Paragraph) CreateRenderer() fyne.WidgetRenderer {
	f := &Face{Widget: p, Place: p.place, Min: p.min}
	f.Paint = func() { f.Parts = p.lines; p.paint() }
	f.Paint()
	return f
}

func (p *Paragraph) paint() {
	for _, l := range p.lines {
		p.style.Apply(l.(*canvas.Text))
		l.(*canvas.Text).Alignment = p.align
	}
}

func (p *Paragraph) pitch() float32 { return float32(int(p.style.Size*leading + 0.5)) }

func (p *Paragraph) place(s fyne.Size) {
	for i, l := range p.lines {
		l.Move(fyne.NewPos(0, float32(i)*p.pitch()))
		l.Resize(fyne.NewSize(s.Width, p.pitch()))
	}
}

func (p *Paragraph) min() fyne.Size {
	return fyne.NewSize(p.width, float32(len(p.lines))*p.pitch())
}

// Wrap breaks a text into lines no wider than width, at spaces where it can, within words where it must. Monospace
// text keeps its indentation. Beyond 400 lines it says how many are left out. The text is wrapped as phrase.Visible
// shows it.
func Wrap(text string, style Style, width float32) []string {
	var lines []string
	text = phrase.Visible(text)
	for _, line := range strings.Split(strings.TrimRight(text, "\n"), "\n") {
		if style.Mono {
			lines = append(lines, wrapMono(line, style, width)...)
		} else {
			lines = append(lines, wrapWords(line, style, width)...)
		}
	}
	if len(lines) > maxLines {
		lines = append(lines[:maxLines], phrase.Count(int64(len(lines)-maxLines))+" more lines; Copy takes them all.")
	}
	return lines
}

func wrapWords(text string, style Style, width float32) []string {
	var lines []string
	line := ""
	for _, word := range words(text) {
		longer := strings.TrimPrefix(line+" "+word, " ")
		if line == "" || style.Width(longer) <= width {
			line = longer
		} else {
			lines = append(lines, line)
			line = word
		}
		for style.Width(line) > width {
			head := cut(line, style, width)
			lines = append(lines, head)
			line = line[len(head):]
		}
	}
	return append(lines, line)
}

// units stay on the line of their number.
var shortUnits = map[string]bool{"%": true, "s": true, "ms": true, "µs": true, "min": true, "h": true, "d": true,
	"w": true, "kB": true, "MB": true, "GB": true}

// words cuts a text where a line may end.
func words(text string) []string {
	var list []string
	for _, word := range strings.Fields(text) {
		last := len(list) - 1
		unit := shortUnits[strings.TrimRight(word, ".,;:)")]
		if unit && last >= 0 && strings.ContainsAny(list[last][len(list[last])-1:], "0123456789") {
			list[last] += " " + word
			continue
		}
		list = append(list, word)
	}
	return list
}

// wrapMono breaks by the number of figures, which are all of one width, and indents what goes on by two more.
func wrapMono(text string, style Style, width float32) []string {
	text = strings.ReplaceAll(text, "\t", "    ")
	most := max(int(width/style.Width("0")), 8)
	runes := []rune(text)
	if len(runes) <= most {
		return []string{text}
	}
	indent := len(text) - len(strings.TrimLeft(text, " "))
	margin := strings.Repeat(" ", min(indent+2, most/2))
	lines := []string{string(runes[:most])}
	for rest := runes[most:]; len(rest) > 0; {
		n := min(most-len(margin), len(rest))
		lines = append(lines, margin+string(rest[:n]))
		rest = rest[n:]
	}
	return lines
}

// cut returns the beginning of a word that fits, at least one rune.
func cut(word string, style Style, width float32) string {
	runes := []rune(word)
	n := 1
	for n < len(runes) && style.Width(string(runes[:n+1])) <= width {
		n++
	}
	return string(runes[:n])
}
