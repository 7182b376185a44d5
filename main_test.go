package main

import (
	"bufio"
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime/debug"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/nephograph/nephograph/app"
)

func TestCommitOf(t *testing.T) {
	noted := &debug.BuildInfo{Settings: []debug.BuildSetting{{Key: "vcs.revision", Value: "abc"}}}
	tests := []struct {
		info *debug.BuildInfo
		ok   bool
		want string
	}{{noted, true, "abc"}, {&debug.BuildInfo{}, true, "unknown"}, {nil, false, "unknown"}}
	for _, test := range tests {
		if got := commitOf(test.info, test.ok); got != cmp.Or(commit, test.want) {
			t.Errorf("commitOf(%v) = %q; want %q", test.info, got, test.want)
		}
	}
}

func TestKnown(t *testing.T) {
	held := []app.Scope{{Account: "111122223333", Region: "eu-west-1", Profile: "shop"}, {Account: "444455556666", Region: "us-east-1"}}
	for _, test := range []struct{ profile, region, account string }{
		{"shop", "eu-west-1", "111122223333"}, {"shop", "us-east-1", ""}, {"", "us-east-1", ""}, {"", "", ""},
	} {
		if got, want := known(held, test.profile, test.region), (app.Scope{Account: test.account, Region: test.region, Profile: test.profile}); got != want {
			t.Errorf("%+v, want %+v", got, want)
		}
	}
}

func TestCachedMakesNothing(t *testing.T) {
	file := filepath.Join(t.TempDir(), "deep", "cache.db")
	for _, want := range []bool{false, true} {
		if there, err := cached(file); there != want || err != nil {
			t.Errorf("cached = %v, %v; want %v", there, err, want)
		}
		if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o700), os.WriteFile(file, nil, 0o600)); err != nil {
			t.Fatal(err)
		}
	}
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
			out, _ := execute(b, env, append([]string{"--cache", file, "--visit", filepath.Join(folder, "out")}, everywhere...)...)
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
			return append(server.Env, "AWS_CONFIG_FILE="+filepath.Join(aws, "config"), "AWS_SHARED_CREDENTIALS_FILE="+filepath.Join(aws, "credentials"))
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
