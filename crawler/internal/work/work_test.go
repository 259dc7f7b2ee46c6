package work

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
)

func units(keys ...string) (out []Unit) {
	for _, k := range keys {
		out = append(out, Unit{"slice", k})
	}
	return out
}

func TestUnitsAreWorkedInTurnAndAgainAtTheEnd(t *testing.T) {
	l := NewLocal(1)
	if n, _ := l.Submit(t.Context(), units("a", "b", "a", "c")); n != 3 {
		t.Errorf("%d accepted: a live unit is no second one", n)
	}
	var got []string
	err := l.Work(t.Context(), map[string]Handler{"slice": func(_ context.Context, u Unit) (Result, error) {
		got = append(got, u.Key)
		return Result{Again: u.Key == "a" && len(got) < 7}, nil
	}})
	if want := []string{"a", "b", "c", "a", "a", "a", "a"}; err != nil || !slices.Equal(got, want) {
		t.Errorf("%v %v", got, err)
	}
}

func TestAUnitNeverHasTwoWorkers(t *testing.T) {
	l := NewLocal(8)
	var mu sync.Mutex
	at := map[string]int{}
	times := map[string]int{}
	_, _ = l.Submit(t.Context(), units("a", "b", "c"))
	_ = l.Work(t.Context(), map[string]Handler{"slice": func(ctx context.Context, u Unit) (Result, error) {
		mu.Lock()
		at[u.Key]++
		times[u.Key]++
		if at[u.Key] > 1 {
			t.Errorf("two workers on %s", u.Key)
		}
		again := times[u.Key] < 50
		mu.Unlock()
		_, _ = l.Submit(ctx, []Unit{u})
		mu.Lock()
		at[u.Key]--
		mu.Unlock()
		return Result{again}, nil
	}})
	if times["a"] != 50 || times["b"] != 50 || times["c"] != 50 {
		t.Errorf("%v", times)
	}
}

func TestTheFirstErrorEndsTheContextAndEachUnitIsStillHandedOut(t *testing.T) {
	l := NewLocal(2)
	broken := errors.New("broken")
	_, _ = l.Submit(t.Context(), units("a", "b", "c", "d"))
	var mu sync.Mutex
	var got []string
	err := l.Work(t.Context(), map[string]Handler{"slice": func(ctx context.Context, u Unit) (Result, error) {
		mu.Lock()
		got = append(got, u.Key)
		mu.Unlock()
		if u.Key == "a" {
			return Result{}, broken
		}
		<-ctx.Done()
		return Result{Again: true}, nil
	}})
	if !errors.Is(err, broken) || len(got) != 4 {
		t.Errorf("%v, %v", err, got)
	}
}
