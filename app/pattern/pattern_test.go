package pattern_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/app/pattern"
)

var (
	from   = time.Date(2026, 3, 14, 9, 0, 0, 0, time.UTC)
	window = app.Range{From: from, To: from.Add(time.Hour)}
)

// mine returns the patterns of messages, an event each at the beginning of the window.
func mine(messages ...string) pattern.Set {
	m := pattern.NewMiner(window, time.Minute)
	for _, message := range messages {
		m.Add(app.LogEvent{At: from, Message: message})
	}
	return m.Mine(0)
}

func TestTemplateOfOne(t *testing.T) {
	for message, want := range map[string]string{
		"":                                                    "",
		"started":                                             "started",
		"Listening on port 8080":                              "Listening on port <num>",
		"took 12ms, then 3.5 seconds and 1m2s":                "took <duration>, then <duration> and <duration>",
		"sent 1190 bytes (1.16 KB) in <1 sec":                 "sent <size> in <duration>",
		"read 12 KB of 3MB":                                   "read <size> of <size>",
		"peer 10.0.0.1:443 and fe80::1 closed":                "peer <addr>:<num> and <addr> closed",
		"GET /cart/17?x=1 HTTP/1.1":                           "GET <path> HTTP/<num>",
		"see https://aws.amazon.com/x, please":                "see <path>, please",
		`opened C:\Windows\x.dll today`:                       "opened <path> today",
		"user=root uid=0 tty= ok=true":                        "user=<text> uid=<num> tty= ok=true",
		`tag="View Lock", name = x9`:                          `tag="<text>", name = <id>`,
		"request 8f507cfc-1d2e-4f3a-9b6c-0a1b2c3d4e5f failed": "request <id> failed",
		"at 2026-03-14T09:07:30.123Z it stopped":              "at <time> it stopped",
		"since Sun Dec 04 04:47:44 2005 it is up":             "since <time> it is up",
		"block blk_-160899 and core.42 on worker-7":           "block blk_<num> and core.<num> on worker-<num>",
		"between 3552 3534 rpm":                               "between <num> <num> rpm",
		"acls for 10.1.1.1,10.1.1.2 changed":                  "acls for <addr> changed",
		"12,345,678 rows":                                     "<num> rows",
		"java.io.IOException: no route":                       "java.io.IOException: no route",
		"class com.shop.cart.Handler loaded":                  "class <name> loaded",
		"2026-03-14T09:07:30.123Z\t8f507cfc-1d2e-4f3a-9b6c-0a1b2c3d4e5f\tERROR\tInvoke Error": "Invoke Error",
		"[WARNING] 2026-03-14 09:07:30,123 slow":                                              "slow",
		"ERROR":                                                                               "ERROR",
		"no stock\n\tat com.shop.Checkout.run(Checkout.java:17)\n\tat com.shop.Main": "no stock ...",
		`{"level":"INFO","message":"stored 3 items","order":"ord-88213","ms":17}`: "stored <num> items {ms=<num>, " +
			"order=<id>}",
		`{"msg":"said \"no\" to 3","nested":{"a":[1,2]},"time":"now"}`: `said "no" to <num> ` +
			`{nested=<text>}`,
		`{"httpMethod":"POST","path":"/checkout","status":502,"ip":"10.0.0.1"}`:      "POST <path> <num> {ip=<addr>}",
		`{"message":"x","function_request_id":"a","TraceId":"b","proto":"HTTP/1.1"}`: `x {proto=<text>}`,
		`{"type":"platform.report","time":"x","record":{}}`:                          "platform.report {record=<text>}",
		`{"a":1`:                            `{"a":<num>`,
		"speeds ( 3552 **** ) rpm":          "speeds ( <num> <text> ) rpm",
		"mac 00:11:43:e3:ba:c3 up":          "mac <addr> up",
		"mail to ann.b@example.com.":        "mail to <addr>.",
		"old: sa-41/10.0.0.1:9000":          "old: <path>:<num>",
		"disk 01000010:6005-08b4:77 failed": "disk <id> failed",
		"{}":                                "{}",
		"\x1b[31mfailed\x1b[0m 3 times":     "failed <num> times",
		`level=info ts=2026-03-14T09:07:30.123Z msg="stored 3 items" took=12ms`: `level=info ts=<time> msg="stored ` +
			`<num> items" took=<duration>`,
	} {
		set := mine(message)
		if got := set.Patterns[0].String(); got != want {
			t.Errorf("%q is of\n  %s, want\n  %s", message, got, want)
		}
	}
}

