"""Being watched (运行监视): who may read figures of the running platform, where processes keep their counts, when it says "not ready"."""

from .env import DATA, env

# Sent as "Authorization: Bearer …" it opens /metrics and the words of /readyz from elsewhere; this machine itself needs none.
MONITOR_TOKEN = env.str("MONITOR_TOKEN", default="")
# Counts of all processes of this machine, in files mapped into memory; best on a tmpfs (deploy/ uses the one of systemd).
METRICS_FOLDER = env.str("METRICS_FOLDER", default=str(DATA / "metrics"))
# Below this much free space in any of the platform's folders it says "not ready" before writes begin to fail.
READY_FREE_MB = env.int("READY_FREE_MB", default=500)
# A worker that was not seen for so long is dead or stuck.
READY_WORKER_SECONDS = env.int("READY_WORKER_SECONDS", default=180)
