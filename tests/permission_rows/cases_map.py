"""The map of cases: whoever has the queue has its map; what is on it is each one's own reach (cases/tests/desk/test_map.py)."""

from shequtong.testing.permission_table import Kind, Row, only

SEES = (Kind.STAFF, Kind.NEIGHBOUR, Kind.FOREIGN_STATION, Kind.CLERK)
ROWS = [
    Row("cases:desk-hot", only(Kind.STAFF, Kind.NEIGHBOUR), staff="chen"),
    Row("cases:desk-map", only(*SEES)),
    Row("cases:desk-map-hours", only(*SEES)),
    Row("cases:desk-map-view", only(*SEES), data=lambda _scene: {"bbox": "120.5,31.2,120.7,31.4", "zoom": "13"}),
    Row(
        "cases:desk-map-view",
        only(*SEES, outcome=422),
        data=lambda _scene: {"bbox": "120.7,31.2,120.5,31.4", "zoom": "13"},
        label="turned inside out",
    ),
]
