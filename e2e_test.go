package main

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"image/png"
	"maps"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// These tests run the built program as a person would, against the simulator over HTTP. They take their time from the
// program's own progress, never from a clock.

// program is the path of the built program.
var program string

func TestMain(m *testing.M) {
	folder, err := os.MkdirTemp("", "nephograph-e2e-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	program = filepath.Join(folder, "nephograph")
	build := exec.Command("go", "build", "-tags", "migrated_fynedo", "-o", program, ".")
	if out, err := build.CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "go build: %v\n%s", err, out)
		os.Exit(1)
	}
	code := m.Run()
	os.RemoveAll(folder)
	os.Exit(code)
}

// answers are the commands that print each signal, by the name that the truth gives it.
var answers = map[string][]string{
	"alarms":        {"alarms"},
	"alarm_history": {"alarms", "--history"},
	"metrics":       {"metrics"},
	"log_groups":    {"groups"},
	"logs":          {"search"},
	"traces":        {"traces"},
	"trail":         {"trail"},
}

// sum is how many items of a signal there are, and the digest of their JSON lines in order of bytes.
type sum struct {
	Count  int    `json:"count"`
	SHA256 string `json:"sha256"`
}

// day is where the program works in one test: a simulated day, an AWS configuration and a cache.
type day struct {
	t     *testing.T
	url   string
	env   []string
	since string // RFC 3339; the range of the pull and of all questions is [since, until)
	until string
}

// newDay starts a simulator with flags and waits until it answers.
func newDay(t *testing.T, flags ...string) *day {
	t.Helper()
	if testing.Short() {
		t.Skip("runs the whole program for a simulated day; -short leaves it out")
	}
	port := freePort(t)
	home := t.TempDir()
	aws := filepath.Join(home, ".aws")
	args := append([]string{"simulate", "--addr", port, "--aws-config", aws}, flags...)
	server := exec.Command(program, args...)
	var said bytes.Buffer
	server.Stdout, server.Stderr = &said, &said
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Wait() }()
	t.Cleanup(func() {
		server.Process.Signal(os.Interrupt)
		<-ended
	})
	d := &day{t: t, url: "http://" + port}
	for {
		if answer, err := http.Get(d.url + "/simulator/requests"); err == nil {
			answer.Body.Close()
			break
		}
		select {
		case err := <-ended:
			ended <- err
			t.Fatalf("the simulator ended: %v\n%s", err, said.String())
		default:
			runtime.Gosched()
		}
	}
	d.env = []string{
		"HOME=" + home, "PATH=" + os.Getenv("PATH"), "LC_ALL=en_US.UTF-8",
		"XDG_DATA_HOME=" + filepath.Join(home, "data"),
		"AWS_CONFIG_FILE=" + filepath.Join(aws, "config"),
		"AWS_SHARED_CREDENTIALS_FILE=" + filepath.Join(aws, "credentials"),
		"AWS_ENDPOINT_URL=" + d.url,
	}
	now := time.Now().UTC().Truncate(time.Second)
	d.since, d.until = now.Add(-24*time.Hour).Format(time.RFC3339), now.Format(time.RFC3339)
	return d
}

// freePort returns an address on loopback that nobody listens on.
func freePort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// everywhere are the flags that name both accounts and both Regions of the shop.
var everywhere = []string{"--profile", "shop-prod,shop-data", "--region", "eu-west-1,us-east-1"}

// command returns the program with args in the day's environment.
func (d *day) command(args ...string) *exec.Cmd {
	c := exec.Command(program, args...)
	c.Env = d.env
	return c
}

// run runs the program and returns what it wrote to its output; the test ends if it fails.
func (d *day) run(args ...string) []byte {
	d.t.Helper()
	c := d.command(args...)
	var complaint bytes.Buffer
	c.Stderr = &complaint
	out, err := c.Output()
	if err != nil {
		d.t.Fatalf("nephograph %s: %v\n%s", strings.Join(args, " "), err, complaint.String())
	}
	return out
}

// pullArgs is the command line that pulls the whole day.
func (d *day) pullArgs() []string {
	return append([]string{"pull", "--json", "--from", d.since, "--to", d.until}, everywhere...)
}

