"""What the environment says: the data folder, whether this is the demo, and nothing more."""

from pathlib import Path

import environ

env = environ.Env()

ROOT = Path(__file__).resolve().parents[3]
DATA = Path(env.str("SHEQUTONG_DATA", default=str(ROOT / "data"))).resolve()
DATA.mkdir(parents=True, exist_ok=True)
# The demo shows codes on a page and serves plain HTTP on this machine; it is never the default.
DEMO = env.bool("SHEQUTONG_DEMO", default=False)
