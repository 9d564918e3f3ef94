"""Open and verify a data package; knows nothing of statistics or of charts."""

from analysis.package.codes import FORMAT_VERSION, NO_ANSWER, SEPARATOR
from analysis.package.contents import Codebook, Design, Edition, Item, Package
from analysis.package.opening import open_package
from analysis.package.problems import AnalysisError, PackageError, Problem

__all__ = [
    "FORMAT_VERSION",
    "NO_ANSWER",
    "SEPARATOR",
    "AnalysisError",
    "Codebook",
    "Design",
    "Edition",
    "Item",
    "Package",
    "PackageError",
    "Problem",
    "open_package",
]
