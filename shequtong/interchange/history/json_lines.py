"""JSON with the line of each value (配置行号), so that whoever wrote a mapping is told where it is wrong. Pure."""

import json
from typing import Any

Path = tuple[str | int, ...]
_SPACE = " \t\r\n"


class BadJson(ValueError):
    """Not JSON, or a key stands twice; `line` says where."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line, self.reason = line, reason


def read_with_lines(text: str) -> tuple[Any, dict[Path, int]]:
    """The value, and by path the line on which each key or item stands. Raises BadJson."""
    lines: dict[Path, int] = {}
    try:
        reader = _Reader(text, lines)
        value, end = reader.value(0, ())
        end = reader.skip(end)
        if end < len(text):
            raise json.JSONDecodeError("Extra data", text, end)
    except json.JSONDecodeError as error:
        raise BadJson(error.lineno, error.msg) from error
    except RecursionError as error:
        raise BadJson(1, "nested too deeply") from error
    return value, lines


class _Reader:
    def __init__(self, text: str, lines: dict[Path, int]) -> None:
        self.text, self.lines = text, lines

    def skip(self, at: int) -> int:
        while at < len(self.text) and self.text[at] in _SPACE:
            at += 1
        return at

    def value(self, at: int, path: Path) -> tuple[Any, int]:
        at = self.skip(at)
        self.lines.setdefault(path, self.text.count("\n", 0, at) + 1)
        opening = self.text[at : at + 1]
        if opening == "{":
            return self.members(at + 1, path)
        if opening == "[":
            return self.items(at + 1, path)
        return json.JSONDecoder().raw_decode(self.text, at)

    def members(self, at: int, path: Path) -> tuple[dict[str, Any], int]:
        found: dict[str, Any] = {}
        at = self.skip(at)
        while self.text[at : at + 1] != "}":
            if self.text[at : at + 1] != '"':
                raise json.JSONDecodeError("Expecting a key in double quotes", self.text, at)
            line = self.text.count("\n", 0, at) + 1
            key, at = json.JSONDecoder().raw_decode(self.text, at)
            if key in found:
                raise BadJson(line, f"the key {key!r} stands twice")
            self.lines[(*path, key)] = line
            at = self.skip(at)
            if self.text[at : at + 1] != ":":
                raise json.JSONDecodeError("Expecting ':'", self.text, at)
            found[key], at = self.value(at + 1, (*path, key))
            at = self.after(at, "}")
        return found, at + 1

    def items(self, at: int, path: Path) -> tuple[list[Any], int]:
        found: list[Any] = []
        at = self.skip(at)
        while self.text[at : at + 1] != "]":
            item, at = self.value(at, (*path, len(found)))
            found.append(item)
            at = self.after(at, "]")
        return found, at + 1

    def after(self, at: int, closing: str) -> int:
        """Past the comma behind a member, or at the closing bracket."""
        at = self.skip(at)
        if self.text[at : at + 1] == ",":
            at = self.skip(at + 1)
            if self.text[at : at + 1] == closing:
                raise json.JSONDecodeError("A comma before the end", self.text, at)
            return at
        if self.text[at : at + 1] != closing:
            raise json.JSONDecodeError(f"Expecting ',' or '{closing}'", self.text, at)
        return at
