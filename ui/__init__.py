"""The window: talks to ``app.services``, shows ``app.domain``, decides nothing."""
