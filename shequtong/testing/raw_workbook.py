"""A workbook of one sheet with whatever XML (原样工作簿): for files that no spreadsheet would write. Needs no Django."""

import io
import zipfile
from collections.abc import Iterable

_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def raw_workbook(sheet: Iterable[bytes]) -> bytes:
    """An .xlsx of one sheet with this XML, whatever it says."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
        packed.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="a" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        )
        packed.writestr(
            "xl/workbook.xml",
            f'<workbook {_MAIN} xmlns:r="{_OFFICE}"><sheets><sheet name="A" sheetId="1" r:id="a"/></sheets></workbook>',
        )
        packed.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="a" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        )
        with packed.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            part.write(f"<worksheet {_MAIN}><sheetData>".encode())
            for piece in sheet:
                part.write(piece)
            part.write(b"</sheetData></worksheet>")
    return out.getvalue()
