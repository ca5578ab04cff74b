"""`look`: stdin is a workbook, stdout what stands in it as JSON. `fill`: stdin is an order in JSON on one line, then the workbook; stdout the workbook filled.

A refusal is {"refused": code, "told": […]} in either case. What a broken, huge or wicked file does, it does to this process, and its end is a refusal.
"""

import json
import resource
import sys

from shequtong.interchange.sheets_out.process.bounds import MEMORY, SECONDS, RefusedBook


def main() -> None:
    """Refusals are told, not raised."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    # openpyxl would load it to know its numbers; it takes more address space than this process has.
    sys.modules["numpy"] = None  # type: ignore[assignment]  # None is how Python says: not to be had
    from shequtong.interchange.sheets_out.process.fill import filled
    from shequtong.interchange.sheets_out.process.look import looked

    told, out = sys.stdin.buffer.read(), sys.stdout.buffer
    try:
        if sys.argv[1] == "look":
            out.write(json.dumps(looked(told), ensure_ascii=True).encode())
        else:
            order, _line, book = told.partition(b"\n")
            out.write(filled(book, json.loads(order)))
    except RefusedBook as refused:
        out.write(json.dumps({"refused": refused.args[0], "told": list(refused.args[1:])}).encode())
    except MemoryError:
        out.write(b'{"refused": "large", "told": []}')
    except Exception:  # whatever openpyxl stumbles over on the way; it is not for being large
        out.write(b'{"refused": "unfit", "told": []}')


if __name__ == "__main__":
    main()