// The examples of the AWS documentation: "Flow log record examples" (VPC user guide), "Access logs for your Application
// Load Balancer", "Amazon S3 server access log format".
func TestTemplatesOfAWS(t *testing.T) {
	for message, want := range map[string]string{
		"2 123456789010 eni-1235b8ca123456789 172.31.16.139 172.31.16.21 20641 22 6 20 4249 1418530010 1418530070 " +
			"ACCEPT OK": "<num> <num> eni-<id> " +
			"<addr> <addr> <num> <num> <num> <num> <num> <num> <num> ACCEPT OK",
		`http 2018-07-02T22:23:00.186641Z app/my-loadbalancer/50dc6c495c0c9188 192.168.131.39:2817 10.0.0.1:80 0.000 ` +
			`0.001 0.000 200 200 34 366 ` +
			`"GET http://www.example.com:80/ HTTP/1.1" "curl/7.46.0" - -`: `http <time> <path> <addr>:<num> ` +
			`<addr>:<num> <num> <num> <num> <num> <num> <num> <num> ` +
			`"GET <path> HTTP/<num>" "<text>" - -`,
		`192.0.2.3 - - [06/Feb/2019:00:00:38 +0000] "GET /x?versioning HTTP/1.1" 200 113 "-" "Mozilla/5.0 (X11; ` +
			`Linux) Gecko/2010"`: `<addr> - - [<time>] ` +
			`"GET <path> HTTP/<num>" <num> <num> "-" "<text>"`,
		"REPORT RequestId: 8f507cfc-1d2e-4f3a-9b6c-0a1b2c3d4e5f\tDuration: 102.25 ms\tBilled Duration: 103 " +
			"ms\tMemory Size: 128 MB\tMax Memory Used: 80 MB\t\n": "REPORT " +
			"RequestId: <id> Duration: <duration> Billed Duration: <duration> Memory Size: <size> Max Memory Used: " +
			"<size>",
		"2026-03-14T09:07:30.123Z 8f507cfc-1d2e-4f3a-9b6c-0a1b2c3d4e5f Task timed out after 15.00 seconds": "Task timed out after <duration>",
	} {
		if got := mine(message).Patterns[0].String(); got != want {
			t.Errorf("%q is of\n  %s, want\n  %s", message, got, want)
		}
	}
}

