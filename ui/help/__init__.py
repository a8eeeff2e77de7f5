"""The help: pages for screens and sentences, read beside the work."""
