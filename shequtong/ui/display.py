"""What a person chose about the display: light, dark or as the device says (外观); usual or large print (长辈版); single keys or none (快捷键). In cookies, nowhere else."""

from django.http import HttpRequest  # noqa: TID251  # a context processor gets one

COOKIE = "display_theme"
THEMES = ("auto", "light", "dark")
SIZE_COOKIE = "display_size"
SIZES = ("usual", "large")
KEYS_COOKIE = "display_keys"
KEYS = ("on", "off")
YEAR = 60 * 60 * 24 * 365


def theme_of(request: HttpRequest) -> str:
    """`auto`, `light` or `dark`; anything else in the cookie counts as `auto`."""
    chosen = request.COOKIES.get(COOKIE, "auto")
    return chosen if chosen in THEMES else "auto"


def size_of(request: HttpRequest) -> str:
    """`usual` or `large`; anything else in the cookie counts as `usual`."""
    chosen = request.COOKIES.get(SIZE_COOKIE, "usual")
    return chosen if chosen in SIZES else "usual"


def keys_on(request: HttpRequest) -> bool:
    """Whether single letters do anything on this device."""
    return request.COOKIES.get(KEYS_COOKIE) != "off"


def display(request: HttpRequest) -> dict[str, object]:
    """Context processor: `theme`, `size`, `keys_on`, and `here` (the address to come back to) for the switches of every layout."""
    return {"theme": theme_of(request), "size": size_of(request), "here": request.get_full_path(), "keys_on": keys_on(request)}
