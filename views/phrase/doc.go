// Package phrase writes numbers, lengths of time, instants and AWS's terms as a person reads them, and reads them
// back. It knows nothing of Fyne, so that the window, the terminal and reports use the same words.
package phrase
