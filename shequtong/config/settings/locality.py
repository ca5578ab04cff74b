"""Which third-party models stand on the coordinator only (scale-out rule 1); ours say it in their base class."""

THIRD_PARTY_COORDINATOR_ONLY = [
    "auth.Group",
    "auth.Permission",
    "contenttypes.ContentType",
]
