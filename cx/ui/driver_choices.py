"""What the page of drivers lets choose: the predictors, and which part of the answer is shown. Both stand in the address."""

from cx.language import _
from cx.model.kpi import Predictors
from cx.ui import address, choose
from cx.ui.address import Part


def predictors() -> str:
    """What the outcome is explained with."""
    names = {
        Predictors.PILLARS: _("Säulen"),
        Predictors.TOUCHPOINTS: _("Touchpoints"),
        Predictors.ITEMS: _("Umfragefragen"),
    }
    return choose.one_of(_("Womit wird erklärt?"), Predictors, address.PREDICTORS, names.get)


def part() -> str:
    """Which part of the answer is shown."""
    names = {
        Part.IMPORTANCE: _("Wichtigkeit"),
        Part.EFFECTS: _("Effekte"),
        Part.SIDES: _("Verlust und Gewinn"),
        Part.WHAT_IF: _("Was wäre, wenn"),
        Part.CHECKS: _("Prüfung"),
    }
    return choose.one_of(_("Teil"), Part, address.PART, names.get)
