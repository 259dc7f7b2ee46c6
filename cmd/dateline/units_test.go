package main

import (
	"strings"
	"testing"
	"time"
)

func TestALengthOfTimeIsReadWithItsUnits(t *testing.T) {
	for text, want := range map[string]string{
		"0": "0", "0d": "0", "7d": "7d", "1.5d": "36h0m0s", "1d12h": "36h0m0s", "90m": "1h30m0s", "1h30m": "1h30m0s",
		"500ms": "500ms", "72h": "3d", "106751d": "106751d",
	} {
		var s span
		if err := s.Set(text); err != nil || s.String() != want {
			t.Errorf("%s is %v (%v), want %s", text, &s, err, want)
		}
	}
}

func TestALengthOfTimeThatIsNoneIsRefused(t *testing.T) {
	for _, text := range []string{"", "d", "7", "7d7d", "7dd", "-7d", "7d-1h", "-1h", "infd", "inf", "nand", "1e3d", "0x1p3d", "1_0d", "1.2.3d", "old", "7 d", "106752d", "9999999999999d", "106751d9999999h"} {
		s := span(time.Hour)
		if err := s.Set(text); err == nil || !strings.Contains(err.Error(), "7d") {
			t.Errorf("%q is taken for %v (%v)", text, &s, err)
		}
		if time.Duration(s) != time.Hour {
			t.Errorf("%q was refused and changed the flag all the same", text)
		}
	}
}

func TestASizeIsReadWithItsUnit(t *testing.T) {
	for text, want := range map[string]struct {
		bytes int64
		shown string
	}{
		"0": {0, "0"}, "12": {12, "12"}, "12b": {12, "12"}, "1KB": {1 << 10, "1KB"}, "2GB": {2 << 30, "2GB"}, "1.5MiB": {3 << 19, "1536KB"}, "3m": {3 << 20, "3MB"},
		"1024G": {1 << 40, "1TB"}, "8388607T": {8388607 << 40, "8388607TB"},
	} {
		var s byteCount
		if err := s.Set(text); err != nil || int64(s) != want.bytes || s.String() != want.shown {
			t.Errorf("%s is %v, %d bytes (%v), want %s", text, &s, int64(s), err, want.shown)
		}
	}
}

func TestASizeThatIsNoneIsRefused(t *testing.T) {
	for _, text := range []string{"", "B", "GB", "big", "-1", "inf", "infB", "nan", "NaNGB", "1e9", "0x10", "1_000", "1GB1GB", "1KKB", "1BB", "2 GB", "8388608T", "9999999999999T", "12i", "12iB", "ɐ", "ſ", "1ı"} {
		var s byteCount
		if err := s.Set(text); err == nil || !strings.Contains(err.Error(), "2GB") {
			t.Errorf("%q is taken for %v, %v", text, &s, err)
		}
	}
}
