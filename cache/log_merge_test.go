package cache

import (
	"context"
	"database/sql"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/nephograph/nephograph/app"
	"github.com/nephograph/nephograph/cache/block"
)

// genLongEvents returns events of which some are so long that a few fill a block.
func genLongEvents(t *rapid.T) []app.LogEvent {
	n := rapid.IntRange(1, 16).Draw(t, "events")
	var events []app.LogEvent
	for i := range n {
		at := epoch.Add(time.Duration(rapid.IntRange(0, 30).Draw(t, "at")) * time.Millisecond)
		size := rapid.SampledFrom([]int{10, 10, 10, 1000, 1000, 20_000, 20_000, block.Target / 4, block.Target}).Draw(t,
			"size")
		events = append(events, app.LogEvent{
			Scope: dayPlace, Group: rapid.SampledFrom([]string{"a", "b"}).Draw(t, "group"), ID: fmt.Sprint(i), At: at,
			Ingested: at,
			Message:  rapid.SampledFrom([]string{"Timeout ", "reset "}).Draw(t, "word") + strings.Repeat("x", size),
			LogFacts: app.LogFacts{Level: app.Level(rapid.IntRange(0, 4).Draw(t, "level"))},
		})
	}
	return events
}

// heads returns all blocks by group and time.
func heads(t testFailer, d *DB) (all []blockHead) {
	err := d.read(context.Background(), "read blocks", func(r *readTx) (err error) {
		all, err = r.heads("logs_blocks", sql.Named("from", math.MinInt64), sql.Named("to", math.MaxInt64),
			sql.Named("groups", nil))
		return err
	})
	if err != nil {
		t.Fatalf("%v", err)
	}
	slices.SortFunc(all, func(a, b blockHead) int {
		return int(a.group-b.group)*1_000_000 + int(a.last-b.last)*1000 + int(a.first-b.first)
	})
	return all
}

type testFailer interface{ Fatalf(string, ...any) }

// However events come - in pages that overlap, newest first, one by one - they end in blocks that do not overlap, each
// once, and are found.
func TestBlocksHoldEventsHoweverTheyCome(t *testing.T) {
	check(t, func(t *rapid.T, d *DB) {
		ctx, events := context.Background(), genLongEvents(t)
		pages := rapid.SliceOfN(rapid.SliceOfNDistinct(rapid.IntRange(0, len(events)-1), 1, len(events), rapid.ID[int]),
			1, 6).Draw(t, "pages")
		kept := map[int]bool{}
		for _, page := range pages {
			var sent []app.LogEvent
			fresh := 0
			for _, i := range page {
				sent = append(sent, events[i])
				if !kept[i] {
					kept[i], fresh = true, fresh+1
				}
			}
			if n := must[int](t)(d.KeepLogEvents(ctx, sent)); n != fresh {
				t.Fatalf("%d new, want %d", n, fresh)
			}
		}
		var held []app.LogEvent
		for i := range events {
			if kept[i] {
				held = append(held, events[i])
			}
		}
		q := app.LogQuery{Newest: rapid.Bool().Draw(t, "newest"), Limit: rapid.IntRange(0, 5).Draw(t, "limit"),
			Match: app.MatchAll(genFew(rapid.SampledFrom([]app.LogTerm{{Text: "TIMEOUT"}, {Text: "reset"},
				{Text: "xxxxxxxx"}})).Draw(t, "match")...)}
		same(t, "events", collect(t, d.LogEvents(ctx, q)), wantedEvents(held, q))
		if err := d.Check(ctx); err != nil {
			t.Fatal(err)
		}
		blocks := heads(t, d)
		for i := 1; i < len(blocks); i++ {
			if a, b := blocks[i-1], blocks[i]; a.group == b.group && a.last > b.first {
				t.Fatalf("blocks overlap: %+v and %+v", a, b)
			}
		}
	})
}

