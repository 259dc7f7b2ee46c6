// Package normalize turns printed strings into values: dates, bylines, text,
// URLs, languages. It is pure: it knows no HTML, no clock, no network, no locale
// and no zone of the machine. The same string and hints give the same value.
//
// A value is what the page says, to the precision the page says it. A missing
// zone, year or order is completed only by named evidence, and the value says
// which.
package normalize
