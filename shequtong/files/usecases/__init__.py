"""What may be done with files: stored for a form, attached by what the form makes, cleared away in time."""

from .attach_files import CannotAttach, attach_files
from .bring_photos import bring_photos
from .date_photos import date_photos
from .drop_uploads import drop_uploads
from .release_files import release_files
from .store_document import store_document
from .store_photo import settle_photos, store_photo, store_photos
from .sweep_files import drop_old_originals, sweep_orphans

__all__ = [
    "CannotAttach",
    "attach_files",
    "bring_photos",
    "date_photos",
    "drop_old_originals",
    "drop_uploads",
    "release_files",
    "settle_photos",
    "store_document",
    "store_photo",
    "store_photos",
    "sweep_orphans",
]
