"""Keys, certificates and sealed bytes: bytes in, bytes out. Knows nothing of reviews, files or tables."""
