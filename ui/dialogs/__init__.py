"""One dialog, one file: asks, returns a value, and is freed."""
