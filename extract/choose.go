package extract

// strongest is the one chooser for fields where rank decides: the first candidate
// with a value. It marks the candidates for the trace.
func strongest(cs []candidate) *candidate {
	var won *candidate
	for i := range cs {
		c := &cs[i]
		switch {
		case c.value == "":
			if c.why == "" {
				c.why = "no value"
			}
		case won == nil:
			won = c
			c.chosen, c.why = true, "strongest rule with a value"
		case c.value == won.value:
			c.why = "agrees"
		default:
			c.why = "weaker than " + won.rule
		}
	}
	return won
}
