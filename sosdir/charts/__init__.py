"""Draw pictures for a slide with matplotlib: a map of Japan, an ordinary week, bars.

Nothing here is imported before the first picture is asked for: matplotlib costs a second and some
thirty megabytes. Figures are made by themselves, without pyplot and its state; who draws holds
``LOCK``, for matplotlib is not safe between threads.
"""

from threading import Lock

LOCK = Lock()
