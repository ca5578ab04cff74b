"""Photos of residents on their way (照片上传): made smaller in the browser, upright and with what the camera wrote; a broken line loses nothing."""

import base64
import re
from io import BytesIO

import pytest
from PIL import ExifTags, Image
from playwright.sync_api import Browser, FilePayload, Page, Route, expect

from tests.browser.people import zh
from tests.browser.test_resident import WORDS, window

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
TAKEN = "2026:04:13 09:30:00"
CHOSEN = """
async () => {
  const file = document.querySelector("input[type=file]").files[0];
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = "";
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return [file.name, file.type, btoa(text)];
}
"""


def camera(name: str = "IMG_1.JPG", *, noisy: bool = False) -> FilePayload:
    """What a telephone held upright writes: lying pixels, red at what is the top left, and a block that says so."""
    picture = Image.effect_noise((4000, 3000), 90).convert("RGB") if noisy else Image.new("RGB", (4000, 3000), "#888888")
    picture.paste("#ff0000", (0, 2600, 400, 3000))  # bottom left lying, top left once turned by a quarter to the right
    written = picture.getexif()
    written[ExifTags.Base.Orientation] = 6
    written.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = TAKEN
    target = BytesIO()
    picture.save(target, "JPEG", quality=95, exif=written)
    return {"name": name, "mimeType": "image/jpeg", "buffer": target.getvalue()}


def to_photos(page: Page) -> None:
    """As far as step 3."""
    page.goto("/report/?q=枫桥路12号")
    page.locator(".picks__pick").first.click()
    page.get_by_role("radio").first.check()
    page.get_by_role("textbox").fill(WORDS)
    page.get_by_role("button", name=zh("Next")).click()
    expect(page).to_have_title(re.compile(zh("Tell us: send")))


def send(page: Page) -> None:
    page.get_by_role("button", name=zh("Send"), exact=True).click()


def until_smaller(page: Page, size: int) -> None:
    """Wait until what is chosen is less than half as large; not by wait_for_function, which the policy of the page refuses."""
    for _try in range(60):
        if page.evaluate("document.querySelector('input[type=file]').files[0].size") < size / 2:
            return
        page.wait_for_timeout(250)
    raise AssertionError("the photo stays as large as it was")


def number(page: Page) -> str:
    expect(page).to_have_title(re.compile(zh("We have your report")), timeout=60_000)
    return page.locator(".big-number").first.inner_text()


def test_a_large_photo_is_made_small_and_stays_upright(chromium: Browser, address: str) -> None:
    context = window(chromium, address)
    page, large = context.new_page(), camera(noisy=True)
    assert len(large["buffer"]) > 4_000_000
    to_photos(page)
    page.locator("input[type=file]").set_input_files([large])
    until_smaller(page, len(large["buffer"]))
    name, mime, content = page.evaluate(CHOSEN)
    assert (name, mime) == ("IMG_1.jpg", "image/jpeg")
    with Image.open(BytesIO(base64.b64decode(content))) as small:
        assert small.size == (1500, 2000)
        corner = small.convert("RGB").getpixel((50, 50))
        assert isinstance(corner, tuple)
        assert corner[0] > 200 > 60 > corner[1]
        written = small.getexif()
        assert written[ExifTags.Base.Orientation] == 1
        assert written.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] == TAKEN
    send(page)
    page.goto(f"/r/{number(page)}/")
    shown = page.locator("main figure img").first
    shown.scroll_into_view_if_needed()
    expect(shown).to_have_js_property("complete", True)
    assert shown.evaluate("image => image.naturalHeight > image.naturalWidth")
    context.close()


def test_what_cannot_be_drawn_or_is_small_goes_as_it_is(chromium: Browser, address: str) -> None:
    context = window(chromium, address)
    page = context.new_page()
    small = BytesIO()
    Image.new("RGB", (300, 200), "#123456").save(small, "PNG")
    to_photos(page)
    files: list[FilePayload] = [
        {"name": "a.png", "mimeType": "image/png", "buffer": small.getvalue()},
        {"name": "b.heic", "mimeType": "image/heic", "buffer": b"nothing that can be drawn" * 50_000},
    ]
    page.locator("input[type=file]").set_input_files(files)
    page.wait_for_timeout(800)
    sizes = page.evaluate("[...document.querySelector('input[type=file]').files].map(file => [file.name, file.size])")
    assert sizes == [[file["name"], len(file["buffer"])] for file in files]
    send(page)  # the second is no photo: the form comes back with the reason, and with the first kept
    expect(page.locator(".field__errors")).to_contain_text("b.heic")
    expect(page.locator(".photos__drop")).to_have_count(1)
    send(page)
    assert number(page)
    context.close()


@pytest.mark.parametrize("arrived", [False, True], ids=["before it arrived", "before the answer came"])
def test_a_line_that_breaks_loses_nothing_and_sends_nothing_twice(chromium: Browser, address: str, arrived: bool) -> None:
    context = window(chromium, address, service_workers="block")  # it leaves what is sent alone, yet may hide it from `route`
    page, tries = context.new_page(), []

    def breaks(route: Route) -> None:
        if route.request.method != "POST":
            route.continue_()
            return
        tries.append(route.request.url)
        if len(tries) > 1:
            route.continue_()
            return
        if arrived:
            route.fetch(max_redirects=0)
        route.abort("connectionreset")

    to_photos(page)
    page.route("**/report/send/**", breaks)
    page.get_by_role("textbox", name=zh("What may we call you?")).fill("赵小燕")
    page.get_by_role("checkbox").check()
    page.locator("input[type=file]").set_input_files([camera()])
    send(page)
    expect(page.get_by_role("alert")).to_contain_text(zh("It was not sent: the line broke off"))
    expect(page.locator("[data-again]")).to_be_focused()
    expect(page.get_by_role("textbox", name=zh("What may we call you?"))).to_have_value("赵小燕")
    assert page.evaluate("document.querySelector('input[type=file]').files.length") == 1
    page.get_by_role("button", name=zh("Send again")).click()
    first = number(page)
    assert len(tries) == 2
    page.goto("/me/")
    expect(page.locator(".matter")).to_have_count(1)
    expect(page.locator(".matter")).to_contain_text(first)
    context.close()


def test_a_slow_line_says_how_far_it_is(chromium: Browser, address: str) -> None:
    context = window(chromium, address)
    page = context.new_page()
    to_photos(page)
    slow = context.new_cdp_session(page)
    slow.send("Network.enable")
    slow.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": 100, "downloadThroughput": -1, "uploadThroughput": 400_000},
    )
    twelve = b"\0" * (12 * 1024 * 1024)  # as large as a photo may be, and none
    files: list[FilePayload] = [{"name": "c.heic", "mimeType": "image/heic", "buffer": twelve}]
    page.locator("input[type=file]").set_input_files(files)
    send(page)
    said = page.locator("[data-sending-said]")
    expect(said).to_have_text(re.compile(r"正在发送：[1-9]\d?%"), timeout=20_000)
    assert page.locator("progress").evaluate("bar => bar.value") > 0
    send(page)  # a second press while it is under way does nothing
    expect(page.locator(".field__errors")).to_contain_text("c.heic", timeout=60_000)
    expect(page.locator(".told--words")).to_contain_text(WORDS)
    context.close()
