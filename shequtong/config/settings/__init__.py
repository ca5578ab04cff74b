"""Settings, one file per concern; everything that differs between places comes from the environment."""

from .base import *  # noqa: F403
from .database import *  # noqa: F403
from .language import *  # noqa: F403
from .limits import *  # noqa: F403
from .locality import *  # noqa: F403
from .logs import *  # noqa: F403
from .pages import *  # noqa: F403
from .security import *  # noqa: F403
from .signin import *  # noqa: F403
from .watch import *  # noqa: F403
from .work import *  # noqa: F403
