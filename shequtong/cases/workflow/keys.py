"""One letter a move (快捷键): on the case page it presses the move's button. Moves that may stand open at once have different ones.

g, j, k and x are the desk's own (frontend/ui/behaviours/keys.ts).
"""

KEYS: dict[str, str] = {
    # before it is registered
    "admit": "a",
    "confirm": "c",
    "register": "r",
    "not_accept": "n",
    "void": "z",
    "merge": "m",
    "unmerge": "m",
    "correct": "i",
    # the main line
    "dispatch": "d",
    "accept": "a",
    "handle": "h",
    "verify": "v",
    "rework": "w",
    "review": "r",
    "close": "c",
    "reopen": "o",
    # answers
    "answer": "a",
    "approve_answer": "p",
    "return_answer": "b",
    "call_back": "t",
    # between stations
    "assign": "s",
    "send_back": "b",
    "decide": "d",
    "assist": "t",
    "take_assist": "m",
    "answer_assist": "v",
    "call_off": "c",
    "hand_over": "o",
    "take_over": "a",
    "refuse_over": "r",
    # time
    "extend": "e",
    "suspend": "p",
    "grant": "y",
    "refuse": "n",
    "resume": "l",
    "ask_reporter": "q",
    # oversight
    "urge": "u",
    "reply_urge": "f",
    "appeal": "a",
    "judge_appeal": "i",
    "judge_appeal_finally": "f",
}
