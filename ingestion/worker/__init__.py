"""The worker that `manage.py rqworker` starts: three processes, of which any may die.

The supervisor (`supervisor`) starts the other two again when they end, and stops what takes too long. The server
(`server`) takes messages and runs what they ask for, one list after another. The caretaker (`caretaker`) repairs what
others left behind, while no caretaker of another worker does.
"""

from ingestion.worker.supervisor import Worker

__all__ = ["Worker"]
