"""The case (事件): one matter, from when it is heard of until it is evaluated."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import UTC, datetime
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import pgettext_lazy

from shequtong.cases.models.party import Party
from shequtong.cases.numbers import format_number, parse_number
from shequtong.cases.workflow.stages import OPEN_STAGES, STATION_STAGES, Stage
from shequtong.core.actors import Actor, Facts, ReachColumns
from shequtong.core.fields import CodeField
from shequtong.core.locality import Local, LocalForeignKey, LocalQuerySet

NEVER = datetime(9999, 12, 31, tzinfo=UTC)  # no due time; keeps the sort key free of NULL


def _party(subdistrict: int, station: int) -> Q:
    """The station leads, assists, did one of the two, or is offered the case just now: who refuses it sees it no more."""
    parts = Party.objects.filter(subdistrict=subdistrict, case=OuterRef("pk"), station=station)
    return Q(lead_station=station) | Q(Exists(parts)) | Q(offered_station=station)


# What a row, a sign or a card tells of a case. It has five times as many columns, and loading all of a few hundred costs more than reading them.
_BRIEF = ("subdistrict", "year", "serial", "letters", "case_class", "title", "place_path", "lon", "lat", "stage", "lead_station")
_TIMES = ("amber_at", "due_at", "reported_at")

REACH = ReachColumns(path="place_path", party=_party, reporter_account="reporter_account_id")


class CaseQuerySet(LocalQuerySet["Case"]):
    """Reads of cases; `within_reach` is the one gate."""

    def numbered(self, number: str) -> Self:
        """The case a number names; the number itself says in which subdistrict to look. A malformed number finds nothing."""
        parsed = parse_number(number)
        if parsed is None:
            return self.none()
        return self.filter(subdistrict=parsed.place, year=parsed.year, serial=parsed.serial)

    def all_numbered(self, numbers: Iterable[str], *places: int) -> Self:
        """Those of the numbers that name a case of these subdistricts. One read, of how many ever."""
        serials = defaultdict(list)
        for parsed in map(parse_number, numbers):
            if parsed is not None and parsed.place in places:
                serials[parsed.place, parsed.year].append(parsed.serial)
        found = Q(pk__in=[])
        for (place, year), some in serials.items():
            found |= Q(subdistrict=place, year=year, serial__in=some)
        return self.within(*places).filter(found)

    def told_by(self, subdistrict_id: int | Collection[int], source: str, source_ref: str) -> Self:
        """The case another system told under this reference, which is not empty, in one subdistrict or in several.

        The index leaves out cases without a reference: SQLite takes it for a question that says so, and reads the whole subdistrict for another.
        """
        places = (subdistrict_id,) if isinstance(subdistrict_id, int) else subdistrict_id
        return self.within(*places).filter(source=source, source_ref=source_ref).exclude(source_ref="")

    def within_reach(self, actor: Actor, permission: str) -> Self:
        """Cases `actor` may see: by territory, by its station's part in them, as their reporter, or by a key."""
        return self.filter(actor.reach(permission).condition(REACH))

    def within_post(self, actor: Actor, permission: str) -> Self:
        """Those of them that the post in use gives: what one told oneself is read as everybody reads their own, without staff's notes."""
        return self.filter(actor.reach(permission).of_post.condition(REACH))

    def on_map(self) -> Self:
        """Those that a map may show to who may see them: what is kept confidential is never a sign on a map."""
        return self.filter(confidential=False)

    def in_brief(self, *more: str) -> Self:
        """With the columns that tell a case shortly, and `more`."""
        return self.only(*_BRIEF, *_TIMES, *more)

    def in_hand(self) -> Self:
        """Neither closed nor voided."""
        return self.filter(is_open=True)


