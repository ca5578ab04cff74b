"""What a view gets (请求): Django's request with the one who acts."""

from django.http import HttpRequest  # noqa: TID251  # the type every view of the areas above takes

from shequtong.access.actor import AccountActor, AnonymousActor

HELD = "held"  # session: ids (as text) of cases whose key was shown here
APPOINTMENT = "appointment"  # session: the appointment in use


class ActorRequest(HttpRequest):
    """Set by `access.middleware.ActorMiddleware`."""

    actor: AccountActor | AnonymousActor


def hold_case(request: HttpRequest, case_id: int) -> None:
    """Remember for this session that the key of a case was shown: its reporter, without an account."""
    held = request.session.get(HELD, [])
    if str(case_id) not in held:
        request.session[HELD] = [*held, str(case_id)][-50:]
