"""A reader who knows the weight of everybody beside all that is published.

It is told which groups each class of equal weight belongs to and how many people it
has; its own knowledge of the answers are the published figures alone.
"""

import pandas as pd

from analysis.weights import TRIM, rake
from tests.disclosure.attacker import CELLS, Attacker
from tests.disclosure.truth import SAID_NOTHING, _count

CLASS = "class"


class Weigher(Attacker):
    """Knows the weights of all classes and what their sums are said to be."""

    def told(self, survey, publication, variables):
        """Take in every published number, the weighted ones as well."""
        self.groups = shown(survey, publication, variables)
        self.variables = variables
        self.read(publication)
        self.weights = class_weights(survey, publication, self.groups)
        for table in publication.tables:
            if table.kind == "participation" or table.group_variable:
                continue
            weighted = table.figures.dropna(subset=["weighted_share"])
            for name in dict.fromkeys(weighted["item"]):
                self._classes(self.codebook.item(name))
                for figure in weighted[weighted["item"] == name].itertuples():
                    self._weighted(figure)
        return self

    def _classes(self, item):
        """Every class is part of its groups, and all together are everybody."""
        rows = {c: self._row(item, CLASS, c) for c in self.weights}
        sizes = self.groups.groupby("class").size()
        for name, row in rows.items():
            self.learn(self.unknown(*row, "base"), 0, int(sizes[name]))
        self._sums(item, rows, list(rows), (item.name, "", ""))
        for variable in self.variables:
            if not any(name[:2] == (item.name, variable) for name in self.names):
                continue
            of_class = self.groups.groupby("class")[variable].first()
            for group in of_class.unique():
                inside = [name for name in rows if of_class[name] == group]
                self._sums(item, rows, inside, (item.name, variable, group))

    def _sums(self, item, rows, inside, whole):
        kinds = ("first", "ranked") if item.kind == "rank" else ("share",)
        for part in [("base",), *((k, o) for k in kinds for o in item.options)]:
            terms = {self.unknown(*rows[name], *part): 1.0 for name in inside}
            self.exactly(terms | {self.unknown(*whole, *part): -1.0})

    def _weighted(self, figure):
        step = 0.05 if figure.base < 100 else 0.01
        item = self.codebook.item(figure.item)
        factors = self._factors(item, figure)
        for way in (-1, 1):
            edge = figure.weighted_share + way * (step / 2 + 1e-9)
            terms = {}
            for name, weight in self.weights.items():
                where = (item.name, CLASS, name)
                terms[self.unknown(*where, "base")] = -edge * weight * way
                for (kind, option), factor in factors.items():
                    terms[self.unknown(*where, kind, option)] = factor * weight * way
            self.never_more(terms)

    def _factors(self, item, figure):
        if figure.statistic in CELLS:
            return {(figure.statistic, figure.category): 1.0}
        best_first = item.low_to_high[::-1]
        size = 2 if len(best_first) >= 4 else 1
        top = dict.fromkeys((("share", c) for c in best_first[:size]), 1.0)
        bottom = dict.fromkeys((("share", c) for c in best_first[-size:]), 1.0)
        if figure.statistic == "top2":
            return top
        if figure.statistic == "bottom2":
            return bottom
        return top | dict.fromkeys(bottom, -1.0)


def shown(survey, publication, variables) -> pd.DataFrame:
    """The shown group of everybody by variable, and the class these make."""
    found = {}
    for variable in variables:
        codes = survey.responses[variable].astype("str")
        merged = publication.merges[variable]
        groups = codes.map(lambda code, m=merged: m.get(code, "other"))
        found[variable] = groups.where(~codes.isin(SAID_NOTHING), "nobody")
    table = pd.DataFrame(found)
    return table.assign(**{"class": table.agg("/".join, axis=1)})


def class_weights(survey, publication, groups) -> dict[str, float]:
    """Weights by the register, computed from what everybody can know."""
    margins = survey.margins.copy()
    margins["category"] = [
        publication.merges[row.variable].get(row.category, row.category)
        for row in margins.itertuples()
    ]
    margins = margins.groupby(["variable", "category"], as_index=False).sum()
    table = groups.drop(columns="class").replace("nobody", pd.NA)
    raked = rake(table, margins, bounds=TRIM)
    weights = raked.weights / raked.weights.mean()
    return weights.groupby(groups["class"]).first().to_dict()


def class_counts(survey, groups, items) -> dict[tuple[str, ...], int]:
    """True counts of every class, but for how many of it answered."""
    responses = survey.responses.astype("str")
    found = {}
    for item in items:
        for name in groups["class"].unique():
            inside = responses[groups["class"] == name]
            counted = _count(item, inside, {}, (item.name, CLASS, name))
            found |= {k: n for k, n in counted.items() if k[3] in CELLS}
    return found
