"""The case file: what the case page shows and no more, with photos side by side, their hashes and the state of the log."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.utils.translation import gettext
from pypdf import PdfReader

from shequtong.audit.models import Seal
from shequtong.audit.usecases import seal_entries
from shequtong.cases import usecases
from shequtong.cases.models import Answer, Case, Step
from shequtong.cases.paper import case_file
from shequtong.cases.sheets import case_sheet
from shequtong.cases.testing import make_case
from shequtong.cases.tests.paper import pages_of, tight, words_of
from shequtong.cases.workflow import Stage
from shequtong.core.actors import Actor
from shequtong.files import storage
from shequtong.files.models import Blob
from shequtong.files.testing import make_blob
from shequtong.testing.town import MORNING, Town
from shequtong.ui.paper import render

LATER = MORNING + timedelta(hours=3)


def printed(case: Case, by: Actor) -> bytes:
    """The file as a PDF."""
    return render(case_file(case_sheet(case), by=by, now=LATER), at=LATER)


def with_photos(town: Town, blobs: int = 2) -> tuple[Case, list[Blob]]:
    """A case with photos before and one after, handled."""
    place = town.police.subdistrict_id
    before = [make_blob(place, "form-1", words=f"before {n}") for n in range(blobs)]
    after = make_blob(place, "form-2", words="after")
    case = make_case(town, stage=Stage.HANDLING, photos=tuple(blob.pk for blob in before), claim="form-1")
    usecases.handle_case(
        number=case.number,
        result="已更换灯具",
        photos=(after.pk,),
        claim="form-2",
        by=town.wang,
        now=MORNING + timedelta(hours=1),
    )
    return Case.objects.numbered(case.number).select_related("reporter").get(), [*before, after]


def test_holds_the_whole_course_with_who_and_when(town: Town) -> None:
    case = make_case(town, stage=Stage.CLOSED)
    words = words_of(printed(case, town.chen))
    for said in (
        case.number,
        "楼道灯坏了三天",
        "已更换灯具",
        "您好，楼道灯已于今日修复。",
        "王强",
        "孙蕾",
        "狮山公安",
        "2026-04-1309:05",
    ):
        assert tight(said) in words


def test_masks_who_told_it(town: Town) -> None:
    words = words_of(printed(make_case(town), town.chen))
    assert "赵*" in words
    assert "138****5678" in words
    assert "13812345678" not in words
    assert "赵小燕" not in words


def test_a_confidential_reporter_is_not_even_masked(town: Town) -> None:
    case = make_case(town, stage=Stage.HANDLING, account_id=town.accounts["qian"].pk)
    Case.objects.filter(pk=case.pk).update(confidential=True)
    case = Case.objects.select_related("reporter").get(pk=case.pk)
    words = words_of(printed(case, town.wang))
    assert tight(gettext("Kept confidential")) in words
    for personal in ("赵*", "138****", "钱*"):
        assert personal not in words


def test_an_answer_that_waits_for_approval_was_not_given(town: Town) -> None:
    case = make_case(town, stage=Stage.CLOSED)
    Answer.objects.filter(case=case).update(state=Answer.State.DRAFT, text="草稿不得外传")
    assert "草稿" not in words_of(printed(case, town.chen))


def test_shows_photos_in_pairs_and_names_every_hash(town: Town) -> None:
    case, blobs = with_photos(town)
    pdf = printed(case, town.chen)
    assert sum(len(page.images) for page in PdfReader(BytesIO(pdf)).pages) == 3
    words = words_of(pdf)
    for blob in blobs:
        assert blob.sha256 in words
        assert f"{blob.original_size:,}" in words


def test_a_photo_whose_bytes_are_gone_is_still_listed(town: Town) -> None:
    case, blobs = with_photos(town, blobs=1)
    storage.delete(blobs[0].key, *storage.VARIANTS)
    pdf = printed(case, town.chen)
    assert sum(len(page.images) for page in PdfReader(BytesIO(pdf)).pages) == 1
    assert blobs[0].sha256 in words_of(pdf)


def test_names_the_seal_that_holds_its_log(town: Town) -> None:
    case = make_case(town, stage=Stage.REGISTERED)
    assert tight(gettext("None of them is sealed yet.")) in words_of(printed(case, town.chen))
    seal_entries(subdistrict_id=case.subdistrict_id, now=LATER)
    words = words_of(printed(case, town.chen))
    assert tight(gettext("None of them is sealed yet.")) not in words
    assert Seal.objects.get(subdistrict=case.subdistrict_id).mac in words


def test_explains_the_running_clock(town: Town) -> None:
    sheet = case_file(case_sheet(make_case(town, stage=Stage.HANDLING)), by=town.wang, now=LATER)
    assert len(sheet.data["clock"]["spans"]) >= 1
    assert sheet.data["clock"]["spans"][0].startswith("2026-04-13 09:10 – 12:00")


@pytest.mark.parametrize("note", ["说" * 2000, "https://" + "x" * 1990, "一\n" * 900, "㐂䶮彧", "#pagebreak() *粗*"])
def test_whatever_was_written_is_printed_whole(town: Town, note: str) -> None:
    case = make_case(town, stage=Stage.HANDLING)
    Step.objects.filter(case=case, number=2).update(note=note)
    pages = pages_of(printed(case, town.chen))
    found = "".join(page.replace("\u200b", "") for page in pages)
    assert tight(note)[:40] in found
    assert found.count(tight(note)[-1]) >= note.count(note.rstrip()[-1])
    for n, page in enumerate(pages, start=1):
        assert case.number in page
        assert f"{n}" in page[-16:]
