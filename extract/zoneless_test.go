package extract

import "testing"

func TestATimeOnAPageOfNoKnownAddressGainsNoZone(t *testing.T) {
	body := `<html lang="en"><body><article><h1>Ferry strike ends</h1><p class="byline">By Ida Moreno | Published: 29 May 2021, 07:47</p>` + ferry + `</article></body></html>`
	res, err := Extract(Input{Name: "ferry.html", Body: []byte(body)})
	if err != nil {
		t.Fatal(err)
	}
	if r := res.Record; r.Published != "2021-05-29T07:47:00" || r.Dates.Published == nil || r.Dates.Published.ZoneSource != "none" {
		t.Errorf("published %q, %+v", r.Published, r.Dates.Published)
	}
}
