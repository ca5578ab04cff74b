"""One browser with one kept-open connection: cookies, forms, and nothing that costs time beside the server's."""

import html
import http.client
import re
from dataclasses import dataclass, field
from urllib.parse import urlencode

_HIDDEN = re.compile(r'name="(csrfmiddlewaretoken|submit_key)" value="([^"]+)"')


@dataclass
class Browser:
    """Pages by GET and POST over one connection; `session` is the cookie of somebody signed in."""

    port: int
    session: str = ""
    cookies: dict[str, str] = field(default_factory=dict)
    location: str = ""  # where the last answer led
    _line: http.client.HTTPConnection | None = None

    def get(self, address: str, expect: int = 200) -> str:
        """The page's text."""
        return self._ask("GET", address, None, expect)

    def post(self, address: str, fields: dict[str, str], expect: int = 302) -> str:
        """The page's text after sending a form."""
        return self._ask("POST", address, urlencode(fields), expect)

    def form(self, page: str) -> dict[str, str]:
        """The hidden fields that a form must send back."""
        return {name: html.unescape(value) for name, value in _HIDDEN.findall(page)}

    def _ask(self, method: str, address: str, body: str | None, expect: int) -> str:
        if self._line is None:
            self._line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        cookies = self.cookies | ({"sessionid": self.session} if self.session else {})
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())} if cookies else {}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            self._line.request(method, address, body, headers)
            answer = self._line.getresponse()
        except (http.client.RemoteDisconnected, BrokenPipeError):
            if method != "GET":
                raise
            self._line.close()  # nobody had asked for so long that the server hung up: `http.client` opens it anew
            self._line.request(method, address, body, headers)
            answer = self._line.getresponse()
        text, self.location = answer.read().decode(), answer.headers.get("Location", "")
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            name, _equals, value = cookie.split(";")[0].partition("=")
            self.cookies[name] = value
        if answer.status != expect:
            raise RuntimeError(f"{method} {address} answered {answer.status}, not {expect}: {text[:500]}")
        return text
