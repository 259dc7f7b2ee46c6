package evaluate

import (
	"crypto/md5"
	"fmt"
	"os"
	"path/filepath"

	"github.com/dateline-go/dateline/extract"
)

// Folds is how many parts the publishers are cut into for cross-validation.
const Folds = 5

// FoldOf is the part of a publisher: no page is scored by a model trained on its part.
func FoldOf(publisher string) int { return int(md5.Sum([]byte(publisher))[0]) % Folds }

// LoadFolds reads the fold models that make train wrote.
func LoadFolds(dir string) ([]*extract.Model, error) {
	var out []*extract.Model
	for f := range Folds {
		b, err := os.ReadFile(filepath.Join(dir, fmt.Sprintf("fold%d.bin", f)))
		if err != nil {
			return nil, fmt.Errorf("read fold models: %w", err)
		}
		m, err := extract.LoadModel(b)
		if err != nil {
			return nil, err
		}
		out = append(out, m)
	}
	return out, nil
}
