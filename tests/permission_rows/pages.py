"""The first pages of the two faces."""

from shequtong.testing.permission_table import Row, anyone

ROWS = [
    Row("pages:home", anyone(200)),
    Row("pages:privacy", anyone(200)),
]
