package normalize

import "testing"

func TestAHostHasTheCountryOfItsTopLevelDomain(t *testing.T) {
	for host, want := range map[string]string{
		"www.spiegel.de": "DE", "news.bbc.co.uk": "GB", "BLIC.RS.": "RS", "example.com": "", "localhost": "", "": "", "news.": "",
	} {
		if got := HostCountry(host); got != want {
			t.Errorf("%q: %q, want %q", host, got, want)
		}
	}
}
