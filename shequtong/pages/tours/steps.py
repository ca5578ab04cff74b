"""What a first morning is made of (上手步骤), in a sentence or two each."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shequtong.pages.tours import places
from shequtong.pages.tours.step import Step

TILES = Step(
    pgettext_lazy("step", "Start at the workbench"),
    _(
        "Here stands what waits for you, the most urgent first. Each line has the button of what is to be done; one press leads there."
    ),
    places.WORKBENCH,
    "list",
)
HEADERS = Step(
    pgettext_lazy("step", "Start at the workbench"),
    _("The tiles count the open cases of your place by stage. You see headers only: no words, no names."),
    places.WORKBENCH,
    "tiles",
)
HANDS = Step(
    pgettext_lazy("step", "Start at the workbench"),
    _(
        "What is in your own hands and what was given to your station stand apart. Each line has the button of what is to be done."
    ),
    places.WORKBENCH,
    "list",
)
TAKE_IN = Step(
    pgettext_lazy("step", "A caller is on the line"),
    _(
        "Place first: a few characters of street or building, or pinyin initials. Then the matter in the caller's words, then who they are."
    ),
    places.INTAKE,
    "place",
)
AT_WINDOW = Step(
    pgettext_lazy("step", "Somebody stands at the window"),
    _(
        "Find the place first, then write down the matter in their own words. Print the slip with number and key and hand it to them."
    ),
    places.INTAKE,
    "place",
)
REPORT = Step(
    pgettext_lazy("step", "You see something on your round"),
    _("Report it here: the place, a sentence, a photo. On a phone the page uses the camera."),
    places.INTAKE,
    "place",
)
SPOT = Step(
    pgettext_lazy("step", "Small things, settled at once"),
    _("What you put right yourself is written down here afterwards, with a photo; the office reviews it."),
    places.SETTLED,
    "place",
)
REGISTER = Step(
    pgettext_lazy("step", "Register, or say why not"),
    _("A case that waits for you. The buttons show what can be done now; the condition to register stands on the next page."),
    places.TO_REGISTER,
    "moves",
)
CLOSE = Step(
    pgettext_lazy("step", "Answer, then close"),
    _("Here the check is done. Write to the reporter in plain words what was found and done, then close."),
    places.TO_CLOSE,
    "list",
)
DISPATCH_LIST = Step(
    pgettext_lazy("step", "What waits for dispatch"),
    _("Soonest due first. Tick several of one kind to dispatch them together."),
    places.TO_DISPATCH,
    "list",
)
DISPATCH = Step(
    pgettext_lazy("step", "To whom it goes"),
    _("Press “Dispatch”: the station that the duty list names is suggested. Choose another where you know better."),
    places.ONE_TO_DISPATCH,
    "moves",
)
AMBER = Step(
    pgettext_lazy("step", "What will be late next"),
    _("These are past most of their limit. Requests for more time stand on your workbench until you decide them."),
    places.AMBER_LIST,
    "filters",
)
CONFIRM = Step(
    pgettext_lazy("step", "Before it is registered: is it so?"),
    _("Go there, look, take a photo, and say what you found. That is confirming."),
    places.TO_CONFIRM,
    "moves",
)
VERIFY = Step(
    pgettext_lazy("step", "Before it is closed: is it fixed?"),
    _("Look at the same place again. Fixed: passed. Not fixed: rework, with a photo. That is verifying."),
    places.TO_VERIFY,
    "moves",
)
FILTER = Step(
    pgettext_lazy("step", "Find what lies on your way"),
    _("Filter the list by stage and place and save the filter under a name: tomorrow it is one press."),
    places.LIST,
    "filters",
)
ACCEPT = Step(
    pgettext_lazy("step", "Accept, or send back"),
    _("It was dispatched to your station. Accept it in time; if it is none of yours, send it back with the reason."),
    places.TO_ACCEPT,
    "moves",
)
WORK = Step(
    pgettext_lazy("step", "Who does it, and by when"),
    _("Assign it to one of your people. The sentence at the top says when it is due, and why."),
    places.IN_HAND,
    "clock",
)
HANDLE = Step(
    pgettext_lazy("step", "Report it as handled"),
    _("Write what was done and add a photo from the same spot. Somebody else checks it."),
    places.IN_HAND,
    "moves",
)
CLOCK = Step(
    pgettext_lazy("step", "Not done in time?"),
    _("Ask for an extension or a suspension before it is overdue, under “More”; after that it is too late to ask."),
    places.IN_HAND,
    "clock",
)
ROSTER = Step(
    pgettext_lazy("step", "Who can be reached tonight"),
    _("Enter who of your station is on duty at night and on rest days: urgent cases call them."),
    places.DUTY,
    "page",
)
CALL_BACK = Step(
    pgettext_lazy("step", "Call back"),
    _("Cases that were closed and not yet evaluated. Ask whether it is solved, and write down what you heard."),
    places.CALLS,
    "page",
)
BUILDINGS = Step(
    pgettext_lazy("step", "Know your buildings"),
    _("Compounds, buildings and rooms of your community. What is wrong here goes wrong in every address search."),
    places.TERRITORY,
    "page",
)
SEARCH = Step(
    pgettext_lazy("step", "Find anything"),
    _("One box for numbers, places and words. It finds what your post may see."),
    places.SEARCHING,
    "search",
)
LIST_OF_ALL = Step(
    pgettext_lazy("step", "The list of cases"),
    _("Soonest due first. The filters above narrow it by stage, light, class and place."),
    places.LIST,
    "filters",
)
WALL = Step(
    pgettext_lazy("step", "The board"),
    _("Open cases by community, stage and light. Every number opens the list it counts."),
    places.THE_BOARD,
    "wall",
)
LATE = Step(
    pgettext_lazy("step", "What is overdue"),
    _("Open one and urge: the station must reply what it does about it."),
    places.RED_LIST,
    "list",
)
DECIDE = Step(
    pgettext_lazy("step", "Nobody wants it: decide"),
    _("Sent back too often. Name the station; it may not send it back again."),
    places.TO_DECIDE,
    "moves",
)
APPOINT = Step(
    pgettext_lazy("step", "Who works where"),
    _("Every right comes from a post. Appoint, name deputies, and end posts with what is still in hand listed."),
    places.PEOPLE,
    "page",
)
STANDARDS = Step(
    pgettext_lazy("step", "By what rules"),
    _("Condition to register, condition to close and limit of every class."),
    places.RULES,
    "page",
)
STATIONS = Step(
    pgettext_lazy("step", "Stations and seats"),
    _("Which stations there are, where they work, and which sit in a precinct office."),
    places.THE_STATIONS,
    "page",
)
ACCOUNTS = Step(
    pgettext_lazy("step", "Accounts of staff"),
    _("Open an account here; what its owner may do is given by the security administrator."),
    places.THE_ACCOUNTS,
    "page",
)
CALENDARS = Step(
    pgettext_lazy("step", "Holidays and office hours"),
    _("Enter the State Council's notice each autumn: every due time is counted by it."),
    places.THE_CALENDARS,
    "page",
)
GIVE = Step(
    pgettext_lazy("step", "Give a post"),
    _("A role, a place and a day to begin. Nobody appoints themselves."),
    places.GIVING,
    "page",
)
LOOK_OVER = Step(
    pgettext_lazy("step", "Who holds which post"),
    _("Look it through once a month: has anybody left who still holds one?"),
    places.PEOPLE,
    "filters",
)
OWN_ACCOUNT = Step(
    pgettext_lazy("step", "Your own account"),
    _("Your password, the code app, and the devices that are signed in. Sign out any you do not know."),
    places.ACCOUNT,
    "page",
)
HELP = Step(
    pgettext_lazy("step", "Where to look things up"),
    _("The question mark in the header: words of the trade, keys, the guide of your post, and this tour once more."),
    places.HELPING,
    "page",
)
ADMIN_FIRST = Step(
    pgettext_lazy("step", "Start with what is to look at"),
    _("What needs an eye today, each figure with the way there. It is your first page."),
    places.TO_LOOK_AT,
    "page",
)
READ_LOG = Step(
    pgettext_lazy("step", "Read the log"),
    _("Who did what and when, refused tries and opened contacts among it: by person, by case, by day."),
    places.THE_LOG,
    "page",
)
