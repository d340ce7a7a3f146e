"""What people do with what runs found: look, decide, apply, undo, correct."""
