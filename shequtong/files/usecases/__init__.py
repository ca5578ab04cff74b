"""What may be done with files: stored for a form, attached by what the form makes, cleared away in time."""

from .attach_files import CannotAttach, attach_files

__all__ = ["CannotAttach", "attach_files"]