func TestVariableWords(t *testing.T) {
	var messages []string
	for _, user := range []string{"root", "mysql", "git", "admin", "backup"} {
		messages = append(messages, "Failed password for "+user+" from 10.0.0.1 port 22")
	}
	for _, state := range []string{"Started", "Paused", "Resumed", "Stopped"} {
		messages = append(messages, "VM "+state+" (Lifecycle Event)")
	}
	messages = append(messages, "cache is true for ever", "cache is false for ever")
	set := mine(messages...)
	var got []string
	for _, p := range set.Patterns {
		got = append(got, fmt.Sprint(p.Count, " ", p.String()))
	}
	want := []string{"5 Failed password for <text> from <addr> port <num>", "1 VM Paused (Lifecycle Event)",
		"1 VM Resumed (Lifecycle Event)", "1 VM Started (Lifecycle Event)", "1 VM Stopped (Lifecycle Event)",
		"1 cache is false for ever", "1 cache is true for ever"}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// Lists of several lengths are one pattern; where all have one length, each place has its own meaning.
func TestLists(t *testing.T) {
	set := mine("stack @0x7f @0x8a @0x91", "stack @0x7f @0x8a @0x91 @0xff", "flow 10.0.0.1 10.0.0.2 443 6 ok",
		"flow 10.0.0.1 10.0.0.3 80 6 ok")
	got := []string{set.Patterns[0].String(), set.Patterns[1].String()}
	if want := []string{"flow <addr> <addr> <num> <num> ok", "stack @<id...>"}; len(set.Patterns) != 2 ||
		!slices.Equal(got, want) {
		t.Errorf("got %q of %d, want %q", got, len(set.Patterns), want)
	}
	v := set.Patterns[1].NewValues()
	if v.Add("stack @0x7f  @0x8a @0x91"); v.Messages() != 1 {
		t.Fatal("the list is not counted")
	}
	if top, _ := v.Top(0, 1); top[0].Text != "0x7f  @0x8a @0x91" {
		t.Errorf("the value is %q", top[0].Text)
	}
}

func TestValues(t *testing.T) {
	messages := []string{"Failed for root from 10.0.0.1", "Failed for git from 10.0.0.1",
		"Failed for root  from 10.0.0.2",
		"Failed for a7 from 10.0.0.1"}
	set := mine(messages...)
	if len(set.Patterns) != 1 {
		t.Fatalf("there are %d patterns", len(set.Patterns))
	}
	p := set.Patterns[0]
	v := p.NewValues()
	for _, m := range messages {
		if !v.Add(m) {
			t.Errorf("%q is not counted", m)
		}
	}
	if v.Add("Failed for good") || v.Messages() != 4 {
		t.Error("a message of another pattern is counted")
	}
	users, n := v.Top(0, 2)
	if want := []pattern.Value{{"root", 2}, {"a7", 1}}; !slices.Equal(users, want) || n != 3 {
		t.Errorf("users are %v of %d", users, n)
	}
	if hosts, _ := v.Top(1, 1); hosts[0] != (pattern.Value{Text: "10.0.0.1", Count: 3}) {
		t.Errorf("hosts are %v", hosts)
	}
}

func TestWildcardsAreNamed(t *testing.T) {
	p := mine(`{"message":"Max Memory Used: 200 MB in ms=17 of 12","order":"x"}`).Patterns[0]
	var got []string
	for _, w := range p.Wildcards() {
		got = append(got, w.Name+"/"+w.Kind.String())
	}
	if want := []string{"Max Memory Used/size", "ms/num", "/num", "order/text"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestPhrases(t *testing.T) {
	p := mine("Failed password for invalid user 4x7 from 10.0.0.1 port 22 ssh2").Patterns[0]
	if got, want := p.Phrases(2), []string{"Failed password for invalid user", "from"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	p = mine(`{"a":1,"b":2}`).Patterns[0]
	if got, want := p.Phrases(3), []string{`"a"`, `"b"`}; !slices.Equal(got, want) {
		t.Errorf("of fields: got %q, want %q", got, want)
	}
}

func TestCountsOfAPattern(t *testing.T) {
	m := pattern.NewMiner(window, 15*time.Minute)
	for minute, level := range map[int]app.Level{-30: app.LevelInfo, 0: app.LevelError, 1: app.LevelError,
		20: app.LevelWarn, 59: app.LevelWarn, 60: app.LevelInfo} {
		m.Add(app.LogEvent{At: from.Add(time.Duration(minute) * time.Minute), Message: fmt.Sprint("item ", minute),
			LogFacts: app.LogFacts{Level: level}})
	}
	m.Add(app.LogEvent{At: from.Add(16 * time.Minute), Message: "once"})
	set := m.Mine(time.Hour)
	p := set.Patterns[0]
	if p.Count != 4 || p.Before != 1 || p.Share != 0.8 || set.Total != 5 || set.Before != 1 ||
		p.Level() != app.LevelError ||
		!slices.Equal(p.Counts, []int32{2, 1, 0, 1}) || !p.First.Equal(from) ||
		!p.Last.Equal(from.Add(59*time.Minute)) {
		t.Errorf("got %+v of %d", p, set.Total)
	}
	if once := set.Patterns[1]; once.Change != pattern.New || !slices.Equal(once.Counts, []int32{0, 1, 0, 0}) {
		t.Errorf("got %+v", once)
	}
}

// messages are made of few words and of variable parts, so that many of them have one pattern.
var messages = rapid.SliceOfN(rapid.Custom(func(t *rapid.T) string {
	words := rapid.SliceOfN(rapid.OneOf(
		rapid.SampledFrom([]string{"user", "for", "failed", "port", "open", "is", "root", "admin", "git", "ann", "bob",
			"eve", "true", "x=", "(", ")", ",", "[", "{", ":", "=", "<"}),
		rapid.SampledFrom([]string{"17", "10.0.0.1", "blk_-12", "a.b.c", "/a/b", "12ms", "1 KB", "0x1f", `"q r"`, "k=v",
			"2026-03-14", "09:07", "ERROR", "\n", "  ", "é", "\x00", "\x01", "\x04", "\x1b[1;31m"}),
		rapid.StringN(1, 3, -1),
	), 0, 7).Draw(t, "words")
	if fields := rapid.IntRange(0, 9).Draw(t, "fields"); fields < 3 {
		text := map[string]any{}
		for i, w := range words {
			text[[]string{"message", "a", "path", "method", "error"}[(i+fields)%5]] = w
		}
		b, _ := json.Marshal(text)
		return string(b)
	}
	return strings.Join(words, rapid.SampledFrom([]string{" ", "", "  "}).Draw(t, "between"))
}), 1, 60)

func TestPatternsAreTheSameInAnyOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := messages.Draw(t, "messages")
		turned := rapid.Permutation(all).Draw(t, "turned")
		a, b := mine(all...), mine(turned...)
		for i, p := range a.Patterns {
			if q := b.Patterns[i]; p.String() != q.String() || p.Count != q.Count {
				t.Fatalf("%q of %d is %q of %d in another order", p.String(), p.Count, q.String(), q.Count)
			}
		}
		for _, m := range all {
			if i, j := a.Find(m), b.Find(m); i != j {
				t.Fatalf("%q is of %d, in another order of %d", m, i, j)
			}
		}
	})
}

func TestAMessageMatchesItsTemplate(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := messages.Draw(t, "messages")
		set := mine(all...)
		total, counts := 0, make([]int, len(set.Patterns))
		for _, m := range all {
			i := set.Find(m)
			if i < 0 || !set.Patterns[i].Match(m) {
				t.Fatalf("%q does not match its own template, pattern %d of %d", m, i, len(set.Patterns))
			}
			counts[i]++
		}
		for i, p := range set.Patterns {
			if total += p.Count; p.Count != counts[i] {
				t.Fatalf("%q counts %d events, not %d", p.String(), p.Count, counts[i])
			}
		}
		if total != len(all) || set.Total != total {
			t.Fatalf("the counts sum to %d, the total is %d, of %d events", total, set.Total, len(all))
		}
	})
}

