package extract

// A Trace says how a record came about: every candidate of every field, and what
// became of every block.
type Trace struct {
	// Charset is the encoding chosen and the evidence for it.
	Charset         string `json:"charset"`
	CharsetEvidence string `json:"charset_evidence"`
	// Fields lists the candidates of each field, strongest first.
	Fields []FieldTrace `json:"fields"`
	// Kind lists what speaks for an article and against one; KindBias and the sum of value times weight decide.
	Kind     []KindTrace `json:"kind"`
	KindBias float64     `json:"kind_bias"`
	// KindWhy is RuleStated, RuleTeasers or RuleHollow where a rule decided before the sum, else the sum.
	KindWhy string `json:"kind_why"`
	// Cut is the probability from which blocks of this page are kept; 0 where rules decided.
	Cut float64 `json:"cut"`
	// Blocks lists the blocks of the page in order.
	Blocks []BlockTrace `json:"blocks"`
}

// The rules that tell a page of links before kindFeatures are weighed.
const (
	RuleStated  = "data that name a page of links"
	RuleTeasers = "rows of headlines that lead elsewhere"
	RuleHollow  = "hardly a text among its links"
)

// A KindTrace is one feature of the page and its weight, in log odds.
type KindTrace struct {
	Feature string  `json:"feature"`
	Value   float64 `json:"value"`
	Weight  float64 `json:"weight"`
}

// A FieldTrace is the candidates of one field and the one chosen.
type FieldTrace struct {
	Field      string           `json:"field"`
	Candidates []CandidateTrace `json:"candidates"`
}

// A CandidateTrace is one possible value of a field.
type CandidateTrace struct {
	Rule   string `json:"rule"`
	Raw    string `json:"raw"`
	Value  string `json:"value"`
	Chosen bool   `json:"chosen"`
	// Why says why the candidate won or lost.
	Why string `json:"why"`
}

// A BlockTrace is one block and its fate.
type BlockTrace struct {
	Text string `json:"text"`
	// Path is the way from the root, as tag.class > tag.class.
	Path string `json:"path"`
	// Level is that of a heading, 0 of other blocks.
	Level int  `json:"level"`
	Kept  bool `json:"kept"`
	// Role is what the block was taken for: body, title, standfirst, caption, byline, promo and so on.
	Role string `json:"role"`
	// Field is the field of the record that holds the block in place of the body, "" where none does.
	Field string `json:"field"`
	// Links is the share of the text that stands in links, 0 to 1.
	Links float64 `json:"links"`
	// First is the probability of the model's first pass, Probability that of the second, which decides; the items of
	// a list have its mean.
	First       float64 `json:"first"`
	Probability float64 `json:"probability"`
	// Why says why the block was kept or dropped.
	Why string `json:"why"`
	// Weights are the features that moved the two probabilities, each pass's heaviest first.
	Weights []WeightTrace `json:"weights"`
}

// A WeightTrace is what a group of features added to the log odds of a block,
// against the mean block of the page.
type WeightTrace struct {
	Pass    int     `json:"pass"`
	Feature string  `json:"feature"`
	Weight  float64 `json:"weight"`
}
