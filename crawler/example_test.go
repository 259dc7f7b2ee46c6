package crawler_test

import (
	"context"
	"fmt"
	"net/http/httptest"
	"time"

	"github.com/dateline-go/dateline/crawler"
	"github.com/dateline-go/dateline/fixtures/newsite"
)

// A lines is the least that a crawl needs as a place for its records.
type lines struct {
	n    int
	size int64
}

func (l *lines) Place() string        { return "memory" }
func (l *lines) Size() (int64, error) { return l.size, nil }
func (l *lines) Resume(int64) error   { return nil }
func (l *lines) Seal() error          { return nil }

func (l *lines) Append(records [][]byte) (int64, error) {
	for _, r := range records {
		l.n++
		l.size += int64(len(r))
	}
	return l.size, nil
}

func ExampleRun() {
	paper := httptest.NewServer(newsite.New(newsite.Config{Articles: 5}).Handler())
	defer paper.Close()
	noGap := time.Duration(0) // honoured on loopback only
	var sink lines
	sum, err := crawler.Run(context.Background(), crawler.Config{Start: []string{paper.URL + "/"}, Delay: &noGap}, &sink)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(sink.n, "records; sources were read:", sum.SourcesRead > 0)
	// Output: 5 records; sources were read: true
}
