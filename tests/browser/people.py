"""People at their browsers (浏览器里的人): what they see and press, in the Chinese of the pages."""

import re
from dataclasses import dataclass, field

from django.utils.translation import gettext, override, pgettext
from playwright.sync_api import Browser, BrowserContext, FilePayload, Locator, Page, expect

from shequtong.pages.demo.people import ADMIN_PASSWORD, CAST, PASSWORD
from shequtong.pages.demo.pictures import draw

PHONES = {person.key: person.phone for person in CAST}


def zh(text: str, context: str = "") -> str:
    """What a page in Chinese says for this string of ours."""
    with override("zh-hans"):
        return pgettext(context, text) if context else gettext(text)


def verb(text: str) -> str:
    """The name of a move."""
    return zh(text, "case move")


def photo(seed: int, *, mended: bool) -> FilePayload:
    """A picture to choose in a file field."""
    return {"name": f"照片{seed}.jpg", "mimeType": "image/jpeg", "buffer": draw(seed, mended=mended)}


@dataclass
class Person:
    """One browser window. Everything goes through what is shown: no address is typed but the first page's."""

    browser: Browser
    address: str
    width: int
    height: int
    context: BrowserContext = field(init=False)
    page: Page = field(init=False)

    def __post_init__(self) -> None:
        self.context = self.browser.new_context(
            viewport={"width": self.width, "height": self.height},
            locale="zh-CN",
            base_url=self.address,
            timezone_id="Asia/Shanghai",
        )
        self.context.set_default_timeout(60_000)
        self.page = self.context.new_page()
        self.problems: list[str] = []
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))

    def close(self) -> None:
        """End the window; nothing may have gone wrong inside it."""
        self.context.close()
        assert not self.problems, self.problems

    def drawn(self) -> None:
        """Wait for the page's style: before it, what only a phone or only a laptop shows stands there twice, and is pressed where it vanishes."""
        self.page.wait_for_load_state("load")

    def menu(self, text: str) -> None:
        """Press the entry of the menu that says `text`: the one that this size of window shows."""
        self.drawn()
        self.page.locator("nav[aria-label]").get_by_role("link", name=text, exact=True).first.click()

    def press(self, text: str, exact: bool = True) -> None:
        """Press the button or link that says `text`."""
        self.drawn()
        shown = self.page.get_by_role("button", name=text, exact=exact).or_(self.page.get_by_role("link", name=text, exact=exact))
        shown.first.click()

    def fill(self, label: str, value: str) -> None:
        """Type into the field with this label."""
        self.page.get_by_label(label).first.fill(value)

    def sees(self, text: str | re.Pattern[str]) -> Locator:
        """The page shows `text`."""
        found = self.page.locator("main").get_by_text(text).first
        expect(found).to_be_visible()
        return found

    def title(self, text: str | re.Pattern[str]) -> None:
        """The page's title holds `text`."""
        expect(self.page).to_have_title(re.compile(re.escape(text)) if isinstance(text, str) else text)
        self.drawn()

    def sign_in_with_password(self, who: str) -> None:
        """As staff do."""
        self.page.goto("/sign-in/")
        self.fill(zh("Mobile number"), PHONES[who])
        self.page.locator("summary", has_text=zh("Sign in with a password")).click()
        self.page.get_by_label(zh("Password")).fill(PASSWORD)
        self.page.locator("button[formaction='/sign-in/password/']").click()

    def sign_in_as_administrator(self, name: str) -> None:
        """By user name, password, and what the demo's telephone says their app shows."""
        self.page.goto("/sign-in/")
        self.page.locator("summary", has_text=zh("Sign in with a password")).click()
        self.fill(zh("User name"), name)
        self.page.get_by_label(zh("Password")).fill(ADMIN_PASSWORD)
        self.page.locator("button[formaction='/sign-in/password/']").click()
        self.page.locator("input[autocomplete='one-time-code']").wait_for()
        phone = self.context.new_page()
        phone.goto("/dev/outbox/")
        said = phone.locator("main").inner_text()
        phone.close()
        found = re.search(rf"{name}\D*(\d{{3}} ?\d{{3}})", said)
        assert found, said[:500]
        self.page.locator("input[autocomplete='one-time-code']").fill(found.group(1).replace(" ", ""))
        self.page.locator("main form button.button--primary").first.click()

    def sign_in_with_code(self, who: str) -> None:
        """As residents do: the code is read from the demo's telephone, in another tab."""
        self.page.goto("/sign-in/")
        self.fill(zh("Mobile number"), PHONES[who])
        self.press(zh("Send me a code"))
        phone = self.context.new_page()
        phone.goto("/dev/outbox/")
        said = phone.locator("main .list").inner_text()  # beside it stand codes of apps
        phone.close()
        found = re.search(r"(?<!\d)(\d{6})(?!\d)", said)
        assert found, said[:500]
        self.page.locator("input[autocomplete='one-time-code']").fill(found.group(1))
        self.page.locator("main form button.button--primary").first.click()


def choose(control: Locator, words: str) -> None:
    """Choose by its words; what is counted behind them, as how many a station has in hand, changes."""
    option = control.locator("option", has_text=re.compile(rf"^\s*{re.escape(words)}(\s|（|\(|·|$)")).first
    control.select_option(value=option.get_attribute("value"))


def tick(page: Page, control: str) -> None:
    """Choose a radio button or a box by its label, as a person does: once the page stands still, and until it is chosen.

    A forced click goes to where the control stood before the page's style came, and hits what stands there afterwards.
    """
    page.wait_for_load_state("load")
    chosen = page.locator(control).first
    page.locator("label", has=page.locator(control.removeprefix("main "))).first.click()  # `has` looks from the label on
    expect(chosen).to_be_checked()
