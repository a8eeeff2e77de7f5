"""Item models that show; they decide nothing."""
