"""Pack the published facts as a Tabular Data Package in one file."""

from __future__ import annotations

import io
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from sosdir.exporting import package_files
from sosdir.models import DataPackage

# The first that a zip can name. With it the same facts are the same bytes on every day.
_ALWAYS = (1980, 1, 1, 0, 0, 0)
_READABLE = 0o644 << 16


def package_zip(package: DataPackage) -> bytes:
    """Return a data package as a zip, the same bytes for the same facts.

    Args:
        package: of published facts.
    """
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED, compresslevel=9) as archive:
        for name, text in sorted(package_files(package).items()):
            member = ZipInfo(name, _ALWAYS)
            member.compress_type = ZIP_DEFLATED
            member.external_attr = _READABLE
            # Named as made on Unix wherever it is made.
            member.create_system = 3
            archive.writestr(member, text)
    return out.getvalue()
