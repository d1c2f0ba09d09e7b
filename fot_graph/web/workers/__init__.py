"""Worker processes: what asks the graph runs in one of them, and is stopped when its time is over."""