func TestPhrasesArePartsOfTheMessage(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := messages.Draw(t, "messages")
		set := mine(all...)
		for _, m := range all {
			for _, phrase := range set.Patterns[set.Find(m)].Phrases(3) {
				if !strings.Contains(m, phrase) {
					t.Fatalf("%q has no %q", m, phrase)
				}
			}
		}
	})
}

func FuzzMine(f *testing.F) {
	f.Add("Failed password for root from 10.0.0.1 port 22")
	f.Add(`{"message":"a \"b\" 1","x":{"y":[1,"}"]},"level":"INFO"}`)
	f.Add("2026-03-14T09:07:30.123Z\tERROR\tno\n\tat x.y(Z.java:1)")
	f.Add("1,2,3 a=\"b\\\"c\" <1 sec 1190 bytes (1.16 KB) fe80::1 C:\\x /a/b:12 Sun Dec 04 04:47:44 2005")
	f.Fuzz(func(t *testing.T, message string) {
		set := mine(message, message+" more")
		i := set.Find(message)
		if i < 0 || !set.Patterns[i].Match(message) {
			t.Fatalf("%q does not match its own template", message)
		}
		v := set.Patterns[i].NewValues()
		if !v.Add(message) {
			t.Fatalf("the values of %q are not counted", message)
		}
		for w := range set.Patterns[i].Wildcards() {
			if top, n := v.Top(w, 1); n != 1 || !strings.Contains(message, top[0].Text) &&
				!strings.Contains(message, `\`) {
				t.Fatalf("the value of wildcard %d is %v", w, top)
			}
		}
	})
}
