package watch

import (
	"os"
	"strings"
	"testing"
)

func TestTheManualNamesEachAlarm(t *testing.T) {
	b, err := os.ReadFile("../../../docs/operations.md")
	if err != nil {
		t.Fatal(err)
	}
	kinds := []string{"disk_low", "state_slow", "lock_held"}
	for _, c := range checks {
		kinds = append(kinds, c.kind)
	}
	for _, k := range kinds {
		if !strings.Contains(string(b), "`"+k+"`") || Do(k) == "" {
			t.Errorf("%s is not in the manual, or nobody knows what to do", k)
		}
	}
}
