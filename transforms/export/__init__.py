"""A dataset and its schema, written into an open file."""
