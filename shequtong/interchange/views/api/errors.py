"""Refusals of the typed API (错误格式): one shape for all, with words in the language that was asked for."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import JsonResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

DEFAULTS: dict[int, tuple[str, Promise]] = {
    400: ("bad_request", gettext_lazy("The request cannot be read.")),
    401: ("unauthorized", gettext_lazy("Send a valid key in the header Authorization: Bearer KEY.")),
    404: ("not_found", gettext_lazy("There is nothing here that this key may see.")),
    405: ("method_not_allowed", gettext_lazy("This address does not take that method.")),
    409: ("refused", gettext_lazy("It cannot be done as things stand.")),
    413: ("too_large", gettext_lazy("The request is too large.")),
    415: ("unsupported_media_type", gettext_lazy("Send JSON: Content-Type: application/json.")),
    422: ("invalid", gettext_lazy("What was sent is not as the document describes it.")),
    429: ("too_many", gettext_lazy("Too many calls. Please wait as long as Retry-After says.")),
    500: ("failed", gettext_lazy("Something went wrong on our side. It is in our log.")),
    503: ("unavailable", gettext_lazy("The database cannot be reached just now. Please send it again after Retry-After.")),
}
AS_FILE = gettext_lazy("Send a file: Content-Type: multipart/form-data.")
_WORDS: dict[str, Promise] = {
    "missing": gettext_lazy("This is missing."),
    "extra_forbidden": gettext_lazy("There is no such field."),
    "string_too_short": gettext_lazy("At least %(min_length)s characters."),
    "string_too_long": gettext_lazy("At most %(max_length)s characters."),
    "string_pattern_mismatch": gettext_lazy("This is not written as the document asks: %(pattern)s"),
    "string_type": gettext_lazy("This must be a text."),
    "string_unicode": gettext_lazy("This text is not Unicode."),
    "enum": gettext_lazy("One of these: %(expected)s."),
    "literal_error": gettext_lazy("One of these: %(expected)s."),
    "int_parsing": gettext_lazy("This must be a whole number."),
    "int_type": gettext_lazy("This must be a whole number."),
    "int_from_float": gettext_lazy("This must be a whole number."),
    "float_type": gettext_lazy("This must be a number."),
    "float_parsing": gettext_lazy("This must be a number."),
    "finite_number": gettext_lazy("This must be a number."),
    "bool_type": gettext_lazy("This must be true or false."),
    "bool_parsing": gettext_lazy("This must be true or false."),
    "date": gettext_lazy("This must be a day, as 2026-12-31."),
    "list_type": gettext_lazy("This must be a list."),
    "too_short": gettext_lazy("At least %(min_length)s of these."),
    "too_long": gettext_lazy("At most %(max_length)s entries."),
    "date_parsing": gettext_lazy("This must be a day, as 2026-12-31."),
    "date_from_datetime_parsing": gettext_lazy("This must be a day, as 2026-12-31."),
    "greater_than_equal": gettext_lazy("At least %(ge)s."),
    "less_than_equal": gettext_lazy("At most %(le)s."),
}
_ELSE = gettext_lazy("This value is not as the document describes it.")
_OUTER = ("body", "query", "path", "header", "form", "file", "told", "filters", "asked")


class Problem(Exception):
    """A refusal of the API itself."""

    def __init__(
        self, status: int, code: str = "", message: object = "", fields: Iterable[Mapping[str, str]] = (), wait: int = 0
    ) -> None:
        super().__init__(status)
        self.status, self.code, self.message, self.fields, self.wait = status, code, str(message), list(fields), wait


def answer(
    status: int, code: str = "", message: str = "", fields: Iterable[Mapping[str, str]] = (), wait: int = 0
) -> JsonResponse:
    """The refusal as it is sent; `wait` is how many seconds Retry-After says."""
    usual_code, usual = DEFAULTS[status]
    body = {"status": status, "code": code or usual_code, "message": message or str(usual), "fields": list(fields)}
    response = JsonResponse(body, status=status, json_dumps_params={"ensure_ascii": False})
    response["Cache-Control"] = "no-store"
    if status == 401:
        response["WWW-Authenticate"] = "Bearer"
    if wait:
        response["Retry-After"] = str(wait)
    return response


def field(name: str, code: str, message: str) -> dict[str, str]:
    """One entry of `fields`."""
    return {"field": name, "code": code, "message": message}


_MOST = 50  # fields named in one answer: who sends a thousand wrong ones is told enough


def of_validation(errors: Iterable[Mapping[str, Any]]) -> JsonResponse:
    """422 for what is not as the document describes it; 400 where the header Idempotency-Key is missing or wrong."""
    found, header = list[dict[str, str]](), False
    for error in errors:
        where = [str(one) for one in error.get("loc", ())]
        header = header or where[:1] == ["header"]
        while where and where[0] in _OUTER:
            where.pop(0)
        if len(found) == _MOST:
            break
        found.append(field(".".join(where), str(error.get("type", "")), words(error)))
    if header:
        needed = _("A write needs the header Idempotency-Key: 8 to 60 printable characters, a new one for each new deed.")
        return answer(400, "idempotency_key", needed, found)
    return answer(422, fields=found)


def words(error: Mapping[str, Any]) -> str:
    """What is wrong, in the reader's language."""
    sentence = str(_WORDS.get(str(error.get("type", "")), _ELSE))
    try:
        return str(sentence % error.get("ctx", {}))
    except (KeyError, TypeError, ValueError):
        return str(_ELSE)
