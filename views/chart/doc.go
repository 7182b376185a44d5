// Package chart draws a stretch of time: axes, scales, ticks, the reduction of datapoints to what a screen can show,
// and pictures of them. Everything here is safe to use away from the UI goroutine; colours are given to it as a
// Palette.
package chart
