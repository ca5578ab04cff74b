"""A test-only app: tables of a made-up street, in a registry of its own so that no other test sees them."""
