"""Received lists as they are stored: kept, found again, opened, looked after."""
