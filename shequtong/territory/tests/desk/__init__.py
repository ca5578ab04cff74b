"""The calendar pages of the desk."""
