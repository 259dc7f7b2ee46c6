package normalize_test

import (
	"fmt"

	"github.com/dateline-go/dateline/normalize"
)

func ExampleDate() {
	v, err := normalize.Date("Updated: 2021-05-29 07:47", normalize.DateHints{})
	fmt.Println(v.Year, v.Month, v.Day, v.Hour, v.Minute, v.Precision, err)
	_, err = normalize.Date("no date at all", normalize.DateHints{})
	fmt.Println(err)
	// Output:
	// 2021 5 29 7 47 minute <nil>
	// no date
}

func ExampleByline() {
	for _, c := range normalize.Byline("By ANA REYES and Tom Field, Reuters", normalize.BylineHints{Lang: "en"}) {
		fmt.Println(c.Name, c.Kind, c.Role)
	}
	// Output:
	// Ana Reyes person writer
	// Tom Field person writer
	// Reuters agency contributor
}

func ExampleURL() {
	fmt.Println(normalize.URL("/World/ferry?utm_source=mail&id=7#top", "HTTPS://News.Example:443/today"))
	// Output:
	// https://news.example/World/ferry?id=7
}

func ExampleLanguage() {
	v := normalize.Language("Der Streik der Fähren ist beendet, und die Schiffe fahren wieder nach Plan.", normalize.LanguageHints{})
	fmt.Println(v.Tag, v.Direction)
	// Output:
	// de ltr
}

func ExampleText() {
	fmt.Printf("%q\n", normalize.Text("Caf\u00e9\u00a0 \u200bopen  again"))
	// Output:
	// "Café open again"
}
