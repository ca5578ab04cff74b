"""The file of weights (权重文件): a header in JSON, then arrays that processes share by mapping the file. Nothing in it can run."""

import hashlib
import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from shequtong.triage.grams import Keys

VERSION = 2
_MAGIC = b"SQTWGHT\n"
_ALIGNED = 64
_LONGEST_HEADER = 1_000_000

Floats = NDArray[np.float32]


class BadWeights(Exception):  # like every refusal, named for what it says
    """The file is not one of ours, of another version, or damaged; says which."""


@dataclass(frozen=True)
class About:
    """What the header tells beside the sizes."""

    labels: tuple[str, ...]
    classes: dict[str, list[str]]  # label -> codes of classes, the nearest first; a label without any suggests nothing
    calibration: tuple[float, float]  # certainty = 1 / (1 + exp(-(a * margin + b)))
    rows: int = 0
    macro_f1: float = 0.0  # mean of the folds, when it was trained
    trained_at: str = ""
    sources: tuple[str, ...] = ()
    stations: dict[str, list[int]] = field(default_factory=dict)  # class code -> stations that led such cases, the most first


@dataclass(frozen=True)
class Weights:
    """The linear model: for each gram its weight in a text (idf) and for each label."""

    about: About
    keys: Keys  # sorted
    idf: Floats
    coef: Floats  # one row a gram, one column a label
    intercept: Floats


def write_weights(path: Path, weights: Weights) -> None:
    """Whole or not at all: a process that reads sees the old file until the new one is complete."""
    arrays = (weights.keys.astype("<u8"), weights.idf.astype("<f4"), weights.coef.astype("<f4"), weights.intercept.astype("<f4"))
    body = b"".join(np.ascontiguousarray(each).tobytes() for each in arrays)
    header = {**asdict(weights.about), "version": VERSION, "grams": len(weights.keys)}
    told = _told({**header, "sha256": _digest(header, body)})
    start = len(_MAGIC) + 8 + len(told)
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    beside.unlink(missing_ok=True)
    # It holds grams of what people wrote: nobody else's from its first byte on.
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(_MAGIC + len(told).to_bytes(8, "little") + told + b"\0" * (-start % _ALIGNED) + body)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


def _told(header: dict[str, Any]) -> bytes:
    return json.dumps(header, ensure_ascii=False, sort_keys=True).encode()


def _digest(header: dict[str, Any], body: bytes | memoryview) -> str:
    """Over all of the file but itself: a class or a certainty that was changed counts as damage, too."""
    found = hashlib.sha256(_told({name: value for name, value in header.items() if name != "sha256"}))
    found.update(body)
    return found.hexdigest()


def read_weights(path: Path) -> Weights:
    """The weights, mapped and checked. Raises BadWeights; FileNotFoundError where there are none."""
    with path.open("rb") as file:
        if file.read(len(_MAGIC)) != _MAGIC:
            raise BadWeights(f"{path.name}: not a file of weights")
        length = int.from_bytes(file.read(8), "little")
        if length > _LONGEST_HEADER:
            raise BadWeights(f"{path.name}: damaged header")
        told = file.read(length)
    header = _header(path, told)
    start = len(_MAGIC) + 8 + length
    try:
        return _mapped(path, header, start + -start % _ALIGNED)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        raise BadWeights(f"{path.name}: damaged header") from error


def _header(path: Path, told: bytes) -> dict[str, Any]:
    try:
        header = json.loads(told)
        version = header["version"]
    except (ValueError, KeyError, TypeError) as error:
        raise BadWeights(f"{path.name}: damaged header") from error
    if version != VERSION:
        raise BadWeights(f"{path.name}: version {version}, this program reads {VERSION}")
    return dict(header)


def _mapped(path: Path, header: dict[str, Any], start: int) -> Weights:
    grams, kinds = int(header["grams"]), len(header["labels"])
    size = 8 * grams + 4 * (grams + grams * kinds + kinds)
    if path.stat().st_size != start + size:
        raise BadWeights(f"{path.name}: {path.stat().st_size} bytes, expected {start + size}")
    body: NDArray[np.uint8] = np.memmap(path, dtype=np.uint8, mode="r", offset=start, shape=(size,))
    if _digest(header, body.data) != header["sha256"] or kinds < 2:
        raise BadWeights(f"{path.name}: its checksum is wrong")
    ends = np.cumsum([8 * grams, 4 * grams, 4 * grams * kinds])
    about = About(
        labels=tuple(header["labels"]),
        classes={label: list(codes) for label, codes in header["classes"].items()},
        calibration=(float(header["calibration"][0]), float(header["calibration"][1])),
        rows=int(header["rows"]),
        macro_f1=float(header["macro_f1"]),
        trained_at=str(header["trained_at"]),
        sources=tuple(header["sources"]),
        stations={code: list(ids) for code, ids in header["stations"].items()},
    )
    return Weights(
        about,
        body[: ends[0]].view("<u8"),
        body[ends[0] : ends[1]].view("<f4"),
        body[ends[1] : ends[2]].view("<f4").reshape(grams, kinds),
        body[ends[2] :].view("<f4"),
    )
