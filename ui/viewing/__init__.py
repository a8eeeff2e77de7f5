"""The document viewer: strangers' files as pixels, words, rows and text, never as files."""
