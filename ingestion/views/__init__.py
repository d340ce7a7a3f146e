"""What people see of a list that has to be read for it: prepared by workers, kept, and shown when ready.

`prepared` is the life of a prepared view, `kinds` says what there is, `work` is what a worker does.
"""
