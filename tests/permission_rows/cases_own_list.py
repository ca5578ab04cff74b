"""One's own list of cases: whoever sees cases or their headers keeps filters and columns, each their own."""

from shequtong.testing.permission_table import Kind, Row, only

SEES = (Kind.STAFF, Kind.NEIGHBOUR, Kind.FOREIGN_STATION, Kind.CLERK)
ROWS = [
    Row("cases:desk-mine", only(*SEES)),
    Row(
        "cases:desk-mine",
        only(*SEES, outcome=302),
        method="POST",
        data=lambda _scene: {"name": "待派遣", "query": "stage=registered"},
    ),
]
