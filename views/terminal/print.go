package terminal

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/dustin/go-humanize"
	"github.com/mattn/go-runewidth"
	"golang.org/x/term"
)

// lines writes values as JSON, one a line, byte for byte as encoding/json has them but without escaping for HTML.
// It has to be flushed.
type lines struct {
	*json.Encoder
	*bufio.Writer
}

func newLines(w io.Writer) lines {
	buffer := bufio.NewWriterSize(w, 64<<10) // some hundred lines a write
	e := json.NewEncoder(buffer)
	e.SetEscapeHTML(false)
	return lines{e, buffer}
}

// isTerminal reports whether a person looks at what is written to w.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
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
	rows  [][]cell
}

type cell struct{ text, color string }

// newTable returns a table with these column heads; a head that ends in > is of a column of numbers.
func newTable(heads ...string) *table {
	t := &table{right: map[int]bool{}, upTo: map[int]int{}}
	for i, h := range heads {
		name, isNumber := strings.CutSuffix(h, ">")
		t.head, t.right[i] = append(t.head, name), isNumber
	}
	return t
}

// add appends a row; its cells are strings, or cells with a colour.
func (t *table) add(cells ...any) {
	row := make([]cell, len(cells))
	for i, c := range cells {
		switch c := c.(type) {
		case cell:
			row[i] = c
		default:
			row[i] = cell{text: fmt.Sprint(c)}
		}
		row[i].text = oneLine(row[i].text)
	}
	t.rows = append(t.rows, row)
}

// print writes the table. An empty one writes nothing.
func (t *table) print(w io.Writer, colored bool) {
	if len(t.rows) == 0 {
		return
	}
	widths := make([]int, len(t.head))
	head := make([]cell, len(t.head))
	for i, h := range t.head {
		head[i] = cell{h, grey}
		widths[i] = runewidth.StringWidth(h)
	}
	for _, row := range t.rows {
		for i, c := range row {
			widths[i] = max(widths[i], runewidth.StringWidth(c.text))
		}
	}
	for i, most := range t.upTo {
		widths[i] = min(widths[i], most)
	}
	var b strings.Builder
	for _, row := range append([][]cell{head}, t.rows...) {
		b.WriteString(strings.TrimRight(t.line(row, widths, colored), " "))
		b.WriteByte('\n')
	}
	io.WriteString(w, b.String())
}

func (t *table) line(row []cell, widths []int, colored bool) string {
	var b strings.Builder
	for i, c := range row {
		pad := strings.Repeat(" ", max(0, widths[i]-runewidth.StringWidth(c.text)))
		if i > 0 {
			b.WriteString("  ")
		}
		text := c.text
		if colored {
			text = paint(text, c.color)
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

// oneLine makes text safe for one line of a terminal: no line breaks, no control characters that could move the cursor.
func oneLine(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t' || r == '\n' || r == '\r':
			return ' '
		case r < ' ' || r == 0x7f || (r >= 0x80 && r < 0xa0):
			return -1
		}
		return r
	}, text)
}

// colored reports whether to print in colour: to a terminal that knows escapes, unless NO_COLOR is set (no-color.org).
func (c *console) colored() bool {
	return isTerminal(c.Out) && c.deps.Env("NO_COLOR") == "" && !c.dumb()
}

// dumb reports whether the terminal knows no escapes, as those of editors do.
func (c *console) dumb() bool { return c.deps.Env("TERM") == "dumb" }

// show prints a table on the output stream.
func (c *console) show(t *table) { t.print(c.Out, c.colored()) }

// note says something about the answer on the error stream, where it does not disturb the answer. It takes the place of a
// line of progress, which is soon drawn anew.
func (c *console) note(format string, args ...any) {
	text := fmt.Sprintf(format+"\n", args...)
	if c.drawn.Load() {
		text = clearLine + text
	}
	fmt.Fprint(c.Err, text) // in one piece: a pull notes from several goroutines
}

// clearLine goes to the beginning of a terminal's line and erases it.
const clearLine = "\r\x1b[K"

// noteCut says that a table shows only its first rows.
func (c *console) noteCut(shown, all int) {
	if shown < all {
		c.note("The first %s of %s; --limit 0 shows all.", count(shown), count(all))
	}
}

// clock is how tables show an instant; the head of the column names the zone.
const clock = "2006-01-02 15:04:05"

// at shows an instant in the zone asked for.
func (c *console) at(t time.Time) string {
	if t.IsZero() {
		return "-"
	}
	return t.In(c.zone()).Format(clock)
}

// timeHead is the head of a column of instants.
func (c *console) timeHead(name string) string {
	if c.zone() == time.UTC {
		return name + " (UTC)"
	}
	return name
}

// length shows a stretch of time in its two largest units: 47m 12s, 1d 2h, 380ms.
func length(d time.Duration) string {
	switch {
	case d < 0:
		return "-" + length(-d)
	case d < time.Second:
		return fmt.Sprintf("%dms", d.Milliseconds())
	case d < 10*time.Second:
		return fmt.Sprintf("%.2fs", d.Seconds())
	case d < time.Minute:
		return fmt.Sprintf("%.0fs", d.Seconds())
	case d < time.Hour:
		return two(int(d.Minutes()), "m", int(d.Seconds())%60, "s")
	case d < 24*time.Hour:
		return two(int(d.Hours()), "h", int(d.Minutes())%60, "m")
	}
	return two(int(d.Hours())/24, "d", int(d.Hours())%24, "h")
}

// two writes a large and a small unit, and leaves the small one out if it is none.
func two(large int, unit string, small int, smallUnit string) string {
	if small == 0 {
		return fmt.Sprintf("%d%s", large, unit)
	}
	return fmt.Sprintf("%d%s %d%s", large, unit, small, smallUnit)
}

// count shows a whole number with its thousands set apart.
func count[N int | int64](n N) string { return humanize.Comma(int64(n)) }

// amount shows a metric's value with its unit: 1.2 k, 380 ms, 42 %, 3.1 MB.
func amount(v float64, unit string) string {
	switch {
	case math.IsNaN(v) || math.IsInf(v, 0):
		return "-"
	case unit == "Percent":
		return trim(v) + " %"
	case unit == "Seconds":
		return length(time.Duration(v * float64(time.Second)))
	case unit == "Milliseconds" && math.Abs(v) >= 1:
		return length(time.Duration(v * float64(time.Millisecond)))
	case unit == "Bytes" && v >= 0:
		return humanize.Bytes(uint64(v))
	}
	scaled, prefix := humanize.ComputeSI(v)
	if math.Abs(v) < 1 {
		scaled, prefix = v, ""
	}
	return strings.TrimRight(trim(scaled)+" "+prefix+short(unit), " ")
}

// short returns a unit as it stands behind a number; counts have none.
func short(unit string) string {
	switch unit {
	case "Count", "None", "":
		return ""
	case "Count/Second":
		return "/s"
	case "Bytes/Second":
		return "B/s"
	case "Milliseconds":
		return "ms"
	}
	return unit
}

// trim shows three significant digits, and all of a longer whole number.
func trim(v float64) string {
	if v == 0 {
		return "0"
	}
	places := max(0, 2-int(math.Floor(math.Log10(math.Abs(v)))))
	text := strconv.FormatFloat(v, 'f', min(places, 12), 64) // 12: smaller is noise
	if strings.Contains(text, ".") {
		text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
	}
	return text
}
