"""What a reader is told of the weights: how, at what price, what they change.

Knows no weight of anybody, only what the gate says of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from analysis.charts import Words
from analysis.disclosure import Change, Correction
from analysis.language import Language
from analysis.report import ends
from analysis.report.labels import Labels
from analysis.report.phrases import Phrases

ENDS = ("top2", "bottom2")


class Weighting:
    """Sentences about the weights of one survey in one language."""

    def __init__(self, correction: Correction, labels: Labels) -> None:
        self.correction = correction
        self.labels = labels
        self.language: Language = labels.language
        self.phrases = Phrases(labels.language)

    def lines(self) -> list[str]:
        """Everything there is to say, in its order."""
        if self.correction.is_applied:
            return [*self._applied(), *self._unused()]
        return [*self._refused(), *self._unused()]

    def _applied(self) -> Iterator[str]:
        _ = self.language.gettext
        text = _(
            "The answers are weighted by totals of the register; weighted shares stand "
            "beside the others, counts are never weighted. Weighted by: %(variables)s"
        )
        yield text % {"variables": self._variables(self.correction.variables)}
        yield _(
            "Not corrected for: language, migration, household, unless named above. "
            "Registers of residents usually know none of them."
        )
        yield self._cost()
        text = _(
            "An answer counts at least %(least)s times and at most %(most)s times as "
            "much as the average one."
        )
        yield text % {
            "least": self._decimal(self.correction.least),
            "most": self._decimal(self.correction.most),
        }
        yield self._totals()
        yield from self._blank()
        yield self._changed()
        yield _(
            "The ranges of uncertainty take people one by one: where several of one "
            "household answered, they are a little too narrow."
        )

    def _cost(self) -> str:
        """The price of the weights; the light in words."""
        _ = self.language.gettext
        lights = {
            "green": _(
                "The weights cost little: the answers say as much as about %(count)s "
                "without weights (design effect %(effect)s)."
            ),
            "yellow": _(
                "The weights cost precision: the answers say as much as about "
                "%(count)s without weights (design effect %(effect)s). Read small "
                "differences with care."
            ),
            "red": _(
                "The weights cost half of the answers or more: they say as much as "
                "about %(count)s without weights (design effect %(effect)s). Read "
                "weighted shares with great care."
            ),
        }
        return lights[self.correction.light] % {
            "count": self.phrases.count(self.correction.n_eff),
            "effect": self._decimal(self.correction.deff),
        }

    def _totals(self) -> str:
        """Whether the totals were reached, and by how much they were missed."""
        _ = self.language.gettext
        percent = self.language.percent
        text = _("%(groups)s: %(weighted)s instead of %(target)s")
        missed = [
            self.phrases.detailed(
                self.labels.variable(total.variable),
                text
                % {
                    "groups": self._groups(total.variable, total.groups),
                    "weighted": self.language.isolate(percent(total.weighted)),
                    "target": self.language.isolate(percent(total.target)),
                },
            )
            for total in self.correction.totals
            if total.is_missed
        ]
        if not missed:
            return _("All totals of the register are met, to the percent.")
        text = _("So that nobody counts too much, these totals are missed: %(totals)s")
        return text % {"totals": self.phrases.listed(missed)}

    def _blank(self) -> Iterator[str]:
        text = self.language.gettext(
            "About %(count)s answers are not corrected for “%(variable)s”: it is not "
            "known of them."
        )
        for variable, count in self.correction.blank.items():
            yield text % {
                "count": self.phrases.count(count),
                "variable": self.labels.variable(variable),
            }

    def _changed(self) -> str:
        """The questions that changed most, with both shares."""
        _ = self.language.gettext
        changes = self.correction.changed
        if not changes:
            return _("With weights no share looks different.")
        text = _("With weights these change most: %(questions)s")
        named = [self._change(change) for change in changes]
        return text % {"questions": self.phrases.listed(named)}

    def _change(self, change: Change) -> str:
        text = self.language.gettext(
            "%(answer)s: %(weighted)s weighted, %(share)s unweighted"
        )
        isolate, percent = self.language.isolate, self.language.percent
        detail = text % {
            "answer": self._answer(change),
            "weighted": isolate(percent(change.weighted)),
            "share": isolate(percent(change.share)),
        }
        return self.phrases.detailed(self._question(change.item), detail)

    def _question(self, name: str) -> str:
        """A question; the row of a battery by what it is about."""
        item = self.labels.codebook.item(name)
        is_row = item.kind == "battery" and bool(item.field)
        return self.labels.field(item.field) if is_row else self.labels.item(name)

    def _answer(self, change: Change) -> str:
        item = self.labels.codebook.item(change.item)
        if change.statistic not in ENDS:
            known = self.labels.options(item)
            return known.get(change.category, change.category)
        end = ends.favourable if change.statistic == "top2" else ends.unfavourable
        words = Words(categories=self.labels.options(item))
        return ends.named(end(item), words, self.language)

    def _refused(self) -> Iterator[str]:
        _ = self.language.gettext
        state = self.correction.state
        if state == "open":
            yield _(
                "The figures are not weighted: with open participation, weights would "
                "promise more than they can keep."
            )
            return
        if state == "no_totals":
            yield _("The figures are not weighted: no totals of a register were given.")
            return
        yield _("The figures are not weighted: no weights reach the given totals.")
        reasons = self._reasons()
        yield from (reasons[reason] for reason in self.correction.reasons)
        yield from self._cures()

    def _reasons(self) -> Mapping[str, str]:
        _ = self.language.gettext
        beyond = _(
            "In at least one group an answer would have to count more than %(most)s "
            "times, or less than %(least)s times, as much as the average one."
        )
        return {
            "empty cell": _(
                "Of at least one group too few people answered, or the register has "
                "nobody."
            ),
            "unequal totals": _(
                "The totals of two questions add up to different numbers of people."
            ),
            "unreachable bound": beyond
            % {"least": self._decimal(0.3), "most": self._decimal(3.0)},
            "no convergence": _(
                "For those who answered, the totals contradict each other."
            ),
        }

    def _cures(self) -> Iterator[str]:
        """What to take together, or to do without; it was tried."""
        _ = self.language.gettext
        whole = self.correction.whole
        together = [
            self.phrases.detailed(
                self.labels.variable(variable), self._groups(variable, group)
            )
            for variable, groups in self.correction.merges.items()
            for group in groups
            if variable not in whole
        ]
        if together:
            text = _("With these groups taken together it works: %(groups)s")
            yield text % {"groups": self.phrases.listed(together)}
        if whole:
            text = _("Without these totals it works: %(variables)s")
            yield text % {"variables": self._variables(whole)}

    def _unused(self) -> Iterator[str]:
        if self.correction.unused:
            text = self.language.gettext(
                "Totals that belong to no question about people were not used: "
                "%(names)s"
            )
            names = ", ".join(self.correction.unused)
            yield text % {"names": self.language.isolate(names)}

    def _variables(self, names: Sequence[str]) -> str:
        return self.phrases.listed([self.labels.variable(name) for name in names])

    def _groups(self, variable: str, groups: Sequence[str]) -> str:
        known = self.labels.groups(variable)
        return " + ".join(known.get(group, group) for group in groups)

    def _decimal(self, value: float) -> str:
        return self.language.isolate(self.language.number(value, 1))


def weighting(correction: Correction | None, labels: Labels) -> list[str]:
    """What there is to say of the weights; nothing where nothing is published."""
    return Weighting(correction, labels).lines() if correction else []
