"""The suite that breaks things: real processes are killed, stopped, raced, starved. `python -m tests.chaos --help`."""
