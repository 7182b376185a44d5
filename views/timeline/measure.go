package timeline

import "time"

// readoutLeft returns the left edge of a readout of that width: beside the crosshair, or beside the pin, at the first
// place where it covers neither line and is not cut off.
func (f *field) readoutLeft(x, width float32) float32 {
	pin := f.view.axis.X(f.view.pin)
	for _, left := range []float32{x + readoutGap, x - readoutGap - width, pin + readoutGap, pin - readoutGap - width} {
		if !f.onLine(x, left, width) && left >= 0 && left+width <= f.view.axis.Width {
			return left
		}
	}
	if x+readoutGap+width <= f.view.axis.Width {
		return x + readoutGap
	}
	return max(x-readoutGap-width, 0)
}

// onLine reports whether something of that width would lie on the crosshair at x, or on the pin.
func (f *field) onLine(x, left, width float32) bool {
	on := func(line float32) bool { return left <= line && line <= left+width }
	return on(x) || f.pinLine.Visible() && on(f.view.axis.X(f.view.pin))
}

// unpinReach is how near to the pin a click on the ruler removes it, in pixels.
const unpinReach = 6

// pinAt pins the crosshair at an instant, or removes a pin that is there.
func (v *View) pinAt(at time.Time) {
	x, pin := v.axis.X(at), v.axis.X(v.pin)
	if d := x - pin; !v.pin.IsZero() && max(d, -d) <= unpinReach {
		v.pin = time.Time{}
	} else {
		v.pin = at
	}
	v.placeCross()
	v.redraw()
}
