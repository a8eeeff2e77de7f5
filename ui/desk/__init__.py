"""The expert's window: tasks, declarations, the review screen, handing in, settings."""
