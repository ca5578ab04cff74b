"""The program agrees with the model, life by life (模拟比对)."""

import ast
from pathlib import Path

import pytest

from tests.simulator.life import random_life, shortest
from tests.simulator.stage import build_scene

HERE = Path(__file__).parent
MODEL = (
    "clock",
    "people",
    "case",
    "world",
    "told",
    "moves_before",
    "moves_station",
    "moves_after",
    "moves_reporters",
    "play",
    "choose",
)
LIVES = 60


@pytest.mark.django_db
def test_random_lives_agree_with_the_model() -> None:
    scene = build_scene()
    for seed in range(LIVES):
        life = random_life(scene, seed)
        if life.differences:
            pytest.fail(str(shortest(scene, life)))


@pytest.mark.parametrize("name", MODEL)
def test_the_model_imports_nothing_of_the_program(name: str) -> None:
    tree = ast.parse((HERE / f"{name}.py").read_text(encoding="utf-8"))
    imported = [
        module
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for module in ([node.module or ""] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names])
    ]
    assert not [module for module in imported if module.startswith(("shequtong", "django"))]
