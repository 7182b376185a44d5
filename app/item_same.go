package app

// SameItem reports whether two items are the same thing, whenever they were clicked.
func SameItem(a, b Item) bool {
	a, b = PlainItem(a), PlainItem(b)
	switch a := a.(type) {
	case Alarm:
		b, ok := b.(Alarm)
		return ok && CompareAlarms(a, b) == 0
	case TrailEvent:
		b, ok := b.(TrailEvent)
		return ok && CompareTrail(a, b) == 0
	case Changes:
		b, ok := b.(Changes)
		return ok && len(a) == len(b) && len(a) > 0 && CompareTrail(a[0], b[0]) == 0
	case Series:
		b, ok := b.(Series)
		return ok && a.Place() == b.Place() && a.Reading.Key() == b.Reading.Key()
	case Latency:
		b, ok := b.(Latency)
		return ok && a.ID == b.ID
	case Coverage:
		b, ok := b.(Coverage)
		return ok && a.Signal == b.Signal && a.Range.Equal(b.Range)
	case LogBucket:
		b, ok := b.(LogBucket)
		return ok && a.Range.Equal(b.Range)
	}
	return false
}

// PlainItem returns an item without the instant at which it was clicked.
func PlainItem(item Item) Item {
	if s, ok := item.(SeriesAt); ok {
		return s.Series
	}
	return item
}
