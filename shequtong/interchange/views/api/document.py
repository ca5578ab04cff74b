"""The OpenAPI document (接口文档): what ninja knows of the operations, and what the door adds to each of them."""

from functools import cache
from typing import Any

from django.http import HttpRequest
from ninja import NinjaAPI

from shequtong.interchange.views.api import errors
from shequtong.interchange.views.api.schemas import Error

PREFIX = "/api/v1/"
_RETRY = {"Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer", "minimum": 1}, "required": True}}
_ETAG = {"ETag": {"description": "Send it back as If-None-Match.", "schema": {"type": "string"}, "required": True}}
_READS = (401, 404, 422, 429, 500, 503)
_WRITES = (400, 401, 404, 409, 413, 415, 422, 429, 500, 503)
_MEANS = {
    400: "The body is no JSON, or a header is missing.",
    401: "No key that counts.",
    404: "Not there, or nothing this key may see or do: both look alike.",
    409: "As described, but it cannot be done: the stage, a class or place that is not served, a rule that says no. Also an Idempotency-Key that was sent with something else.",
    413: "More than 2.5 MB, with a file more than 80 MB.",
    415: "Not of the Content-Type that this operation takes.",
    422: "Not as described here; `fields` says which.",
    429: "More calls a minute than the key has.",
    500: "A fault of ours.",
    503: "The database cannot be reached just now.",
}


@cache
def document_of(api: NinjaAPI) -> dict[str, Any]:
    """The whole document."""
    found: dict[str, Any] = api.get_openapi_schema(path_prefix=PREFIX)
    schemas = found["components"]["schemas"]
    own = Error.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas |= own.pop("$defs", {})
    schemas["Error"] = own
    found["components"]["securitySchemes"] = {"key": {"type": "http", "scheme": "bearer"}}
    found["security"] = [{"key": []}]
    for path in found["paths"].values():
        for method, operation in path.items():
            _complete(method, operation)
    return found


def _complete(method: str, operation: dict[str, Any]) -> None:
    reads = method == "get"
    answers = operation["responses"] = {str(status): one for status, one in operation["responses"].items()}
    for status in _READS if reads else _WRITES:
        answers[str(status)] = _refusal(status)
    if not reads:
        return
    if operation["operationId"] in ("get_reporter", "list_cases"):
        answers["409"] = _refusal(409)
    if operation["operationId"] == "get_photo":
        answers["200"] = {"description": "OK", "content": {"image/jpeg": {"schema": {"type": "string", "format": "binary"}}}}
    if operation["operationId"] != "get_reporter":  # each look is one look
        answers["200"]["headers"] = _ETAG
        answers["304"] = {"description": "Nothing has changed since the ETag that came as If-None-Match."}


def _refusal(status: int) -> dict[str, Any]:
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
    found: dict[str, Any] = {"description": _MEANS[status], "content": content}
    if status in (429, 503):
        found["headers"] = _RETRY
    if status == 401:
        found["headers"] = {"WWW-Authenticate": {"schema": {"type": "string"}, "required": True}}
    assert status in errors.DEFAULTS
    return found


def unknown_parameters(document: dict[str, Any], request: HttpRequest, route: str) -> list[str]:
    """Parameters of the address that the document does not know: a misspelt filter must not filter nothing."""
    operation = document["paths"].get(PREFIX + route, {}).get((request.method or "").lower())
    if operation is None:
        return []
    known = {one["name"] for one in operation.get("parameters", []) if one["in"] == "query"}
    return sorted(name for name in request.GET if name not in known)
