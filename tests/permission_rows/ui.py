"""How pages look is open to all."""

from shequtong.testing.permission_table import Row, anyone

ROWS = [
    Row("ui:display", anyone(302), data=lambda scene: {"theme": "dark"}),
    Row("ui:components", anyone(200)),
]