// A quiet group that brings a few events at a time has few blocks all the same, and they were not written anew for
// each.
func TestFewEventsAtATime(t *testing.T) {
	ctx, d := context.Background(), openFile(t)
	const pages, each, size = 500, 4, 200
	for i := range pages {
		var page []app.LogEvent
		for k := range each {
			at := epoch.Add(time.Duration(i*each+k) * time.Second)
			page = append(page, app.LogEvent{Scope: dayPlace, Group: "quiet", ID: fmt.Sprint(k), At: at, Ingested: at,
				Message: strings.Repeat("m", size)})
		}
		must[int](t)(d.KeepLogEvents(ctx, page))
	}
	blocks := heads(t, d)
	if len(blocks) > 12 {
		t.Errorf("%d blocks for %d bytes", len(blocks), pages*each*size)
	}
	// Each page makes one block; the ids say how many were made.
	if last := slices.MaxFunc(blocks, func(a, b blockHead) int { return int(a.id - b.id) }).id; last > pages+20 {
		t.Errorf("%d blocks were written", last)
	}
}

// The search through several blocks at once gives what the stream gives, again and again, also after more has come.
func TestSearchLogsIsTheStream(t *testing.T) {
	check(t, func(t *rapid.T, d *DB) {
		ctx := context.Background()
		var held []app.LogEvent
		q := app.LogQuery{Newest: rapid.Bool().Draw(t, "newest"), Limit: rapid.IntRange(1, 20).Draw(t, "limit"),
			Level: app.Level(rapid.IntRange(0, 3).Draw(t, "level")),
			Range: genRange().Draw(t, "range"), Groups: genFew(rapid.SampledFrom([]string{"a", "b"})).Draw(t, "groups"),
			Match: app.MatchAll(genFew(rapid.SampledFrom([]app.LogTerm{{Text: "TIMEOUT"}, {Text: "e"},
				{Text: "reset", Not: true}, {Text: "T.*x", Regexp: true}})).Draw(t, "match")...)}
		for round := range rapid.IntRange(1, 3).Draw(t, "rounds") {
			events := genLongEvents(t)
			for i := range events {
				events[i].ID = fmt.Sprint(round, "-", i)
			}
			must[int](t)(d.KeepLogEvents(ctx, events))
			held = append(held, events...)
			all := q
			all.Limit = 0
			for range 2 {
				got, err := d.SearchLogs(ctx, q)
				if err != nil {
					t.Fatal(err)
				}
				same(t, "events", got.Events, wantedEvents(held, q))
				if want := len(wantedEvents(held, all)); got.Total != want {
					t.Fatalf("%d in all, want %d", got.Total, want)
				}
			}
		}
	})
}

func TestSearchLogsSaysWhatIsWrong(t *testing.T) {
	d := openFile(t)
	fill(t, d, daysLogs(1, 100), nil, nil, nil)
	_, err := d.SearchLogs(context.Background(),
		app.LogQuery{Match: app.MatchAll([]app.LogTerm{{Text: "(", Regexp: true}}...)})
	if app.KindOf(err) != app.Malformed {
		t.Errorf("an expression that does not parse: %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := d.SearchLogs(ctx, app.LogQuery{}); err == nil || app.KindOf(err) != app.Unknown {
		t.Errorf("cancelled: %v", err)
	}
	if _, err := d.writer.Exec(`UPDATE log_text SET data = zeroblob(100)`); err != nil {
		t.Fatal(err)
	}
	if _, err := d.SearchLogs(context.Background(),
		app.LogQuery{Match: app.MatchAll([]app.LogTerm{{Text: "order"}}...)}); app.KindOf(err) != app.Damaged {
		t.Errorf("a damaged block: %v", err)
	}
}

// More searches at once than there are connections end all the same.
func TestManySearchesAtOnce(t *testing.T) {
	d := openFile(t)
	fill(t, d, daysLogs(4, 8000), nil, nil, nil)
	done := make(chan error)
	for range 5 * readers {
		go func() {
			r, err := d.SearchLogs(context.Background(),
				app.LogQuery{Match: app.MatchAll([]app.LogTerm{{Text: "accepted"}}...), Limit: 10})
			if err == nil && r.Total != 8000 {
				err = fmt.Errorf("%d found", r.Total)
			}
			done <- err
		}()
	}
	for range 5 * readers {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
}
