"""What is printed of cases (案件文书): the acceptance slip, the case file, the daily sheet of a station.

Each module turns rows into plain data for its template; who may have it printed is asked by the use-cases that load the rows.
"""

from .case_file import case_file
from .daily_sheet import daily_sheet
from .slip import slip

__all__ = ["case_file", "daily_sheet", "slip"]
