"""`{% submit_key %}`: the hidden field of a POST form that makes a repeat harmless."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from shequtong.core.submissions import FIELD, SPENT, carried_key, new_submit_key

register = template.Library()


@register.simple_tag(takes_context=True)
def submit_key(context: Any) -> SafeString:
    """The hidden input; on a form that came back with errors, the key it was sent with (the same form, corrected).

    A key whose try was counted has had its answer: the form that comes back is another one.
    """
    request = context["request"]
    posted = "" if getattr(request, SPENT, False) else carried_key(request)
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, posted or new_submit_key(request))
