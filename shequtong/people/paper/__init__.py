"""What is printed of persons (人口文书): the copy of what is held of oneself. It turns plain values into data for its template; who may have it, the use-case asked."""

from .own_copy import own_copy

__all__ = ["own_copy"]
