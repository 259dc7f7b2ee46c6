package extract

import "testing"

func TestTheRightsLineIsThatOfThePage(t *testing.T) {
	prose := "<p>The harbor council voted on Tuesday to rebuild the old fish market, ending a dispute that had divided the town for nearly eleven years.</p>"
	for name, c := range map[string]struct{ foot, want string }{
		"not that of a picture":          {`<figure><img src="/i/a.jpg"><figcaption>The market. All rights reserved, Ola Brandt</figcaption></figure><footer><p>© 2024 Harbor Daily</p></footer>`, "© 2024 Harbor Daily"},
		"not a link to the terms":        {`<footer><a href="/copyright">Copyright and licensing</a><p>© 2024 Harbor Daily. All rights reserved.</p></footer>`, "© 2024 Harbor Daily. All rights reserved."},
		"not the one that names nobody":  {`<footer><p>© All rights reserved.</p><p>Copyright 2024 The Harbor Daily Company</p></footer>`, "Copyright 2024 The Harbor Daily Company"},
		"one with a number of the house": {`<footer><p>© 2024 Harbor Daily Ltd, registered number 1234567.</p></footer>`, "© 2024 Harbor Daily Ltd, registered number 1234567."},
		"the first of two alike":         {`<footer><p>© 2024 Harbor Daily Ltd</p><p>© 2024 Agency of the North</p></footer>`, "© 2024 Harbor Daily Ltd"},
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

func TestALicenceAndARegistrationHaveNumbers(t *testing.T) {
	for line, want := range map[string]string{
		"License for publishing multimedia online 0108263": "licence",
		"广播电视节目制作经营许可证 沪字第335号":                            "licence",
		"锦江电商获支付业务许可证":                                     "",
		"Registration Number: 130349":                      "notice",
		"The registration number of the car is not known":  "",
	} {
		var x rights
		x.take(line, 0)
		got := ""
		switch {
		case x.license != "":
			got = "licence"
		case len(x.notices) > 0:
			got = "notice"
		}
		if got != want {
			t.Errorf("%s: %q, want %q", line, got, want)
		}
	}
}
