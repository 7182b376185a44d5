package settings

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/goccy/go-yaml"

	"github.com/nephograph/nephograph/app"
)

// Boards keeps named boards in a YAML file beside the settings, which a person may write by hand too. Names that it
// does not know are passed over, as a newer version may have written them.
type Boards struct{ path string }

// BoardsBeside returns the boards that are kept beside a settings file.
func BoardsBeside(settings string) Boards {
	return Boards{filepath.Join(filepath.Dir(settings), "boards.yaml")}
}

// Path returns the file, which need not be there.
func (b Boards) Path() string { return b.path }

// boardsFile is the file as it is written.
type boardsFile struct {
	Boards []boardText `yaml:"boards"`
}

type boardText struct {
	Name  string     `yaml:"name"`
	Alarm string     `yaml:"alarm,omitempty"` // that it was proposed from
	Last  string     `yaml:"last,omitempty"`  // 3h0m0s: a window that ends now
	From  string     `yaml:"from,omitempty"`  // RFC 3339
	To    string     `yaml:"to,omitempty"`
	Lanes []laneText `yaml:"lanes"`
}

type laneText struct {
	Kind       string            `yaml:"kind"`
	Account    string            `yaml:"account,omitempty"`
	Region     string            `yaml:"region,omitempty"`
	Namespace  string            `yaml:"namespace,omitempty"`
	Metric     string            `yaml:"metric,omitempty"`
	Dimensions map[string]string `yaml:"dimensions,omitempty"`
	Readings   []readingText     `yaml:"readings,omitempty"`
	More       []seriesText      `yaml:"more,omitempty"` // other metrics in the same lane
	Groups     []string          `yaml:"groups,omitempty"`
	Service    string            `yaml:"service,omitempty"`  // one that a lane is of
	Services   []string          `yaml:"services,omitempty"` // more than one
	Alarms     []string          `yaml:"alarms,omitempty"`
	Resources  []string          `yaml:"resources,omitempty"`
	Height     float32           `yaml:"height,omitempty"`
	Collapsed  bool              `yaml:"collapsed,omitempty"`
	Pinned     bool              `yaml:"pinned,omitempty"`
}

type readingText struct {
	Statistic string `yaml:"statistic"`
	Period    string `yaml:"period"` // 1m0s
}

// seriesText is a series of another metric in a lane.
type seriesText struct {
	Account    string            `yaml:"account,omitempty"`
	Region     string            `yaml:"region,omitempty"`
	Namespace  string            `yaml:"namespace"`
	Metric     string            `yaml:"metric"`
	Dimensions map[string]string `yaml:"dimensions,omitempty"`
	Statistic  string            `yaml:"statistic"`
	Period     string            `yaml:"period"`
}

// Load returns the boards of the file, none if there is no file. An error is an app.Error of Kind Malformed, whose text
// names the file, the board and the lane.
func (b Boards) Load(context.Context) (boards []app.Board, err error) {
	text, err := read(b.path)
	if err != nil {
		return nil, err
	}
	defer recoverYAML(b.path, &err)
	var file boardsFile
	if err := yaml.Unmarshal(text, &file); err != nil {
		return nil, inFile(b.path, err)
	}
	for _, t := range file.Boards {
		board, err := t.board()
		if err != nil {
			return nil, settingsError(fmt.Errorf("%s, board %q: %w", b.path, t.Name, err))
		}
		if slices.ContainsFunc(boards, func(o app.Board) bool { return o.Name == board.Name }) {
			return nil, settingsError(fmt.Errorf("%s: two boards are named %q; name one otherwise", b.path, t.Name))
		}
		boards = append(boards, board)
	}
	return boards, nil
}

// Save makes these the boards of the file, which is replaced at once and readable by its owner only. A file that is
// wrong is not touched: mend it first.
func (b Boards) Save(ctx context.Context, boards []app.Board) error {
	if _, err := b.Load(ctx); err != nil {
		return err
	}
	file := boardsFile{Boards: []boardText{}}
	for _, board := range boards {
		file.Boards = append(file.Boards, textOf(board))
	}
	text, err := yaml.MarshalWithOptions(file, yaml.IndentSequence(true))
	if err == nil {
		err = replace(b.path, text)
	}
	if err != nil {
		return settingsError(fmt.Errorf("the boards cannot be written: %w", err))
	}
	return nil
}

func (t boardText) board() (app.Board, error) {
	b := app.Board{Name: strings.TrimSpace(t.Name), Alarm: t.Alarm}
	if b.Name == "" {
		return b, errors.New("it has no name")
	}
	if err := t.window(&b); err != nil {
		return b, err
	}
	for i, l := range t.Lanes {
		lane, err := l.lane()
		if err != nil {
			return b, fmt.Errorf("lane %d: %w", i+1, err)
		}
		before := len(b.Lanes)
		if b = b.Add(-1, lane); len(b.Lanes) == before {
			return b, fmt.Errorf("lane %d shows what another one does; leave one", i+1)
		}
	}
	return b, nil
}

