"""What people look at after a run: queries, and where things come from."""
