"""Tries the containers as a person would who follows docs/quickstart.md (`containers/try`, docs/containers.md)."""
