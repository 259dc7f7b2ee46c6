// Package replay lets the benchmark do again, alone and many times, what the reading of a
// page asked of normalize: that takes too little of a page to be told from noise there.
package replay

// Record is given, where it is set, each call as it comes. It must not be set while pages are
// read by more than one goroutine.
var Record func(again func())
