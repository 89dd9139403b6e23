"""What a look into the cache of pages may come to."""

from typing import Literal

# Answered from the cache; not in it, so made anew; never to be in it.
Outcome = Literal["hit", "miss", "bypass"]
