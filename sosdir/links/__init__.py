"""Ask politely whether the pages that the directory points at are still there.

Who asks takes ``transport`` and ``verify``; a worker that serves pages needs no way to the network.
"""

from sosdir.links.records import LABELS, Outcome, Verdict

__all__ = ["LABELS", "Outcome", "Verdict"]
