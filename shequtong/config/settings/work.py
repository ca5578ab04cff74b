"""Work outside requests: the outbox's gateway, stored files, the server and its worker."""

from .env import DATA, env

# A dotted path to a class with `send(phone, text, ref)`; the console gateway sends nothing.
MESSAGING_GATEWAY = env.str("MESSAGING_GATEWAY", default="shequtong.messaging.gateways.ConsoleGateway")
MESSAGING_GATEWAY_FILE = env.str("MESSAGING_GATEWAY_FILE", default=str(DATA / "outbox.jsonl"))

# Private to the server's account; or readable by its group, so that nginx in that group may send them (FILES_X_ACCEL).
_MODES = {"file_permissions_mode": 0o640, "directory_permissions_mode": 0o750}
_READABLE = _MODES if env.bool("FILES_GROUP_READABLE", default=False) else {}
STORAGES = {
    "default": {"BACKEND": "shequtong.files.storage.DurableFolder", "OPTIONS": {"location": str(DATA / "files"), **_READABLE}},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# 行政处罚法 36: an unlawful act is pursued for two years; that long the untouched photo can be evidence.
FILES_KEEP_ORIGINALS_DAYS = env.int("FILES_KEEP_ORIGINALS_DAYS", default=730)
# 民法典 188: a claim can be brought for three years; that long the office may have to ask who told it. It runs from the end of the matter.
CASES_KEEP_CONTACTS_DAYS = env.int("CASES_KEEP_CONTACTS_DAYS", default=1095)
# Events may be sent to http and to private addresses: for tests, and for a test system on the same machine.
WEBHOOKS_ANYWHERE = env.bool("WEBHOOKS_ANYWHERE", default=False)
# nginx's internal location for the files' folder, e.g. "/protected/"; "" lets Django send the bytes itself.
FILES_X_ACCEL = env.str("FILES_X_ACCEL", default="")

# What people upload is held in memory until it is re-encoded or sealed: the plain original never touches the disk.
FILE_UPLOAD_HANDLERS = ["shequtong.files.upload_handler.InMemoryOrRefused"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 80 * 1024 * 1024  # bytes of one request: six photos of 12 MB, and the form around them

# The list of long work that can be asked for, and who it is done for: config lies above the area that runs it.
TASK_KINDS = "shequtong.config.tasks.KINDS"
TASK_ACTOR = "shequtong.config.tasks.actor_of"
# Who counts the households of buildings for the size of grids (territory/households.py); rooms are counted where nobody is on record.
HOUSEHOLD_COUNT = "shequtong.people.measures.households_by_building"

SERVER_WORKERS = env.int("SERVER_WORKERS", default=1)

# The record of who moved away or died, counted from that day; never shorter than half a year (people/retention.py).
PEOPLE_KEEP_MOVED_DAYS = env.int("PEOPLE_KEEP_MOVED_DAYS", default=1095)
PEOPLE_KEEP_DIED_DAYS = env.int("PEOPLE_KEEP_DIED_DAYS", default=1095)
