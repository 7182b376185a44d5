package terminal

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/mattn/go-runewidth"
	"golang.org/x/term"

	"github.com/nephograph/nephograph/views/export"
	"github.com/nephograph/nephograph/views/phrase"
)

// lines writes values as JSON, one a line, byte for byte as encoding/json has them but without escaping for HTML, and
// with the escapes of export.EscapeJSON. It has to be flushed.
type lines struct {
	*json.Encoder
	*bufio.Writer
}

func newLines(w io.Writer) lines {
	buffer := bufio.NewWriterSize(below(w), 64<<10) // some hundred lines a write
	e := json.NewEncoder(export.EscapeJSON(buffer))
	e.SetEscapeHTML(false)
	return lines{e, buffer}
}

// isTerminal reports whether a person looks at what is written to w.
func isTerminal(w io.Writer) bool {
	f, ok := below(w).(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// The colours of states, as terminals number them. The word is always there too.
const (
	plain  = ""
	red    = "31"
	green  = "32"
	yellow = "33"
	grey   = "90"
)

// table lays out rows in columns two spaces apart. Cells hold one line.
type table struct {
	head  []string
	right map[int]bool // columns of numbers
	upTo  map[int]int  // columns that grow no wider, though a cell may reach beyond
	rows  [][]pieces
}

type cell struct{ text, color string }

// pieces are a cell in several colours.
type pieces []cell

func (p pieces) width() (n int) {
	for _, c := range p {
		n += runewidth.StringWidth(c.text)
	}
	return n
}

// newTable returns a table with these column heads; a head that ends in > is of a column of numbers.
func newTable(heads ...string) *table {
	t := &table{right: map[int]bool{}, upTo: map[int]int{}}
	for i, h := range heads {
		name, isNumber := strings.CutSuffix(h, ">")
		t.head, t.right[i] = append(t.head, name), isNumber
	}
	return t
}

// add appends a row; its cells are strings, cells with a colour, or pieces.
func (t *table) add(cells ...any) {
	row := make([]pieces, len(cells))
	for i, c := range cells {
		switch c := c.(type) {
		case cell:
			row[i] = pieces{c}
		case pieces:
			row[i] = c
		default:
			row[i] = pieces{{text: fmt.Sprint(c)}}
		}
		for j := range row[i] {
			row[i][j].text = phrase.VisibleLine(row[i][j].text)
		}
	}
	t.rows = append(t.rows, row)
}

// print writes the table. An empty one writes nothing.
func (t *table) print(w io.Writer, colored bool) {
	if len(t.rows) == 0 {
		return
	}
	widths := make([]int, len(t.head))
	head := make([]pieces, len(t.head))
	for i, h := range t.head {
		head[i] = pieces{{h, grey}}
		widths[i] = runewidth.StringWidth(h)
	}
	for _, row := range t.rows {
		for i, c := range row {
			widths[i] = max(widths[i], c.width())
		}
	}
	for i, most := range t.upTo {
		widths[i] = min(widths[i], most)
	}
	var b strings.Builder
	for _, row := range append([][]pieces{head}, t.rows...) {
		b.WriteString(strings.TrimRight(t.line(row, widths, colored), " "))
		b.WriteByte('\n')
	}
	io.WriteString(w, b.String())
}

func (t *table) line(row []pieces, widths []int, colored bool) string {
	var b strings.Builder
	for i, c := range row {
		pad := strings.Repeat(" ", max(0, widths[i]-c.width()))
		if i > 0 {
			b.WriteString("  ")
		}
		text := ""
		for _, piece := range c {
			if colored {
				text += paint(piece.text, piece.color)
			} else {
				text += piece.text
			}
		}
		if t.right[i] {
			b.WriteString(pad + text)
		} else {
			b.WriteString(text + pad)
		}
	}
	return b.String()
}

func paint(text, color string) string {
	if color == plain || text == "" {
		return text
	}
	return "\x1b[" + color + "m" + text + "\x1b[0m"
}

// colored reports whether to print in colour: to a terminal that knows escapes, unless NO_COLOR is set (no-color.org).
func (c *commandLine) colored() bool {
	return isTerminal(c.Out) && c.deps.Env("NO_COLOR") == "" && !c.dumb()
}

// dumb reports whether the terminal knows no escapes, as those of editors do.
func (c *commandLine) dumb() bool { return c.deps.Env("TERM") == "dumb" }

// show prints a table on the output stream.
func (c *commandLine) show(t *table) { t.print(below(c.Out), c.colored()) }

// note says something about the answer on the error stream, where it does not disturb the answer. It takes the place
// of a line of progress, which is soon drawn anew.
func (c *commandLine) note(format string, args ...any) {
	text := phrase.Visible(fmt.Sprintf(format+"\n", args...))
	if c.progressShown.Load() {
		text = clearLine + text
	}
	fmt.Fprint(below(c.Err), text) // in one piece: a pull notes from several goroutines
}

// clearLine goes to the beginning of a terminal's line and erases it.
const clearLine = "\r\x1b[K"

// noteCut says that a table shows only its first rows.
func (c *commandLine) noteCut(shown, all int) {
	if shown < all {
		c.note("The first %s of %s; --limit 0 shows all.", phrase.Count(shown), phrase.Count(all))
	}
}

// at shows an instant in the zone asked for.
func (c *commandLine) at(t time.Time) string {
	if t.IsZero() {
		return "-"
	}
	return phrase.Stamp(t, c.zone())
}

// timeHead is the head of a column of instants.
func (c *commandLine) timeHead(name string) string {
	if c.zone() == time.UTC {
		return name + " (UTC)"
	}
	return name
}

// showBelow prints a table below another one, if it holds anything.
func (c *commandLine) showBelow(t *table) {
	if len(t.rows) > 0 {
		fmt.Fprintln(c.Out)
		c.show(t)
	}
}
