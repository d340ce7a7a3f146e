"""The suite that waits for leaks: a list a second, and nothing may grow. `python -m tests.soak --help`."""
