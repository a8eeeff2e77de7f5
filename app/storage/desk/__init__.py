"""Tables, repositories and units of work of a desk: one person's encrypted file."""
