"""Ask politely whether the pages that the directory points at are still there."""

from sosdir.links.records import LABELS, Outcome, Verdict
from sosdir.links.transport import Network, Resolve
from sosdir.links.verify import verify

__all__ = ["LABELS", "Network", "Outcome", "Resolve", "Verdict", "verify"]