class Case(Local):
    """Milestones hold the latest time; the first handling and closing are kept too. The steps are the truth."""

    class Channel(models.TextChoices):
        RESIDENT = "resident", pgettext_lazy("channel", "Resident page")  # 居民上报
        WINDOW = "window", pgettext_lazy("channel", "At the window")  # 窗口受理
        PHONE = "phone", pgettext_lazy("channel", "By telephone")  # 电话受理
        STAFF = "staff", pgettext_lazy("channel", "Found by staff")  # 巡查发现
        HOTLINE = "hotline", pgettext_lazy("channel", "12345 hotline")  # 12345 工单
        SYSTEM = "system", pgettext_lazy("channel", "Another system")  # 其他系统

    # What it is called
    year = models.PositiveSmallIntegerField()
    serial = models.BigIntegerField()
    letters = CodeField(max_length=4)
    # What it is about; the text is the reporter's own and never public
    case_class = models.ForeignKey("cases.CaseClass", models.PROTECT, related_name="+")
    standard = models.ForeignKey("cases.CaseStandard", models.PROTECT, related_name="+")
    title = models.CharField(max_length=80)
    text = models.TextField()
    summary = models.CharField(max_length=200, blank=True)  # public, written by staff
    # Where
    unit = models.ForeignKey("territory.Unit", models.PROTECT, related_name="+")  # the smallest one found
    place_path = CodeField(max_length=120)
    building = LocalForeignKey("territory.Building", models.PROTECT, null=True, related_name="+")
    address = models.CharField(max_length=160, blank=True)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    tile = models.BigIntegerField(default=0)
    source_crs = CodeField(max_length=20, blank=True)
    # Who told it
    channel = CodeField(max_length=10, choices=Channel)
    reporter = LocalForeignKey("cases.Reporter", models.PROTECT, null=True, related_name="cases")
    reporter_account_id = models.BigIntegerField(null=True)
    source = CodeField(max_length=20, blank=True)  # another system or import
    source_ref = CodeField(max_length=60, blank=True)
    source_at = models.DateTimeField(null=True)  # the time in the source, where ours was shifted
    is_history = models.BooleanField(default=False)  # brought in with its own times: no clock runs, nobody is told
    external_number = CodeField(max_length=60, blank=True)  # as another system calls it, e.g. the hotline
    confidential = models.BooleanField(default=False)  # the handling station does not see who told it
    # Who has it, and until when
    stage = CodeField(max_length=20, choices=Stage, default=Stage.INTAKE)
    # Written by the database itself. A bare column, because SQLite takes no partial index whose condition is an IN.
    is_open = models.GeneratedField(
        expression=Q(stage__in=OPEN_STAGES),  # type: ignore[arg-type]  # the stubs know no Q here, Django does
        output_field=models.BooleanField(),
        db_persist=True,
    )
    stage_since = models.DateTimeField()
    lead_station = models.ForeignKey("organizations.Station", models.PROTECT, null=True, related_name="+")
    assignee_account_id = models.BigIntegerField(null=True)  # who has it inside the station
    assignee_name = models.CharField(max_length=80, blank=True)
    offered_station = models.ForeignKey("organizations.Station", models.PROTECT, null=True, related_name="+")  # 移交, unanswered
    decided = models.BooleanField(default=False)  # the director named the station: it may not be sent back
    asking = CodeField(max_length=10, blank=True)  # kind of the station's open request (延期、挂账)
    answer_waits = models.BooleanField(default=False)  # a drafted answer waits for approval
    clock_from = models.DateTimeField(null=True)  # when the running clock started
    clock_extensions = models.PositiveSmallIntegerField(default=0)  # extensions of the running clock
    clock_pauses = models.PositiveSmallIntegerField(default=0)  # pauses since it started
    cap_at = models.DateTimeField(default=NEVER)  # another system's due time: the earlier one holds
    paused = CodeField(max_length=16, blank=True)  # a PauseReason while the clock stands still
    resume_at = models.DateTimeField(default=NEVER)
    accept_by = models.DateTimeField(default=NEVER)  # a dispatch not accepted by then is taken back
    close_by = models.DateTimeField(default=NEVER)  # an answered case closes by itself then
    warned = models.PositiveSmallIntegerField(default=0)  # of the running clock: 1 reminded, 2.. escalated to level 1..
    wake_at = models.DateTimeField(default=NEVER)  # when the worker has something to do for it (cases/timers.py)
    amber_at = models.DateTimeField(default=NEVER)
    due_at = models.DateTimeField(default=NEVER)
    promised_at = models.DateTimeField(default=NEVER)  # what the resident is told: the handling limit, else its forecast
    assisting_open = models.PositiveSmallIntegerField(default=0)
    # Milestones, the latest of each
    reported_at = models.DateTimeField()
    received_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    registered_at = models.DateTimeField(null=True)
    dispatched_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    handled_at = models.DateTimeField(null=True)
    first_handled_at = models.DateTimeField(null=True)
    verified_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    first_closed_at = models.DateTimeField(null=True)
    evaluated_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    send_back_count = models.PositiveSmallIntegerField(default=0)
    rework_count = models.PositiveSmallIntegerField(default=0)
    reopen_count = models.PositiveSmallIntegerField(default=0)
    extend_count = models.PositiveSmallIntegerField(default=0)
    suspend_count = models.PositiveSmallIntegerField(default=0)
    urge_count = models.PositiveSmallIntegerField(default=0)
    joined_count = models.PositiveSmallIntegerField(default=0)  # further reporters (我也遇到了、并案)
    note_count = models.PositiveSmallIntegerField(default=0)  # internal notes
    follow_count = models.PositiveSmallIntegerField(default=0)  # staff who are told of each move
    handled_account_id = models.BigIntegerField(null=True)  # who reported it as handled last: may not verify it (回避)
    self_handled = models.BooleanField(default=False)  # 自行处置
    handled_late = models.BooleanField(default=False)  # some handling ended past its limit
    appeal = CodeField(max_length=10, blank=True)  # state of the appeal
    exempt_at = models.DateTimeField(null=True)  # 不计超时（申诉通过）
    merged_into = LocalForeignKey("cases.Case", models.PROTECT, null=True, related_name="+")
    step_count = models.PositiveIntegerField(default=0)
    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subdistrict", "year", "serial"], name="cases_case_number"),
            models.UniqueConstraint(
                fields=["subdistrict", "source", "source_ref"], name="cases_case_source", condition=~Q(source_ref="")
            ),
            models.CheckConstraint(
                name="cases_case_in_hand_has_station",
                condition=Q(self_handled=True)
                | ~Q(stage__in=[*STATION_STAGES, Stage.VERIFICATION, Stage.CLOSING], lead_station=None),
            ),
        ]
        indexes = [
            # Each list is read in the order of one of these, soonest first, and stops at its page; what stands behind the id is
            # looked at on the way.
            models.Index(
                fields=["subdistrict", "due_at", "id", "place_path", "amber_at", "stage"],
                name="cases_case_open_due",
                condition=Q(is_open=True),
            ),
            models.Index(
                fields=["subdistrict", "lead_station", "due_at", "id"], name="cases_case_station", condition=Q(is_open=True)
            ),
            models.Index(  # whom to call back: of a month, however long the street's history
                fields=["subdistrict", "closed_at", "id", "place_path"],
                name="cases_case_closed",
                condition=Q(stage="closed", reporter__isnull=False, is_history=False),
            ),
            models.Index(fields=["subdistrict", "stage", "due_at", "id", "place_path"], name="cases_case_stage"),
            models.Index(  # the few drafts among all that wait to be closed: what waits for who approves them
                fields=["subdistrict", "due_at", "id", "place_path"], name="cases_case_draft", condition=Q(answer_waits=True)
            ),
            # For the closed ones too. Wider than the first, else SQLite would prefer it where that one serves.
            models.Index(fields=["subdistrict", "due_at", "id", "place_path", "lead_station"], name="cases_case_due"),
            models.Index(fields=["subdistrict", "received_at", "id"], name="cases_case_received"),
            # What came back at a place (根治项目): a class over months, without what nobody may count.
            models.Index(
                fields=["subdistrict", "case_class", "received_at", "id", "place_path", "building"],
                name="cases_case_told",
                condition=Q(confidential=False, is_history=False),
            ),
            models.Index(fields=["subdistrict", "tile"], name="cases_case_tile"),
            # The clusters of the map are counted along this one alone.
            models.Index(
                fields=["subdistrict", "tile", "lon", "lat", "due_at", "amber_at", "place_path", "confidential"],
                name="cases_case_open_tile",
                condition=Q(is_open=True),
            ),
            models.Index(fields=["subdistrict", "wake_at", "id"], name="cases_case_wake"),
            models.Index(fields=["subdistrict", "assignee_account_id", "due_at", "id"], name="cases_case_assignee"),
            models.Index(fields=["subdistrict", "external_number"], name="cases_case_external"),
            models.Index(fields=["reporter_account_id"], name="cases_case_reporter_account"),
        ]

    @property
    def number(self) -> str:
        """The number people quote, e.g. SS-2026-000123-C."""
        return format_number(self.letters, self.year, self.serial)

    def reach_facts(self) -> Facts:
        """Where it lies and whose it is: what may be done to it. Who once had it or assists may look (`within_post`), not act."""
        stations = frozenset({self.lead_station_id} if self.lead_station_id is not None else ())
        return Facts(self.subdistrict_id, self.place_path, stations, self.reporter_account_id, self.pk)
