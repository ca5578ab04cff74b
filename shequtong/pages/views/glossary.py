"""The words of the domain (名词解释): for staff all of them, for residents those they meet, in their wording."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from shequtong.access.request import ActorRequest
from shequtong.pages.glossary import RESIDENTS, STAFF, found, rules_for
from shequtong.pages.place import streets

_LONGEST = 40


@require_GET
def glossary(request: ActorRequest) -> HttpResponse:
    """All words with how they are counted here, or those that fit what is looked for. No statement beside session and account."""
    staff = request.actor.in_use is not None and request.GET.get("face") != "resident"
    said = request.GET.get("q", "").strip()[:_LONGEST]
    own = streets()
    place = request.actor.home if staff else own[0].number if len(own) == 1 else None
    rules = rules_for(place)
    groups = [
        {
            "code": group.code,
            "title": group.title,
            "words": [
                {"code": word.code, "name": word.name, "said": word.said, "counted": word.counted(rules) if word.counted else ""}
                for word in group.words
            ],
        }
        for group in found(STAFF if staff else RESIDENTS, said)
    ]
    layout = "ui/layouts/desk.html" if staff else "ui/layouts/resident.html"
    context = {"groups": groups, "q": said, "layout": layout, "staff": staff, "longest": _LONGEST}
    return render(request, "pages/glossary.html", context)