// truth asks the simulator what there is.
func (d *day) truth() map[string]sum {
	d.t.Helper()
	answer, err := http.Get(fmt.Sprintf("%s/simulator/truth?from=%s&to=%s", d.url, d.since, d.until))
	if err != nil {
		d.t.Fatal(err)
	}
	defer answer.Body.Close()
	var truth struct {
		Total map[string]sum `json:"total"`
	}
	if err := json.NewDecoder(answer.Body).Decode(&truth); err != nil {
		d.t.Fatal(err)
	}
	return truth.Total
}

// cached asks the program for every signal and sums up its lines.
func (d *day) cached() map[string]sum {
	d.t.Helper()
	sums := map[string]sum{}
	for signal, args := range answers {
		out := d.run(append(slices.Clone(args), "--json", "--from", d.since, "--to", d.until)...)
		sums[signal] = sumLines(out)
	}
	return sums
}

func sumLines(out []byte) sum {
	lines := bytes.SplitAfter(out, []byte("\n"))
	if len(lines[len(lines)-1]) == 0 {
		lines = lines[:len(lines)-1]
	}
	slices.SortFunc(lines, bytes.Compare)
	digest := sha256.New()
	for _, line := range lines {
		digest.Write(line)
	}
	return sum{len(lines), hex.EncodeToString(digest.Sum(nil))}
}

// mustHold compares what the cache holds with the truth, signal by signal.
func (d *day) mustHold(truth map[string]sum) {
	d.t.Helper()
	if len(truth) != len(answers) {
		d.t.Errorf("the truth tells of %d signals, the commands of %d", len(truth), len(answers))
	}
	for signal, got := range d.cached() {
		if want := truth[signal]; got != want || want.Count == 0 {
			d.t.Errorf("%s: the cache holds %d (%.12s), the truth is %d (%.12s)", signal, got.Count, got.SHA256,
				want.Count, want.SHA256)
		}
	}
}

// requests asks the simulator how many requests it has had.
func (d *day) requests() int {
	d.t.Helper()
	answer, err := http.Get(d.url + "/simulator/requests")
	if err != nil {
		d.t.Fatal(err)
	}
	defer answer.Body.Close()
	var counts map[string]map[string]int // operation, outcome
	if err := json.NewDecoder(answer.Body).Decode(&counts); err != nil {
		d.t.Fatal(err)
	}
	total := 0
	for _, outcomes := range counts {
		for _, n := range outcomes {
			total += n
		}
	}
	return total
}

func TestCommandsTellTheTruth(t *testing.T) {
	d := newDay(t)
	d.run(d.pullArgs()...)
	first := d.requests()
	truth := d.truth()
	d.mustHold(truth)

	d.run(d.pullArgs()...)
	second := d.requests() - first
	t.Logf("first pull: %d requests, second: %d", first, second)
	if second*10 >= first {
		t.Errorf("the second pull made %d requests, the first %d: want under a tenth", second, first)
	}
	d.mustHold(truth)

	var ledger struct {
		Requests, Failed, Throttled int
	}
	if err := json.Unmarshal(d.run("ledger", "--json", "--since", "1h", "--sum"), &ledger); err != nil {
		t.Fatal(err)
	}
	if ledger.Requests != first+second {
		t.Errorf("the ledger holds %d requests, AWS has had %d", ledger.Requests, first+second)
	}
	if ledger.Failed+ledger.Throttled > 0 {
		t.Errorf("%d requests failed and %d were throttled, and no fault was asked for", ledger.Failed,
			ledger.Throttled)
	}
}

func TestFaultsChangeNothing(t *testing.T) {
	d := newDay(t, "--scale", "0.25", "--throttle", "0.2", "--empty-pages", "0.2", "--repeat-tokens", "0.2")
	d.run(d.pullArgs()...)
	d.mustHold(d.truth())
}

