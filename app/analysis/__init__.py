"""Numbers from numbers: named, versioned recipes that somebody else can repeat."""
