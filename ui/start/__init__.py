"""Before anything is unlocked: the start page, opening and creating workspaces, enrolment.

Nothing in here imports the database, certificates, print or the icon font until a passphrase has been typed.
"""
