package robots

import "testing"

func TestATDMFileReservesByTheLongestLocation(t *testing.T) {
	f := ParseTDM([]byte("\xef\xbb\xbf" + `[{"location":"/","tdm-reservation":1,"tdm-policy":"https://a.example/p.json"},{"location":"/open/","tdm-reservation":"0"},
		{"location":"/open/*.pdf$","tdm-reservation":1},{"location":"/bad","tdm-reservation":"perhaps"},{"location":"","tdm-reservation":0},{"location":"x","tdm-reservation":0},{}]`))
	for path, reserved := range map[string]bool{"/": true, "/a": true, "/open/a": false, "/open/a.pdf": true, "/open/a.pdf?x=1": false, "/bad": true} {
		if ok, _ := f.Allowed(path); ok == reserved {
			t.Errorf("%s: reserved %v", path, !ok)
		}
	}
	for _, none := range []string{"", "{}", "[", "<html>", "[1]", "null", `[{"location":1}]`} {
		if ok, _ := ParseTDM([]byte(none)).Allowed("/a"); !ok {
			t.Errorf("%q reserves", none)
		}
	}
}
