package extract

import "testing"

func TestTheRightsLineIsThatOfThePage(t *testing.T) {
	prose := "<p>The harbor council voted on Tuesday to rebuild the old fish market, ending a dispute that had divided the town for nearly eleven years.</p>"
	for name, c := range map[string]struct{ foot, want string }{
		"not that of a picture":         {`<figure><img src="/i/a.jpg"><figcaption>The market. All rights reserved, Ola Brandt</figcaption></figure><footer><p>© 2024 Harbor Daily</p></footer>`, "© 2024 Harbor Daily"},
		"not a link to the terms":       {`<footer><a href="/copyright">Copyright and licensing</a><p>© 2024 Harbor Daily. All rights reserved.</p></footer>`, "© 2024 Harbor Daily. All rights reserved."},
		"not the one that names nobody": {`<footer><p>© All rights reserved.</p><p>Copyright 2024 The Harbor Daily Company</p></footer>`, "Copyright 2024 The Harbor Daily Company"},
		"the first of two alike":        {`<footer><p>© 2024 Harbor Daily Ltd</p><p>© 2024 Agency of the North</p></footer>`, "© 2024 Harbor Daily Ltd"},
	} {
		res, err := Extract(Input{Body: []byte("<html><body><article><h1>Council votes to rebuild the fish market</h1>" + prose + prose + prose + "</article>" + c.foot + "</body></html>")})
		if err != nil {
			t.Fatal(err)
		}
		if res.Record.Copyright != c.want {
			t.Errorf("%s: %q, want %q", name, res.Record.Copyright, c.want)
		}
	}
}
