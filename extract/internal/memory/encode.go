package memory

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

const (
	idDigits    = 16
	blockDigits = 8
)

// MarshalJSON writes {"articles":["id:blocks", …]}, oldest first: the hash of the id
// as 16 hex digits and that of each block as 8.
func (m *Memory) MarshalJSON() ([]byte, error) {
	out := make([]string, len(m.articles))
	for i, a := range m.articles {
		b := make([]byte, 0, idDigits+1+blockDigits*len(a.blocks))
		b = append(appendHex(b, a.id, idDigits), ':')
		for _, h := range a.blocks {
			b = appendHex(b, uint64(h), blockDigits)
		}
		out[i] = string(b)
	}
	return json.Marshal(stored{out})
}

func appendHex(b []byte, n uint64, digits int) []byte {
	for at := 4 * (digits - 1); at >= 0; at -= 4 {
		b = append(b, "0123456789abcdef"[n>>at&15])
	}
	return b
}

type stored struct {
	Articles []string `json:"articles"`
}

// UnmarshalJSON reads what MarshalJSON wrote; of more than Window articles the latest.
func (m *Memory) UnmarshalJSON(b []byte) error {
	var s stored
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	s.Articles = s.Articles[max(0, len(s.Articles)-Window):]
	articles := make([]article, len(s.Articles))
	for i, line := range s.Articles {
		var err error
		if articles[i], err = parseArticle(line); err != nil {
			return fmt.Errorf("article %d: %w", i+1, err)
		}
	}
	m.articles = articles
	return nil
}

func parseArticle(line string) (a article, err error) {
	id, blocks, ok := strings.Cut(line, ":")
	if !ok || len(id) != idDigits || len(blocks)%blockDigits != 0 || len(blocks) > maxBlocks*blockDigits {
		return a, fmt.Errorf("%.60q is not 16 hex digits, a colon and at most %d times 8 hex digits", line, maxBlocks)
	}
	if a.id, err = strconv.ParseUint(id, 16, 64); err != nil {
		return a, fmt.Errorf("the id %q: %w", id, err)
	}
	for at := 0; at < len(blocks); at += blockDigits {
		h, err := strconv.ParseUint(blocks[at:at+blockDigits], 16, 32)
		if err != nil {
			return a, fmt.Errorf("the block %q: %w", blocks[at:at+blockDigits], err)
		}
		a.blocks = append(a.blocks, uint32(h))
	}
	if !slices.IsSorted(a.blocks) {
		return a, fmt.Errorf("the blocks of %q are not in order", id)
	}
	return a, nil
}