func TestTwoPullsAtOnceAskOnce(t *testing.T) {
	d := newDay(t, "--scale", "0.1")
	pulls := [2]*exec.Cmd{d.command(d.pullArgs()...), d.command(d.pullArgs()...)}
	var said [2]bytes.Buffer
	for i, p := range pulls {
		p.Stderr = &said[i]
		if err := p.Start(); err != nil {
			t.Fatal(err)
		}
	}
	for i, p := range pulls {
		if err := p.Wait(); err != nil {
			t.Errorf("one of two pulls: %v\n%s", err, &said[i])
		}
	}
	d.mustHold(d.truth())
	both := d.requests()
	d.run(d.pullArgs()...)
	again := d.requests() - both
	// Two pulls that wait for each other make the requests of a first and a second; side by side, nearly those of two
	// firsts.
	once := newDay(t, "--scale", "0.1")
	once.run(once.pullArgs()...)
	if most := once.requests() + 2*again; both > most {
		t.Errorf("two pulls at once made %d requests, want at most %d", both, most)
	}
}

func TestKilledTenTimes(t *testing.T) {
	d := newDay(t)
	killed := 0
	for killed < 10 { // after about 40 requests each time, of 900 in all
		c := d.command(d.pullArgs()...)
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		ended := make(chan error, 1)
		go func() { ended <- c.Wait() }()
		if !d.killAfter(c, 10+rand.IntN(60), ended) {
			break // it got to the end before its turn came: there is nothing left to interrupt
		}
		killed++
	}
	t.Logf("killed %d times", killed)
	if killed == 0 {
		t.Error("the first pull ended before it was killed: this shows nothing")
	}
	d.run(d.pullArgs()...)
	d.mustHold(d.truth())
}

// killAfter kills the program once the simulator has had that many more requests; false if the program ended before.
func (d *day) killAfter(c *exec.Cmd, requests int, ended chan error) bool {
	from := d.requests()
	for {
		select {
		case err := <-ended:
			if err != nil {
				d.t.Fatalf("the pull ended by itself: %v", err)
			}
			return false
		default:
		}
		if d.requests()-from >= requests {
			c.Process.Signal(syscall.SIGKILL)
			<-ended
			return true
		}
	}
}

func TestWindowShowsEveryScreen(t *testing.T) {
	if testing.Short() {
		t.Skip("opens a window; -short leaves it out")
	}
	if _, err := exec.LookPath("Xvfb"); err != nil {
		t.Skip("Xvfb is not installed: no virtual display to open a window on")
	}
	visit(t, append(withoutDisplay(os.Environ()), "LC_ALL=en_US.UTF-8"), "demo")
}

func TestWindowOpensWithoutAWS(t *testing.T) {
	if _, err := exec.LookPath("Xvfb"); err != nil {
		t.Skip("Xvfb is not installed: no virtual display to open a window on")
	}
	d := newDay(t, "--scale", "0.05")
	d.run(d.pullArgs()...)
	home := d.env[0]
	for name, env := range map[string][]string{
		"no credentials": {},
		"no network": {"AWS_ENDPOINT_URL=http://" + freePort(t), "AWS_REGION=eu-west-1", "AWS_ACCESS_KEY_ID=simulated",
			"AWS_SECRET_ACCESS_KEY=simulated"},
	} {
		t.Run(name, func(t *testing.T) {
			env := append(env, home, "PATH="+os.Getenv("PATH"), "LC_ALL=en_US.UTF-8")
			visit(t, env, "--cache", filepath.Join(strings.TrimPrefix(home, "HOME="), "data", "nephograph", "cache.db"))
		})
	}
}

// visit lets the program go through all screens on a display of its own, and looks at the pictures.
func visit(t *testing.T, env []string, args ...string) {
	t.Helper()
	out := t.TempDir()
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute) // a window that hangs would never end
	defer cancel()
	c := exec.CommandContext(ctx, program, append(args, "--visit", out)...)
	c.Env = env
	if text, err := c.CombinedOutput(); err != nil {
		t.Fatalf("nephograph %s: %v\n%s", strings.Join(args, " "), err, text)
	}
	for _, screen := range []string{"overview", "timeline", "alarms", "metrics", "logs", "traces", "trail", "pulls",
		"settings"} {
		if err := hasColours(filepath.Join(out, screen+".png")); err != nil {
			t.Errorf("%s: %v", screen, err)
		}
	}
}

// realWindow is the program in a window on a display of its own, with a keyboard.
type realWindow struct {
	t      *testing.T
	env    []string
	window string // its id, as xdotool has it
}

