"""Addresses of stored files."""

from django.urls import path, register_converter
from django.urls.converters import IntConverter, StringConverter

from shequtong.files import views


class VariantConverter(StringConverter):
    """The two copies that are shown; the original has no address."""

    regex = "shown|thumb"


class BlobIdConverter(IntConverter):
    """An id that the database can hold; a longer number is no address, rather than an error of the database."""

    def to_python(self, value: str) -> int:
        if (found := int(value)) >= 1 << 63:
            raise ValueError(value)
        return found


register_converter(BlobIdConverter, "blob_id")
register_converter(VariantConverter, "photo_variant")
app_name = "files"
urlpatterns = [path("files/<blob_id:blob_id>/<photo_variant:variant>", views.serve, name="serve")]
