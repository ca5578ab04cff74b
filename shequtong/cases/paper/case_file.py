"""The case file (案卷): all that the reader may see of one case, on paper that can be checked against the files and the log."""

from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from shequtong.cases.catalogue import catalogue
from shequtong.cases.models import Answer, Case, Step
from shequtong.cases.paper import evidence
from shequtong.cases.paper.words import NONE, frame, office_name
from shequtong.cases.paper.writer import Writer
from shequtong.cases.sheets import CaseSheet
from shequtong.cases.shown import class_name, clock_explained, move_name, place_name, stage_badge, station_name, teller_words
from shequtong.cases.steps_shown import steps_told
from shequtong.core.actors import Actor
from shequtong.core.clock import Span, wording
from shequtong.organizations.stations import directory
from shequtong.ui.paper import Sheet, plain

_TEMPLATE = Path(__file__).with_name("case_file.typ")
_MOST_SPANS = 120


def case_file(sheet: CaseSheet, *, by: Actor, now: datetime) -> Sheet:
    """The whole file of a case that `by` may see. Three statements for the log, none for the rest; reads the photos it shows."""
    writer = Writer(sheet, by, now)
    title = _("Case file")
    clock = clock_explained(sheet.case, now)
    data: dict[str, Any] = {
        "frame": frame(title, sheet.case.subdistrict_id, by, now, sheet.case.number).data(),
        "title": title,
        "number": sheet.case.number,
        "matter": plain(sheet.case.title),
        "facts": {"title": _("Facts"), "rows": _written(_facts(writer))},
        "told": {"title": _("What was told"), "words": plain(sheet.case.text)},
        "clock": {
            "title": pgettext("case file", "Clock"),
            "sentence": wording.sentence(clock) if clock else _("No clock runs."),
            "spans": [_span(writer, span) for span in clock.spans[:_MOST_SPANS]] if clock else [],
        },
        "course": {
            "title": _("Course"),
            "heads": [
                _("No."),
                _("Time"),
                pgettext("case file", "Step"),
                pgettext("case file", "By"),
                pgettext("case file", "What was said"),
            ],
            "rows": _course(writer),
        },
        "assistances": {"title": _("Assistance"), "rows": _written(_assistances(writer))},
        "answers": {"title": _("Answers to the reporter"), "rows": _written(_answers(writer))},
        "photos": {
            "title": _("Before and after"),
            "heads": [pgettext("photo", "Before"), pgettext("photo", "After")],
            "pairs": evidence.pairs(writer),
            "none": _("No photo"),
        },
        "files": {"title": _("Files and their SHA-256 (of the untouched original)"), **evidence.files(writer)},
        "log": {"title": pgettext("case file", "Log"), "words": evidence.log(writer)},
    }
    return Sheet(_TEMPLATE, data, writer.pictures)


def _written(rows: list[tuple[str, str]]) -> list[list[str]]:
    return [[plain(label), plain(words)] for label, words in rows if words]