// openWindow shows the cache of a day.
func openWindow(t *testing.T, d *day) *realWindow {
	t.Helper()
	number, told, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer number.Close()
	// Without -noreset it starts over whenever its last client leaves, as xdotool does, and shuts out who comes
	// meanwhile.
	display := exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", "1440x900x24", "-nolisten", "tcp", "-noreset")
	display.ExtraFiles = []*os.File{told}
	begin(t, display)
	told.Close()
	line, err := bufio.NewReader(number).ReadString('\n')
	if err != nil {
		t.Fatalf("Xvfb told no display: %v", err)
	}
	s := &realWindow{t: t, env: append(slices.Clone(d.env), "DISPLAY=:"+strings.TrimSpace(line))}
	shown := exec.Command(program)
	shown.Env = s.env
	var said bytes.Buffer
	shown.Stdout, shown.Stderr = &said, &said
	begin(t, shown)
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	for s.window == "" {
		if ctx.Err() != nil {
			shown.Process.Kill()
			shown.Wait()
			t.Fatalf("no window within a minute: %s", said.String())
		}
		found, _ := s.tool("search", "--onlyvisible", "--name", "Nephograph") // fails until there is one
		s.window, _, _ = strings.Cut(found, "\n")
	}
	return s
}

// begin starts a program that ends with the test.
func begin(t *testing.T, c *exec.Cmd) {
	t.Helper()
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		c.Process.Kill()
		c.Wait()
	})
}

func (s *realWindow) tool(args ...string) (string, error) {
	c := exec.CommandContext(s.t.Context(), "xdotool", args...)
	c.Env = s.env
	out, err := c.Output()
	return strings.TrimSpace(string(out)), err
}

// press presses keys, one right after the other: what they are for may still be on its way from the cache.
func (s *realWindow) press(keys ...string) {
	s.t.Helper()
	if _, err := s.tool(append([]string{"key", "--delay", "1"}, keys...)...); err != nil {
		s.t.Fatalf("press %v: %v", keys, err)
	}
}

// shows waits until the title of the window, which names what the drawer shows, is as the expression says.
func (s *realWindow) shows(expression string) {
	s.t.Helper()
	want, last := regexp.MustCompile(expression), ""
	for until := time.Now().Add(30 * time.Second); time.Now().Before(until); {
		if last, _ = s.tool("getwindowname", s.window); want.MatchString(last) {
			return
		}
	}
	s.t.Fatalf("the window shows %q, want %s", last, expression)
}

// TestKeysLeadFromAnAlarmToTheChange goes the way of somebody on call, with keys alone: the alarm, a trace with a
// fault, a span of it, its log events, the change before it, and back. Each key is pressed once.
func TestKeysLeadFromAnAlarmToTheChange(t *testing.T) {
	for _, tool := range []string{"Xvfb", "xdotool"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skip(tool + " is not installed: no virtual display and keyboard")
		}
	}
	d := newDay(t, "--scale", "0.2")
	d.run(d.pullArgs()...)
	change := 0 // the figure that opens the change among those before the alarm, the newest first
	since := d.alarmSince("checkout-errors")
	for line := range bytes.Lines(d.run("trail", "--changes", "--json", "--from",
		since.Add(-2*time.Hour).Format(time.RFC3339), "--to", since.Format(time.RFC3339))) {
		if change++; bytes.Contains(line, []byte(`"UpdateTable"`)) {
			change = 0
		}
	}
	change++
	s := openWindow(t, d)
	s.shows("^Overview")
	s.press("ctrl+3", "Down", "Return", "t", "1", "s", "Down", "Return") // before any of it is read
	s.shows("^checkout – Alarms")
	s.press("BackSpace", "l")
	s.shows("^Logs of the trace")
	s.press("BackSpace", "BackSpace", "BackSpace")
	s.shows("^checkout-errors")
	s.press("c")
	s.shows("^Changes before checkout-errors")
	s.press("BackSpace", "v", strconv.Itoa(change))
	s.shows("^UpdateTable orders")
	s.press("BackSpace", "BackSpace")
	s.shows("^checkout-errors – Alarms")
	s.press("Escape", "ctrl+2")
	s.shows("^Timeline – Nephograph")
}

