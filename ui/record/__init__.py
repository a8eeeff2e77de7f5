"""The secretariat's window: from the recommended dossiers to results that can be defended."""
