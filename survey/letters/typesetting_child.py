"""Run apart by ``typesetting``: data from standard input, a PDF to standard output.

Stands alone and imports nothing of ours; codes pass through its memory and never
through a file.
"""

from __future__ import annotations

import resource
import sys

import typst

REFUSED = 3
"""Status of a sheet that typst will not draw; its reason is on standard error."""


def main() -> int:
    """Arguments: template, bytes of memory, seconds of computing, folders of fonts."""
    template, memory, seconds = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    data = sys.stdin.buffer.read().decode("utf-8")
    try:
        compiler = typst.Compiler(
            template,
            root=template.rpartition("/")[0],
            font_paths=sys.argv[4:],
            ignore_system_fonts=True,
            sys_inputs={"data": data},
        )
        drawn = compiler.compile(format="pdf", pdf_standards="ua-1")
    except typst.TypstError as error:
        sys.stderr.write(error.message)
        return REFUSED
    assert isinstance(drawn, bytes)  # noqa: S101 - one PDF, whatever typst could give
    sys.stdout.buffer.write(drawn)
    return 0


if __name__ == "__main__":
    sys.exit(main())
