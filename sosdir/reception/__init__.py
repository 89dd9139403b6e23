"""Receive requests before the application: read whole, wait in turn, answer whole.

The server hands a request over as soon as its headers are there. Whoever sends or reads slowly
is waited for here, where that costs a little memory; a thread works on what is complete.
"""

from sosdir.reception.bodies import Body
from sosdir.reception.door import Door
from sosdir.reception.refusals import Refusals
from sosdir.reception.turns import CrowdedError, Room, Turns
from sosdir.reception.wsgi import Answer

__all__ = ["Answer", "Body", "CrowdedError", "Door", "Refusals", "Room", "Turns"]
