"""`{% submit_key %}`: the hidden field of a POST form that makes a repeat harmless."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from shequtong.core.submissions import FIELD, new_submit_key

register = template.Library()


@register.simple_tag(takes_context=True)
def submit_key(context: Any) -> SafeString:
    """The hidden input; on a form that came back with errors, the key it was sent with (the same form, corrected)."""
    request = context["request"]
    posted = request.POST.get(FIELD, "") if request.method == "POST" else ""
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, posted or new_submit_key(request))
