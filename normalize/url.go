package normalize

// URL is the address as a record shows it: s resolved against base, "" where it is no web address.
func URL(s, base string) string { return s }

// URLKey is the identity of an address: what a crawler compares and what an id is made of. "" where URL is "".
func URLKey(s string) string { return s }

// Host is the host of an address in lower case, without port; Site its registrable domain.
func Host(s string) string { return "" }

// Site is the registrable domain of an address, by the public suffix list with its private part.
func Site(s string) string { return "" }
