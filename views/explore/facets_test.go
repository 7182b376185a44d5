package explore

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// twoFacets are a facet with values that are left out, and another.
func twoFacets() []Facet {
	return []Facet{
		{Title: "Level", Values: []Value{{Text: "ERROR", Term: "level:error", Count: 3},
			{Text: "WARN", Term: "level:warn", Count: 1}}, More: 4},
		{Title: "Group", Values: []Value{{Text: "a", Term: "group:a", Count: 2}}},
	}
}

func TestFacetsByMouseAndKeys(t *testing.T) {
	test.NewTempApp(t)
	said := ""
	f := newFacets(func(term string, out bool) {
		if out {
			term = "-" + term
		}
		said += term + " "
	}, func() { said += "left " })
	f.show(twoFacets(), "")
	f.Resize(f.MinSize())
	row := func(n float32) fyne.Position { return fyne.NewPos(50, facetGap+facetRow*n+facetRow/2) }
	f.Tapped(&fyne.PointEvent{Position: row(0)})          // a title
	f.Tapped(&fyne.PointEvent{Position: row(1)})          // ERROR
	f.TappedSecondary(&fyne.PointEvent{Position: row(2)}) // WARN
	f.Tapped(&fyne.PointEvent{Position: row(3)})          // 4 more
	f.Tapped(&fyne.PointEvent{Position: row(5).AddXY(0, facetGap)})
	f.FocusGained()
	for _, key := range []fyne.KeyName{fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn, fyne.KeyUp} {
		f.TypedKey(&fyne.KeyEvent{Name: key})
	}
	f.TypedRune('-')
	f.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if want := "level:error -level:warn group:a group:a -level:warn left "; said != want {
		t.Errorf("it asked for %q, want %q", said, want)
	}
}

func TestNewFacet(t *testing.T) {
	f := NewFacet("Who", "who", map[string]int{"b": 2, "a": 2, "long name": 9, "": 5, "c": 1, "d": 1, "e": 1, "f": 1})
	got := ""
	for _, v := range f.Values {
		got += v.Term + " "
	}
	if want := `who:"long name" who:a who:b who:c who:d who:e `; got != want || f.More != 1 {
		t.Errorf("%q and %d more, want %q and 1", got, f.More, want)
	}
}
