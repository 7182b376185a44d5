// Package report writes an incident down for people who do not have Nephograph: as one HTML file that needs no network,
// dark or light as the reader's system is, and fit to be printed; and as Markdown with its pictures beside it.
//
// What stands in a report was written by others: log messages, names, captions. HTML is made by html/template alone,
// Markdown of notes by goldmark without raw HTML, and the page forbids scripts and everything from outside it (Content
// Security Policy), so that a note cannot fetch a picture either.
package report
