package decode

import (
	_ "embed"
	"math"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

//go:embed letters.txt
var lettersText string

// A letterModel is how likely each byte beyond ASCII is in text of one language in
// one charset, as a logarithm.
type letterModel struct {
	charset charset
	latin   bool
	logp    [128]float64
}

const (
	rareLetter  = 1e-5 // share of a letter that the language does not use
	controlByte = 1e-7 // share of a byte that is no character
	punctuation = .1   // share of quotation marks, dashes and their kind, all together
	capitals    = .08  // share of capitals among letters
)

var letterModels = sync.OnceValue(func() []letterModel {
	var models []letterModel
	for line := range strings.Lines(lettersText) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		fields := strings.Split(line, "|")
		shares := letterShares(fields[2])
		for name := range strings.FieldsSeq(fields[0]) {
			if c, ok := lookup(name); ok {
				models = append(models, newLetterModel(c, shares))
			}
		}
	}
	return models
})

// letterShares reads the third field of a line of letters.txt.
func letterShares(field string) map[rune]float64 {
	shares := map[rune]float64{}
	total := 0.0
	for word := range strings.FieldsSeq(field) {
		letter, n := utf8.DecodeRuneInString(word)
		if digits := word[n:]; digits != "" && digits[0] >= '0' && digits[0] <= '9' {
			share := 0.0
			for _, d := range digits {
				share = share*10 + float64(d-'0')
			}
			shares[letter] += share
			total += share
			continue
		}
		rank := 0.0
		for _, letter := range word {
			share := 1 / (rank + 4) // Zipf, flat at the head as alphabets are
			shares[letter] += share
			total += share
			rank++
		}
	}
	for letter := range shares {
		shares[letter] /= total
	}
	return shares
}

func newLetterModel(c charset, shares map[rune]float64) letterModel {
	m := letterModel{charset: c, latin: !foreign[c.name]}
	for i := range m.logp {
		r, _ := utf8.DecodeRuneInString(c.decode([]byte{byte(0x80 + i)}))
		lower := unicode.ToLower(r)
		p := rareLetter
		switch share := shares[lower]; {
		case r == utf8.RuneError || unicode.IsControl(r):
			p = controlByte
		case share > 0 && r == lower:
			p = share * (1 - punctuation) * (1 - capitals)
		case share > 0:
			p = share * (1 - punctuation) * capitals
		case strings.ContainsRune("“”‘’„–—…«»\u00a0·•€£§°©®", r):
			p = punctuation / 10
		}
		m.logp[i] = math.Log(p)
	}
	return m
}

// byLetters is the charset in which the bytes beyond ASCII are the most ordinary letters.
func byLetters(sample []byte, high highBytes) (charset, bool) {
	var count [128]float64
	for _, b := range sample {
		if b >= 0x80 {
			count[b-0x80]++
		}
	}
	var best charset
	bestScore := math.Inf(-1)
	for _, m := range letterModels() {
		score := 0.0
		for i, n := range count {
			if n > 0 {
				score += n * m.logp[i]
			}
		}
		score /= float64(high.bytes)
		// Latin text has single accented letters, other scripts have words of their own.
		if m.latin && high.inRuns*2 > high.bytes || !m.latin && high.lone*2 > high.bytes {
			score -= 3
		}
		if score > bestScore {
			best, bestScore = m.charset, score
		}
	}
	return best, bestScore > math.Log(rareLetter)/2
}
