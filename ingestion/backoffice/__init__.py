"""Every screen of the admin, a folder each; what they share is in `kit`. Screens declare, they do not decide.

A folder's `screen` registers its models when it is imported. Nobody else imports this package.
"""

from importlib import import_module
from pkgutil import iter_modules

KIT = "kit"


def register_screens() -> None:
    """When all models are there; a folder with a `screen` is all that a new one takes."""
    for folder in iter_modules(__path__):
        if folder.name != KIT:
            import_module(f"{__name__}.{folder.name}.screen")
