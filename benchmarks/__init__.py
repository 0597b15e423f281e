"""Speed, measured side by side with a peer or a limit in one run; prints tables, asserts nothing about time."""