// TestFourEntersFromABareLaptopToData is a first start with nothing but the AWS files: the guide has an answer ready in
// each step, and Enter alone leads to data on the timeline.
func TestFourEntersFromABareLaptopToData(t *testing.T) {
	for _, tool := range []string{"Xvfb", "xdotool"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skip(tool + " is not installed: no virtual display and keyboard")
		}
	}
	d := newDay(t, "--scale", "0.1")
	s := openWindow(t, d)
	for _, step := range []string{"Profiles", "Regions", "Price", "Pull"} {
		s.shows("^" + step + " – Nephograph") // without an ellipsis: it has its answer
		s.press("Return")
	}
	s.shows("^Timeline – Nephograph")
	for until := time.Now().Add(30 * time.Second); ; {
		events := bytes.Count(d.run("trail", "--json"), []byte("\n"))
		logs := bytes.Count(d.run("search", "--json"), []byte("\n"))
		if alarms := bytes.Count(d.run("alarms", "--json"), []byte("\n")); events > 0 && logs > 0 && alarms > 0 {
			break
		} else if time.Now().After(until) {
			t.Fatalf("the cache has %d trail events, %d log events, %d alarms", events, logs, alarms)
		}
	}
}

// TestASignInThatEndsInAPull begins with nothing but a configuration for IAM Identity Center: sign in, begin the first
// pull, let every session end in its middle, sign in again. The pull goes on by itself, and nothing is lost or twice.
func TestASignInThatEndsInAPull(t *testing.T) {
	for _, tool := range []string{"Xvfb", "xdotool"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skip(tool + " is not installed: no virtual display and keyboard")
		}
	}
	d := newDay(t, "--scale", "0.2", "--sso", "--slow", "50ms")
	page := d.browser()
	s := openWindow(t, d)
	s.shows("^Profiles – Nephograph")
	s.press("Return") // nobody is signed in: the sign-in is what Enter does, once that is known
	s.shows("^Sign in – Nephograph")
	d.visit(page)
	for _, step := range []string{"Profiles", "Regions", "Price"} {
		s.shows("^" + step + " – Nephograph")
		s.press("Return")
	}
	s.shows("^Pull – Nephograph")
	answer, err := http.Post(d.url+"/simulator/expire", "", nil)
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	s.shows("^Sign in – Nephograph") // the pull has paused
	d.visit(page)
	s.shows("^Pull – Nephograph")
	s.press("Return")
	s.shows("^Timeline – Nephograph")
	now := time.Now().UTC().Truncate(time.Second)
	d.since, d.until = now.Add(-2*time.Hour).Format(time.RFC3339), now.Add(-30*time.Minute).Format(time.RFC3339)
	truth := d.truth()
	for until := time.Now().Add(time.Minute); !maps.Equal(d.cached(), truth); {
		if time.Now().After(until) {
			d.mustHold(truth)
			return
		}
	}
}

// browser makes a program that opens pages for those under test, and returns the file in which it notes which.
func (d *day) browser() (page string) {
	d.t.Helper()
	folder := d.t.TempDir()
	page = filepath.Join(folder, "page")
	script := "#!/bin/sh\nprintf %s \"$1\" > '" + page + ".new' && mv '" + page + ".new' '" + page + "'\n"
	if err := os.WriteFile(filepath.Join(folder, "xdg-open"), []byte(script), 0o700); err != nil {
		d.t.Fatal(err)
	}
	for i, v := range d.env {
		if path, ok := strings.CutPrefix(v, "PATH="); ok {
			d.env[i] = "PATH=" + folder + ":" + path
		}
	}
	return page
}

// visit waits for the page that the program opens, and opens it as a browser does.
func (d *day) visit(page string) {
	d.t.Helper()
	for until := time.Now().Add(30 * time.Second); time.Now().Before(until); {
		address, err := os.ReadFile(page)
		if err != nil {
			continue
		}
		os.Remove(page)
		answer, err := http.Get(string(address))
		if err != nil {
			d.t.Fatal(err)
		}
		answer.Body.Close()
		return
	}
	d.t.Fatal("no page was opened")
}

