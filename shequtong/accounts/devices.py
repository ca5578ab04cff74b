"""What somebody signed in with (登录设备), in words its owner knows again. Kept as two short codes, never the whole user agent."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

# In the order in which they must be looked for: most name themselves after others as well.
_PROGRAMS: tuple[tuple[str, str, str | Promise], ...] = (
    ("MicroMessenger", "wechat", pgettext_lazy("device", "WeChat")),
    ("DingTalk", "dingtalk", pgettext_lazy("device", "DingTalk")),
    ("MiuiBrowser", "miui", pgettext_lazy("device", "Xiaomi browser")),
    ("HuaweiBrowser", "huawei", pgettext_lazy("device", "Huawei browser")),
    ("UCBrowser", "uc", pgettext_lazy("device", "UC browser")),
    ("QQBrowser", "qq", pgettext_lazy("device", "QQ browser")),
    ("QIHU", "360", pgettext_lazy("device", "360 browser")),
    ("Edg", "edge", pgettext_lazy("device", "Edge")),
    ("Firefox", "firefox", pgettext_lazy("device", "Firefox")),
    ("Chrome", "chrome", pgettext_lazy("device", "Chrome")),
    ("Safari", "safari", pgettext_lazy("device", "Safari")),
)
_SYSTEMS: tuple[tuple[str, str, str | Promise], ...] = (
    ("HarmonyOS", "harmony", pgettext_lazy("device", "HarmonyOS")),
    ("OpenHarmony", "harmony", pgettext_lazy("device", "HarmonyOS")),
    ("iPhone", "iphone", pgettext_lazy("device", "iPhone")),
    ("iPad", "ipad", pgettext_lazy("device", "iPad")),
    ("Android", "android", pgettext_lazy("device", "Android phone")),
    ("Windows", "windows", pgettext_lazy("device", "Windows computer")),
    ("Macintosh", "mac", pgettext_lazy("device", "Mac")),
    ("Linux", "linux", pgettext_lazy("device", "Linux computer")),
)


def device_of(user_agent: str) -> str:
    """`program/system`, e.g. "wechat/android"; either part may be empty."""
    program = next((code for mark, code, _name in _PROGRAMS if mark in user_agent), "")
    system = next((code for mark, code, _name in _SYSTEMS if mark in user_agent), "")
    return f"{program}/{system}"


def device_words(device: str) -> str:
    """微信 · 安卓手机; "an unknown device" when nothing was recognised."""
    program, _slash, system = device.partition("/")
    parts = [
        next((str(name) for _mark, code, name in table if code == part), "")
        for table, part in ((_PROGRAMS, program), (_SYSTEMS, system))
    ]
    return " · ".join(part for part in parts if part) or _("an unknown device")
