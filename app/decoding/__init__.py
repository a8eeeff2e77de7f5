"""Strangers' documents, opened in a child process that has no keys, no database and no network.

The parent's side is :mod:`app.decoding.pool`; the child's is :mod:`app.decoding.worker` and everything in
``readers``. Nothing is imported here, because the child starts through this package and must start quickly.
"""
