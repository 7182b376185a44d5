package app

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestProjectMonth(t *testing.T) {
	noon := time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC) // 9.5 days are left
	on := func(day int, cost Money) SpendLine {
		return SpendLine{Day: time.Date(2026, 11, day, 0, 0, 0, 0, time.UTC), Spend: Spend{Requests: 1, Cost: cost}}
	}
	for name, test := range map[string]struct {
		days []SpendLine
		want Money
	}{
		"nothing":         {nil, 0},
		"last month only": {[]SpendLine{on(-10, 100)}, 0},
		// 100 a day, of which half is over
		"today alone":           {[]SpendLine{on(21, 100)}, 100 + 950},
		"a first pull long ago": {[]SpendLine{on(3, 5000), on(20, 150)}, 5150 + 950}, // 150 in a day and a half
		"each day of the week": {[]SpendLine{on(15, 100), on(16, 100), on(17, 100), on(18, 100), on(19, 100),
			on(20, 100), on(21, 50)}, 650 + 950},
		"the day before that": {[]SpendLine{on(14, 650)}, 650},
	} {
		if got := ProjectMonth(test.days, noon); got != test.want {
			t.Errorf("%s: %d, want %d", name, got, test.want)
		}
	}
	first := time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC) // the pace is November's, the sum begins anew
	if got := ProjectMonth([]SpendLine{on(30, 100)}, first); got != 3100 {
		t.Errorf("on the first: %d", got)
	}
	rapid.Check(t, func(t *rapid.T) {
		now := noon.Add(time.Duration(rapid.Int64Range(0, int64(9*24*time.Hour)).Draw(t, "later")))
		var days []SpendLine
		var spent Money
		for day := range rapid.IntRange(0, 21).Draw(t, "days") {
			days = append(days, on(day+1, Money(rapid.IntRange(0, 1000).Draw(t, "cost"))))
			spent += days[day].Cost
		}
		if got := ProjectMonth(days, now); got < spent {
			t.Fatalf("%d, and %d are spent already", got, spent)
		}
	})
}
