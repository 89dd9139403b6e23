"""Spell kana in Latin letters, and fold what people type in them to one key."""

import re
import unicodedata

_ROWS = {
    "": "あいうえお",
    "k": "かきくけこ",
    "g": "がぎぐげご",
    "s": "さしすせそ",
    "z": "ざじずぜぞ",
    "t": "たちつてと",
    "d": "だぢづでど",
    "n": "なにぬねの",
    "h": "はひふへほ",
    "b": "ばびぶべぼ",
    "p": "ぱぴぷぺぽ",
    "m": "まみむめも",
    "r": "らりるれろ",
}
_SOUNDS = {
    kana: consonant + vowel
    for consonant, row in _ROWS.items()
    for kana, vowel in zip(row, "aiueo", strict=True)
} | {
    "や": "ya", "ゆ": "yu", "よ": "yo", "わ": "wa", "を": "o", "ん": "n", "ゔ": "vu",
    # Where Hepburn spells otherwise than the row of the kana says.
    "し": "shi", "ち": "chi", "つ": "tsu", "ふ": "fu", "じ": "ji", "ぢ": "ji", "づ": "zu",
}  # fmt: skip
_SMALL = {"ゃ": "ya", "ゅ": "yu", "ょ": "yo"}

_LONG = re.compile(
    r"(?<=[おこごそぞとどのほぼぽもよろょ])[おう]|(?<=[くぐすずつづぬふぶぷむゆるゅ])う"
)
# Here one word ends and the next begins, which is no long vowel: 豊|岡 is Toyooka, 松|浦 Matsuura.
_SEAM = re.compile(
    r"(?<=よ)(?=おか|うら)|(?<=の)(?=うち|うえ|おもて|お$)|(?<=[つと])(?=うら)"
    r"|(?<=[そろ])(?=お$)|(?<=^も)(?=お)"
)

# Other systems, and slips of the keyboard, to Hepburn: kunrei "si", word-processor "jya".
_OTHER_SPELLINGS = re.compile(
    r"(?:s|t|z|j|c)y(?=[auo])|si|t(?:i|u)|(?<![sc])hu|zi|d(?:i|u)|dzu"
    r"|m(?=[bpm])|nn(?![aeiouy])"
)
_SPELLED = {
    "sy": "sh", "ty": "ch", "cy": "ch", "zy": "j", "jy": "j",
    "si": "shi", "ti": "chi", "tu": "tsu", "hu": "fu", "zi": "ji", "di": "ji", "du": "zu",
    "dzu": "zu", "tc": "c", "m": "n", "nn": "n",
}  # fmt: skip
_LONG_SPELLED = re.compile(r"(?<=o)(?:[ou]|h(?![aeiouy]))+|(?<=u)(?:u|h(?![aeiouy]))+")
_NO_LETTER = re.compile(r"[^a-z]+")


def hepburn(kana: str) -> str:
    """Spell hiragana in Hepburn without marks for long vowels, as signs and maps do.

    ん is n everywhere, and n' before a vowel. Where one word ends and the next begins with the
    same vowel, both are kept in the names that Japan's municipalities have (豊岡 Toyooka).

    Args:
        kana: hiragana, such as よこはま; other letters are kept as they are.
    """
    return _doubled("".join(_syllables(_shortened(kana))))


def key(text: str) -> str:
    """Fold a name typed in Latin letters, in any system, to the key it is looked up by.

    Tōkyō, Toukyou and TOKYO are one key, and so are Oosaka, Ohsaka and Osaka, Huchu and Fuchu.

    Args:
        text: Latin letters with or without macrons, hyphens and apostrophes.
    """
    bare = unicodedata.normalize("NFD", text.casefold().replace("ī", "ii"))
    letters = _NO_LETTER.sub("", bare)
    hepburn_letters = _OTHER_SPELLINGS.sub(lambda found: _SPELLED[found[0]], letters)
    return _LONG_SPELLED.sub("", hepburn_letters.replace("tch", "cch"))


def _shortened(kana: str) -> str:
    """Drop the second half of each long vowel, but never across a seam."""
    return _LONG.sub("", _SEAM.sub("|", kana)).replace("|", "")


def _syllables(kana: str) -> list[str]:
    sounds: list[str] = []
    for letter in kana:
        sound = _SOUNDS.get(letter, letter)
        if letter in _SMALL and sounds:
            sounds[-1] = _glide(sounds[-1], _SMALL[letter])
        elif sounds and sounds[-1] == "n" and sound[0] in "aiueoy":
            sounds.append(f"'{sound}")
        else:
            sounds.append(sound)
    return sounds


def _glide(sound: str, small: str) -> str:
    """Join a syllable in i with a small や, ゆ or よ: ki + ya is kya, shi + ya is sha."""
    consonant = sound.removesuffix("i")
    return consonant + (small[1:] if consonant in ("sh", "ch", "j") else small)


def _doubled(letters: str) -> str:
    """Write each small っ as the consonant that follows it, a t before ch."""
    return re.sub("っ(.?)(.?)", lambda found: _double(found[1], found[2]), letters)


def _double(first: str, second: str) -> str:
    if first == "c":
        return f"t{first}{second}"
    return f"{first}{first}{second}"
