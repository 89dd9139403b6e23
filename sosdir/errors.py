"""The tree of errors that sosdir raises: catch the branch you can answer."""


class SosdirError(Exception):
    """Be the root of every error that sosdir raises on purpose."""


class NotFoundError(SosdirError):
    """Say that nothing bears the id or code that was asked for."""


class UnknownAreaError(NotFoundError):
    """Say that an area code belongs to no prefecture and no municipality."""


class InputError(SosdirError):
    """Say that a value given from outside cannot be used, and why."""


class HoursError(InputError):
    """Say that an opening-hours expression cannot be read.

    Args:
        reason: a sentence for the person who typed it.
        position: 0-based index of the fault in the folded expression, or None.
    """

    def __init__(self, reason: str, position: int | None = None) -> None:
        super().__init__(reason)
        self.position = position


class ChannelError(InputError):
    """Say that the value of a channel is no valid number, address or id."""


class DataPackageError(InputError):
    """Carry every fault found in a data package; nothing was written.

    Args:
        faults: the faults in file order, at least one.
    """

    def __init__(self, faults: "tuple[Fault, ...]") -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


class UploadError(InputError):
    """Say why an uploaded file cannot be read at all, and what to send instead."""


class Fault:
    """Point at one fault: file, 1-based line, column name, reason.

    Args:
        file: name of the file, such as ``channel.csv``.
        line: 1-based line in the file; the header is line 1; 0 when the whole file is meant.
        column: name of the column, empty when the whole line is meant.
        reason: what is wrong and what to do, one sentence.
    """

    def __init__(self, file: str, line: int, column: str, reason: str) -> None:
        self.file = file
        self.line = line
        self.column = column
        self.reason = reason

    def __str__(self) -> str:
        where = ":".join(str(part) for part in (self.file, self.line, self.column) if part)
        return f"{where}: {self.reason}"


class RefusedError(InputError):
    """Carry every reason why a service may not be saved or published; nothing was written.

    Args:
        faults: at least one; ``line`` is the place of the part among its kind, plus one.
    """

    def __init__(self, faults: "tuple[Fault, ...]") -> None:
        super().__init__("\n".join(fault.reason for fault in faults))
        self.faults = faults


class AnsweredError(InputError):
    """Say that a report has been answered before."""


class SettingError(SosdirError):
    """Say which setting is bad, and what it should be."""


class ServingError(SosdirError):
    """Say why the site is not served, or no longer."""


class DatabaseError(SosdirError):
    """Say that the database is missing, locked or of another version, and what to do."""


class SealError(SosdirError):
    """Say that a file cannot be encrypted or opened, and why."""


class FreezeError(SosdirError):
    """Say why the site cannot be frozen; what was frozen before stands as it was."""


class GeocodingError(SosdirError):
    """Say that the online geocoder cannot be reached, or not be understood."""


class SecretKeyError(SosdirError):
    """Say that the secret of this installation cannot be had, and what to do."""


class AccountError(InputError):
    """Say, in words for the admin, why an account cannot be made or changed so."""


class PasskeyError(InputError):
    """Say that what a browser sent proves no passkey."""
