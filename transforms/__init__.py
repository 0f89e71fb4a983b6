"""How one table becomes the next: pure functions, frames in and frames out."""
