"""Help (帮助): the words are for everybody, the guide and the tour for who has a post, each their own."""

from shequtong.testing.permission_table import Kind, Row, anyone, only

WITH_POST = tuple(kind for kind in Kind if kind not in (Kind.ANONYMOUS, Kind.RESIDENT, Kind.OTHER_RESIDENT, Kind.ENDED))
ROWS = [
    Row("pages:glossary", anyone(200)),
    Row("pages:help", only(*WITH_POST)),
    Row("pages:tour", only(*WITH_POST, outcome=302), method="POST", data=lambda _scene: {"step": "1", "do": "next"}),
    Row("pages:tour-step", only(*WITH_POST, outcome=302), kwargs=lambda _scene: {"step": 1}),
]