// window reads the board's own window, if it has one.
func (t boardText) window(b *app.Board) (err error) {
	if t.Last != "" {
		if b.Window, err = app.ParseLength(t.Last); err != nil || b.Window == 0 {
			return fmt.Errorf("%q is not a length of time; write it such as 3h", t.Last)
		}
		return nil
	}
	if t.From+t.To == "" {
		return nil
	}
	var wrongFrom, wrongTo error
	b.Range.From, wrongFrom = time.Parse(time.RFC3339, t.From)
	b.Range.To, wrongTo = time.Parse(time.RFC3339, t.To)
	if wrongFrom != nil || wrongTo != nil || b.Range.Empty() {
		return fmt.Errorf("from %q to %q is no time range; write both such as 2026-03-14T09:12:00Z", t.From, t.To)
	}
	return nil
}

func (t laneText) lane() (app.Lane, error) {
	l := app.Lane{Kind: app.LaneKind(t.Kind), Groups: t.Groups, Services: t.services(), Alarms: t.Alarms,
		Resources: t.Resources, Collapsed: t.Collapsed, Pinned: t.Pinned}
	if !slices.Contains(app.LaneKinds, l.Kind) {
		return l, fmt.Errorf("%q is no kind of lane; there are %v", t.Kind, app.LaneKinds)
	}
	if t.Height != 0 && !(t.Height >= app.LeastLaneHeight && t.Height <= app.MostLaneHeight) {
		return l, fmt.Errorf("a height of %v is not between %v and %v", t.Height, app.LeastLaneHeight,
			app.MostLaneHeight)
	}
	l.Height = t.Height
	l.Scope = app.Scope{Account: t.Account, Region: t.Region}
	if l.Kind != app.MetricLane {
		return l, nil
	}
	if t.Namespace == "" || t.Metric == "" || len(t.Readings) == 0 {
		return l, errors.New("a metric needs its namespace, its name (metric) and readings, each with a statistic " +
			"and a period")
	}
	for _, r := range t.Readings {
		read, err := r.reading(t.Namespace, t.Metric, t.Dimensions)
		if err != nil {
			return l, err
		}
		l.Readings = append(l.Readings, read)
	}
	for _, m := range t.More {
		if m.Namespace == "" || m.Metric == "" {
			return l, errors.New("another metric in a lane (more) needs its namespace and its name (metric)")
		}
		read, err := readingText{m.Statistic, m.Period}.reading(m.Namespace, m.Metric, m.Dimensions)
		if err != nil {
			return l, err
		}
		l.More = append(l.More, app.LaneSeries{Scope: app.Scope{Account: m.Account, Region: m.Region}, Reading: read})
	}
	return l, nil
}

func (t laneText) services() []string {
	if t.Service == "" {
		return t.Services
	}
	return append([]string{t.Service}, t.Services...)
}

// reading is how a metric is read.
func (t readingText) reading(namespace, metric string, dimensions map[string]string) (app.Reading, error) {
	var dims []app.Dimension
	for name, value := range dimensions {
		dims = append(dims, app.Dimension{Name: name, Value: value})
	}
	period, err := app.ParseLength(t.Period)
	if err != nil || period < time.Second || t.Statistic == "" {
		return app.Reading{},
			fmt.Errorf("a reading of %q every %q cannot be meant; write it such as statistic: Sum, period: 1m",
				t.Statistic, t.Period)
	}
	return app.Reading{Metric: app.NewMetric(namespace, metric, dims...), Statistic: t.Statistic, Period: period}, nil
}

func textOf(b app.Board) boardText {
	t := boardText{Name: b.Name, Alarm: b.Alarm, Lanes: []laneText{}}
	switch {
	case b.Window > 0:
		t.Last = b.Window.String()
	case !b.Range.Empty():
		t.From, t.To = b.Range.From.UTC().Format(time.RFC3339Nano), b.Range.To.UTC().Format(time.RFC3339Nano)
	}
	for _, l := range b.Lanes {
		t.Lanes = append(t.Lanes, textOfLane(l))
	}
	return t
}

func textOfLane(l app.Lane) laneText {
	t := laneText{Kind: string(l.Kind), Groups: l.Groups, Alarms: l.Alarms, Resources: l.Resources,
		Account: l.Scope.Account, Region: l.Scope.Region, Height: l.Height, Collapsed: l.Collapsed, Pinned: l.Pinned}
	if t.Services = l.Services; len(l.Services) == 1 {
		t.Service, t.Services = l.Services[0], nil
	}
	for i, r := range l.Readings {
		if i == 0 {
			t.Namespace, t.Metric = r.Namespace, r.Name
			t.Dimensions = dimensionsText(r.Dimensions)
		}
		t.Readings = append(t.Readings, readingText{r.Statistic, r.Period.String()})
	}
	for _, m := range l.More {
		r := m.Reading
		t.More = append(t.More, seriesText{m.Scope.Account, m.Scope.Region, r.Namespace, r.Name,
			dimensionsText(r.Dimensions), r.Statistic, r.Period.String()})
	}
	return t
}

func dimensionsText(dims []app.Dimension) map[string]string {
	text := map[string]string{}
	for _, d := range dims {
		text[d.Name] = d.Value
	}
	return text
}
