package body

import "testing"

func TestALineOfRightsIsToldInEveryLanguage(t *testing.T) {
	for line, want := range map[string]bool{
		"© 2024 Harbor Daily":                                  true,
		"Copyright 1995 - . All rights reserved.":              true,
		"Harbor Daily 2024. All rights reserved.":              true,
		"Hamnposten AB 2024. Alla rättigheter förbehållna.":    true,
		"جميع الحقوق محفوظة لصحيفة الميناء 2024":               true,
		"本网站内容版权所有，不得转载":                                       true,
		"항구일보 무단전재 및 재배포 금지":                                   true,
		"สงวนลิขสิทธิ์ 2567 หนังสือพิมพ์ท่าเรือ":               true,
		"Bản tin Cảng giữ bản quyền nội dung trên website này": true,
		"The court said that copyright law protects the song.": false,
		"The council voted on Tuesday to rebuild the market.":  false,
		"Закон защищает авторские права музыкантов.":           false,
		"": false,
	} {
		if got := isRights(line); got != want {
			t.Errorf("%q: %v", line, got)
		}
	}
}