def _facts(writer: Writer) -> list[tuple[str, str]]:
    case, standard = writer.case, catalogue().standards[writer.case.standard_id]
    station = directory().by_id.get(case.lead_station_id) if case.lead_station_id else None
    version = _("version %(version)s") % {"version": standard.version}
    counts = (
        (_("Sent back"), case.send_back_count),
        (_("Reworked"), case.rework_count),
        (_("Reopened"), case.reopen_count),
        (pgettext("case file", "Extended"), case.extend_count),
        (pgettext("case file", "Suspended"), case.suspend_count),
    )
    times = (
        (pgettext("case file", "Registered"), case.registered_at),
        (pgettext("case file", "Dispatched"), case.dispatched_at),
        (pgettext("case file", "Accepted"), case.accepted_at),
        (pgettext("case file", "Handled"), case.handled_at),
        (pgettext("case file", "Verified"), case.verified_at),
        (_("Time of closing"), case.closed_at),
    )
    return [
        (_("Stage"), stage_badge(case.stage).label),
        (_("Class"), class_name(catalogue().classes[case.case_class_id])),
        (
            _("Standard"),
            f"{wording.limit_text(standard.limit)} · {version}" + (f" ({_('example')})" if standard.is_example else ""),
        ),
        (_("To close"), standard.close_condition),
        (_("Basis"), standard.legal_basis),
        (_("Place"), " ".join(dict.fromkeys((place_name(case.place_path), case.address)))),
        (pgettext("case file", "Office"), office_name(case)),
        (_("Station"), station_name(station) if station else NONE),
        (_("Told by"), str(case.get_channel_display())),
        (_("Reporter"), _reporter(writer)),
        (_("Reported"), writer.at(case.reported_at)),
        (_("Received"), writer.at(case.received_at) if case.received_at != case.reported_at else ""),
        *((label, writer.at(at)) for label, at in times if at is not None),
        (_("Due"), writer.at(case.due_at) if _clock_runs(case) else ""),
        *((label, str(n)) for label, n in counts if n),
        (_("Evaluation"), _evaluation(writer)),
    ]


def _clock_runs(case: Case) -> bool:
    """Whether it has a due time now."""
    return case.clock_from is not None and bool(case.is_open)


def _span(writer: Writer, span: Span) -> str:
    """One span in one short line."""
    counted = wording.duration(span.minutes, by_days=False) if span.kind.counts else ""
    ends = writer.at(span.ends)
    same_day = ends[:10] == writer.at(span.starts)[:10]
    return f"{writer.at(span.starts)} – {ends[11:] if same_day else ends[5:]}  {wording.span_name(span)} {counted}"


def _reporter(writer: Writer) -> str:
    """As masked as on the page; nothing of a confidential one: paper is passed on."""
    return teller_words(writer.case)


def _course(writer: Writer) -> list[list[str]]:
    return [
        [str(step.number), writer.at(step.at), move_name(step.move), _who(writer, step), _said(step, told)]
        for step, told in zip(writer.sheet.steps, _told(writer), strict=True)
    ]


def _told(writer: Writer) -> list[list[str]]:
    return steps_told(writer.sheet.steps, hidden=writer.case.confidential)


def _who(writer: Writer, step: Step) -> str:
    told = step.account_id is not None and step.account_id == writer.case.reporter_account_id and not step.post
    if not step.actor or (told and writer.case.confidential):
        return _("The reporter")
    return plain(f"{step.actor}\n{step.post}" if step.post else step.actor)


def _said(step: Step, told: list[str]) -> str:
    return "\n".join(line for line in (*told, plain(step.note), _("overdue") if step.late else "") if line)


def _assistances(writer: Writer) -> list[tuple[str, str]]:
    found = []
    for asked in writer.sheet.assistances:
        due = _("asked %(asked)s, due %(due)s") % {"asked": writer.at(asked.asked_at), "due": writer.at(asked.due_at)}
        answer = f"{writer.at(asked.answered_at)}: {asked.answer}" if asked.answered_at else ""
        found.append((station_name(directory().by_id[asked.station_id]), "\n".join(filter(None, (asked.task, due, answer)))))
    return found


def _answers(writer: Writer) -> list[tuple[str, str]]:
    return [
        (f"{writer.at(answer.at)}\n{answer.actor}", f"{answer.text}\n({_shown_where(answer.published)})")
        for answer in reversed(writer.sheet.answers)
        if answer.state == Answer.State.SENT
    ]


def _shown_where(published: bool) -> str:
    return _("Shown on the public page") if published else _("To the reporter only")


def _evaluation(writer: Writer) -> str:
    found = writer.sheet.evaluation
    if found is None:
        return ""
    solved = _("Solved") if found.solved else _("Not solved")
    score = _("Satisfaction %(score)s of 5") % {"score": found.score}
    return " · ".join(filter(None, (solved, score, found.comment)))
