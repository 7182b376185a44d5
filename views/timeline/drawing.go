package timeline

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/nephograph/nephograph/views/lane"
	"github.com/nephograph/nephograph/views/ui"
)

// drawing is what is drawn of a scene: a picture for each row, with the words above it. It is made anew for each scene.
type drawing struct {
	images []*canvas.Image
	words  [][]word // by row
}

// word is one above a picture.
type word struct {
	lane.Note
	text *canvas.Text
	back *canvas.Rectangle // below a word that may lie on a line
	fits bool              // it has room
}

// backAlpha is how much of a line shows through below words: enough to follow it, too little to disturb.
const backAlpha = 190

// add adds the picture of a row, and its words.
func (d *drawing) add(r row) {
	img := canvas.NewImageFromImage(r.picture)
	img.FillMode, img.ScaleMode = canvas.ImageFillStretch, canvas.ImageScaleFastest
	var words []word
	for _, n := range r.notes() {
		back := canvas.NewRectangle(ui.Fade(ui.Color(ui.ColorBackground), backAlpha))
		words = append(words, word{n, newText(n.Text, n.Style), back, true})
	}
	d.images, d.words = append(d.images, img), append(d.words, words)
}

// objects lists the pictures of the rows from one up to another, with the words above them.
func (d drawing) objects(from, to int) []fyne.CanvasObject {
	var all []fyne.CanvasObject
	for _, o := range d.images[from:to] {
		all = append(all, o)
	}
	for _, words := range d.words[from:to] {
		for _, w := range words {
			all = append(all, w.back, w.text)
		}
	}
	return all
}
