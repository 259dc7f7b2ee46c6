package fetch

import "io"

// A passed body goes to who asked for it as it comes, while Colly reads it: a file of 50 MB is never in memory as a
// whole. Colly gets its beginning, by which a bot wall is known.
type passed struct {
	*body
	head  []byte
	read  int // of head, by Colly
	asked bool
}

func (p *passed) Read(b []byte) (int, error) {
	if !p.asked && p.src != nil {
		p.pass()
	}
	p.asked = true
	if p.read == len(p.head) {
		return 0, io.EOF
	}
	n := copy(b, p.head[p.read:])
	p.read += n
	return n, nil
}

// pass has the body read. Where its reader has soon seen enough, a page with a wall's mark may still follow.
func (p *passed) pass() {
	x := p.x
	x.keep = x.read(Answer{URL: x.url.String(), ContentType: x.header.Get("Content-Type"), Fetched: x.started}, kept{p})
	_, _ = io.CopyN(io.Discard, kept{p}, errorBytes) // why it ended, the body knows
}

// kept reads the body and keeps its beginning.
type kept struct{ p *passed }

func (k kept) Read(b []byte) (int, error) {
	n, err := k.p.body.Read(b)
	k.p.head = append(k.p.head, b[:min(n, errorBytes-len(k.p.head))]...)
	if err == io.EOF && k.p.x.truncated {
		err = io.ErrUnexpectedEOF
	}
	return n, err
}
