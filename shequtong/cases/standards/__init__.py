"""Tables of standards (立结案标准表): read from a workbook, compared with what holds, written to a workbook. Pure: no database, no time.

A code names a class for ever. Components (部件) and events (事件) both count from 0101 in GB/T 30428, so the codes of a table are kept
with a letter before them: C0101 上水井盖, E0101 私搭乱建. Codes of other trees are kept as they are written.
The ten classes of `examples.py` were here first and keep theirs (0101, 0110, 0113, L01 …).
"""
