"""Layers of maps and the address search are public; grids are added for those who may see them (tests of territory)."""

from shequtong.testing.permission_table import Row, anyone

ROWS = [
    Row("territory:units", anyone(200)),
    Row("territory:buildings", anyone(200), data=lambda scene: {"bbox": "120.55,31.29,120.56,31.30"}),
    Row("territory:address", anyone(200), data=lambda scene: {"q": "枫桥路12号"}),
]
