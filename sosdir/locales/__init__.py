"""Speak to people in their language: the nine languages of the interface and their catalogues.

Texts are written in Japanese where they are used, and translated by catalogues of gettext in
``sosdir/translations``. Below the web the language is an argument, a ``Speech``.
"""

from sosdir.locales.records import EASY_JAPANESE, JAPANESE, LOCALES, Locale, find
from sosdir.locales.speech import SPEECH, Speech, Told, mark, speech

__all__ = [
    "EASY_JAPANESE",
    "JAPANESE",
    "LOCALES",
    "SPEECH",
    "Locale",
    "Speech",
    "Told",
    "find",
    "mark",
    "speech",
]
