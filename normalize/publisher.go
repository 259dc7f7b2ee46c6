package normalize

// A Publisher is what the publisher table knows of a house.
type Publisher struct {
	// Name is the name of the paper; Aliases are other forms of it.
	Name    string
	Aliases []string
	// Zone is an IANA name; Country is ISO 3166; Lang ISO 639-1.
	Zone, Country, Lang string
}

// PublisherOf looks a host up in the publisher table, then its parent domains.
func PublisherOf(host string) (Publisher, bool) { return Publisher{}, false }

// PublisherNamed looks a printed name of a house up in the publisher table.
func PublisherNamed(name string) (Publisher, bool) { return Publisher{}, false }