// alarmSince returns since when an alarm has its state.
func (d *day) alarmSince(name string) time.Time {
	d.t.Helper()
	for line := range bytes.Lines(d.run("alarms", "--json")) {
		var a struct {
			Name  string
			Since time.Time
		}
		if err := json.Unmarshal(line, &a); err != nil {
			d.t.Fatal(err)
		}
		if a.Name == name {
			return a.Since
		}
	}
	d.t.Fatalf("no alarm %s", name)
	return time.Time{}
}

func withoutDisplay(env []string) []string {
	return slices.DeleteFunc(slices.Clone(env), func(v string) bool {
		return strings.HasPrefix(v, "DISPLAY=") || strings.HasPrefix(v, "WAYLAND_DISPLAY=")
	})
}

// hasColours checks that a picture is one of a drawn screen: more than a few colours in it.
func hasColours(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	picture, err := png.Decode(f)
	if err != nil {
		return err
	}
	seen := map[[3]uint32]bool{}
	for y := picture.Bounds().Min.Y; y < picture.Bounds().Max.Y; y += 3 {
		for x := picture.Bounds().Min.X; x < picture.Bounds().Max.X; x += 3 {
			r, g, b, _ := picture.At(x, y).RGBA()
			seen[[3]uint32{r, g, b}] = true
		}
	}
	if len(seen) < 50 { // an empty window has a handful; text alone, smoothed, has more than a hundred
		return fmt.Errorf("only %d colours: nothing was drawn", len(seen))
	}
	return nil
}

// BenchmarkDemoDay runs the built program on the simulator's day as make demo does.
//
// Budgets on a laptop of two cores: pull under 30 s and under 300 MiB; first picture under 1 s.
func BenchmarkDemoDay(b *testing.B) {
	folder := b.TempDir()
	env := serveDay(b, folder)
	file := filepath.Join(folder, "cache.db")
	b.Run("pull", func(b *testing.B) {
		for b.Loop() {
			for _, part := range []string{"", "-wal", "-shm"} {
				os.Remove(file + part)
			}
			began := time.Now()
			_, state := execute(b, env, append([]string{"pull", "--cache", file}, everywhere...)...)
			b.ReportMetric(time.Since(began).Seconds(), "s")
			b.ReportMetric(float64(state.SysUsage().(*syscall.Rusage).Maxrss)/1024, "peak-MiB")
		}
	})
	b.Run("first picture", func(b *testing.B) {
		for b.Loop() {
			out, _ := execute(b, env, append([]string{"--cache", file, "--visit", filepath.Join(folder, "out")},
				everywhere...)...)
			said := regexp.MustCompile(`First picture after ([0-9.]+) s`).FindSubmatch(out)
			if said == nil {
				b.Fatalf("no picture: %s", out)
			}
			seconds, err := strconv.ParseFloat(string(said[1]), 64)
			if err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(seconds, "s")
		}
	})
}

// serveDay runs the simulator until the benchmark ends and returns the environment that leads to it, without a display:
// the program then makes its own, which it can look at.
func serveDay(b *testing.B, folder string) []string {
	b.Helper()
	aws := filepath.Join(folder, "aws")
	server := exec.Command(program, "simulate", "--addr", "127.0.0.1:0", "--aws-config", aws)
	server.Env = append(withoutDisplay(os.Environ()), "LC_ALL=en_US.UTF-8")
	said, err := server.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	if err := server.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { server.Process.Signal(os.Interrupt); server.Wait() })
	for lines := bufio.NewScanner(said); lines.Scan(); {
		if bytes.Contains(lines.Bytes(), []byte("AWS_CONFIG_FILE=")) { // it serves by then
			return append(server.Env, "AWS_CONFIG_FILE="+filepath.Join(aws, "config"),
				"AWS_SHARED_CREDENTIALS_FILE="+filepath.Join(aws, "credentials"))
		}
	}
	b.Fatal("the simulator ended before it served")
	return nil
}

// execute runs the program to its end.
func execute(b *testing.B, env []string, args ...string) ([]byte, *os.ProcessState) {
	b.Helper()
	c := exec.Command(program, args...)
	c.Env = env
	var complaint bytes.Buffer
	c.Stderr = &complaint
	out, err := c.Output()
	if err != nil {
		b.Fatal(fmt.Errorf("nephograph %v: %w\n%s", args, err, complaint.String()))
	}
	return out, c.ProcessState
}
