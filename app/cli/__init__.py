"""``youpin``: arguments to services, and back to words and exit statuses. No rules of its own."""
