"""The ``*.youpin`` container: its profile, and the way from an untrusted file to a verified value. See FORMAT.md."""
