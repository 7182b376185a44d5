package settings

import (
	"fmt"

	"github.com/nephograph/nephograph/app"
)

// Setting is one value for a person to read.
type Setting struct {
	Name  string // cap, keep size, keep logs, mask, follow traces
	Value string // as the file has it
	From  string // default, or the line of the file
}

// List returns all that may be set, with what holds and where from.
func (f Found) List() []Setting {
	all := []Setting{{Name: "cap", Value: capText(f.Cap)}, {Name: "keep size", Value: sizeText(f.Keep.Size)}}
	for _, s := range app.Signals {
		value := "forever"
		if age := f.Keep.Age[s]; age > 0 {
			value = lengthText(age)
		}
		all = append(all, Setting{Name: "keep " + string(s), Value: value})
	}
	all = append(all, Setting{Name: "mask", Value: maskText(f.Mask)})
	for _, s := range app.Signals {
		value := "never"
		if every, ok := f.Follow[s]; ok {
			value = lengthText(every)
		}
		all = append(all, Setting{Name: "follow " + string(s), Value: value})
	}
	for i := range all {
		all[i].From = "default"
		if line, ok := f.lines[all[i].Name]; ok {
			all[i].From = fmt.Sprintf("line %d", line)
		}
	}
	return all
}
