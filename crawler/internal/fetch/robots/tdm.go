package robots

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
)

// maxReservations bounds the rules of one tdmrep.json.
const maxReservations = 1000

// ParseTDM reads a tdmrep.json of the TDM Reservation Protocol (W3C community group, 2024): what it reserves for text and
// data mining is disallowed, what it expressly does not is allowed. A file that is none says nothing, and an entry that is
// none is passed over.
func ParseTDM(data []byte) *File {
	var entries []struct {
		Location string `json:"location"`
		Reserved any    `json:"tdm-reservation"` // 0 or 1; some write it as text
	}
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	if err := json.Unmarshal(data[:min(len(data), MaxBytes)], &entries); err != nil {
		return &File{}
	}
	var rules []Rule
	for _, e := range entries[:min(len(entries), maxReservations)] {
		value := fmt.Sprint(e.Reserved)
		if pattern := strings.TrimSpace(e.Location); (value == "0" || value == "1") && pattern != "" && strings.Contains("/*", pattern[:1]) {
			rules = append(rules, Rule{Allow: value == "0", Pattern: normal(pattern)})
		}
	}
	return &File{Rules: inOrder(rules)}
}
