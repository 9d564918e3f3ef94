"""Names as other programs want them: beginning with a letter or ``_``.

Ours may begin with a digit; ``_`` in front of one is put there and taken away again.
"""

from __future__ import annotations

import re

_REFERENCE = re.compile(r"\$\{\s*([0-9][a-z0-9_]*)\s*\}")
_WRITTEN = re.compile(r"\$\{_([0-9][a-z0-9_]*)\}")


def written(name: str) -> str:
    """A name for other programs."""
    return f"_{name}" if name[:1].isdigit() else name


def read(name: str) -> str:
    """The name that was written so."""
    return name[1:] if name[:1] == "_" and name[1:2].isdigit() else name


def written_in(source: str) -> str:
    """An expression with all its names for other programs."""
    return _REFERENCE.sub(lambda match: f"${{_{match[1]}}}", source)


def read_in(source: str) -> str:
    """The expression that was written so."""
    return _WRITTEN.sub(lambda match: f"${{{match[1]}}}", source)
