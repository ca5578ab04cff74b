"""How much may be sent by people we do not know: against floods of reports, and of text messages to somebody else's phone."""

from .env import DEMO, env

# In the demo every visitor comes from this one machine.
REPORTS_PER_ADDRESS_HOUR = env.int("REPORTS_PER_ADDRESS_HOUR", default=5000 if DEMO else 20)
PHOTOS_PER_ADDRESS_HOUR = env.int("PHOTOS_PER_ADDRESS_HOUR", default=5000 if DEMO else 60)
# Of one telephone or account a day; what comes beyond is not refused but held until somebody has looked.
REPORTS_PER_NUMBER_DAY = env.int("REPORTS_PER_NUMBER_DAY", default=5000 if DEMO else 10)
# To a number that somebody typed and nobody has proven to hold; of these, one a day says "received".
TEXTS_PER_PHONE_DAY = env.int("TEXTS_PER_PHONE_DAY", default=5)
