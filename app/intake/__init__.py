"""Strangers' tables, folders and files become checked values, with a finding for every doubt. Nothing here writes."""
