package extract

import "testing"

func TestAMetaRefreshSaysWhereItLeadsAndWhen(t *testing.T) {
	for content, want := range map[string]struct {
		to    string
		after int
	}{
		"0; url=/b": {"https://a.example/b", 0}, "5;URL='https://c.example/x,y'": {"https://c.example/x,y", 5}, "3, url=b?x=1": {"https://a.example/b?x=1", 3},
		"300": {}, "": {}, "soon; url=/b": {}, "-1; url=/b": {}, "5; link=/b": {},
	} {
		res, err := Extract(Input{URL: "https://a.example/a", Body: []byte(`<html><head><meta http-equiv="refresh" content="` + content + `"></head><body>One moment</body></html>`)})
		if err != nil || res.Links.RefreshURL != want.to || res.Links.RefreshAfter != want.after {
			t.Errorf("%q: %q after %d, %v", content, res.Links.RefreshURL, res.Links.RefreshAfter, err)
		}
	}
}
