"""Whole-system guards: layers, foreign keys, writes. Each is broken on purpose here and seen caught."""

import subprocess
import sys
from pathlib import Path, PurePosixPath

import pytest
from django.conf import settings
from django.db import models
from django.test.utils import isolate_apps

from shequtong.cases.models import Case
from shequtong.testing.architecture import contracts, writes
from shequtong.testing.architecture.models import upward_keys


def test_every_contract_is_kept() -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=contracts.ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:]


def test_a_new_area_has_its_contract() -> None:
    written = [each for each in contracts.contracts() if each["type"] == "protected"]
    assert written == contracts.all_protected(), "put these into pyproject.toml:\n" + contracts.as_toml(contracts.all_protected())


def test_an_area_with_pages_asks_for_its_contract(tmp_path: Path) -> None:
    for name in ("parks/__init__.py", "parks/views/__init__.py", "parks/urls.py", "bare/__init__.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    (found,) = contracts.all_protected(tmp_path)
    assert found["protected_modules"] == ["shequtong.parks.views"]
    assert found["allowed_importers"] == ["shequtong.parks.views", "shequtong.parks.urls"]


def test_every_area_has_its_height() -> None:
    assert set(contracts.areas()) <= contracts.heights().keys()


def test_every_area_is_installed_in_the_order_of_the_layers() -> None:
    installed = [name.removeprefix("shequtong.") for name in settings.INSTALLED_APPS if name.startswith("shequtong.")]
    assert sorted(installed) == contracts.areas()
    heights = [contracts.heights()[area] for area in installed]
    assert heights == sorted(heights), "INSTALLED_APPS goes from core up"


def test_an_import_upwards_breaks_the_build(tmp_path: Path) -> None:
    """The contract itself, over a small package in which core looks into cases."""
    package = tmp_path / "small"
    for area in ("cases", "core"):
        (package / area).mkdir(parents=True)
        (package / area / "__init__.py").touch()
    (package / "__init__.py").touch()
    (package / "core" / "wrong.py").write_text("import small.cases\n", encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text(
        '[tool.importlinter]\nroot_package = "small"\n[[tool.importlinter.contracts]]\nname = "layers"\ntype = "layers"\n'
        'containers = ["small"]\nexhaustive = true\nlayers = ["cases", "core"]\n',
        encoding="utf-8",
    )
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, env={"PYTHONPATH": str(tmp_path)})
    assert done.returncode == 1
    assert "small.core.wrong -> small.cases" in done.stdout


def test_foreign_keys_point_down() -> None:
    assert upward_keys(contracts.heights()) == []


@isolate_apps("shequtong.core")
def test_a_foreign_key_upwards_is_caught() -> None:
    class Lost(models.Model):
        case = models.ForeignKey(Case, models.CASCADE, related_name="+")

        class Meta:
            app_label = "core"

    Lost.__module__ = "shequtong.core.models.lost"
    assert upward_keys(contracts.heights(), [Lost]) == ["core.Lost.case points up to cases.Case"]


def test_only_usecases_write() -> None:
    assert writes.writes_outside() == []


def test_whoever_is_excused_still_writes() -> None:
    for excused in writes.EXCUSED:
        path = contracts.PACKAGE / excused
        files = [path] if path.is_file() else sorted(path.rglob("*.py"))
        assert any(writes.writes(file.read_text(encoding="utf-8")) for file in files), f"{excused} needs no excuse any more"


@pytest.mark.parametrize(
    "line",
    [
        "case.save()",
        "case.save(update_fields=['stage'])",
        "Case.objects.create(title='x')",
        "case.delete()",
        "Case.objects.filter(pk=1).delete()",
        "Case.objects.filter(pk=1).update(stage='x')",
        "Case.objects.numbered(n).within_reach(by, p).update(stage='x')",
        "found = Case.objects.filter(pk=1)\nfound.update(stage='x')",
        "def end(found: CaseQuerySet) -> None:\n    found.update(stage='x')",
        "Case.objects.bulk_create([case])",
        "Case.objects.get_or_create(pk=1)",
        "cursor.execute('UPDATE cases_case SET stage = 1')",
        "cursor.execute(f'delete from {table}')",
    ],
)
def test_a_write_is_caught(line: str) -> None:
    assert len(writes.writes(line)) == 1


@pytest.mark.parametrize(
    "line",
    [
        "context.update(rows=rows)",
        "seen.update({1})",
        "digest.update(data)",
        "image.save(buffer, 'JPEG')",
        "storage.delete(name)",
        "cursor.execute('SELECT 1')",
        "Case.objects.filter(pk=1).first()",
        "values = {}\nvalues.update(a=1)",
    ],
)
def test_what_only_looks_like_a_write_passes(line: str) -> None:
    assert writes.writes(line) == []


def test_only_named_places_may_write() -> None:
    for allowed in (
        "cases/usecases/close_case.py",
        "cases/migrations/0001_initial.py",
        "cases/testing.py",
        "audit/log.py",
        "core/locality/blocks.py",
    ):
        assert writes.is_allowed(PurePosixPath(allowed))
    for refused in ("cases/views/desk.py", "cases/models/case.py", "audit/verification.py", "config/management/commands/work.py"):
        assert not writes.is_allowed(PurePosixPath(refused))
