"""Every request of these tests is watched: no statement without its subdistrict."""

from shequtong.testing.statements import watched_requests

__all__ = ["watched_requests"]
