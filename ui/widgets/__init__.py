"""Small parts used more than once."""
