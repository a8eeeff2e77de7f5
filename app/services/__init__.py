"""Use cases: what a button or a command does. Everything the window can do, a script can do."""
