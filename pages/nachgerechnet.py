"""Nachgerechnet: does CX-Explorer come to the numbers that the literature prints?"""

from cx.language import _
from cx.report import worked as told
from cx.ui import data, furniture, navigation, worked

navigation.enter()
checks = data.worked()
furniture.plain_title(
    _("Nachgerechnet"),
    _("Beispiele aus der Literatur, neu gerechnet mit den Funktionen, aus denen auch jede Zahl Ihrer Daten kommt"),
)
furniture.chapter(
    told.finding(checks),
    _("✓ heißt: höchstens eine halbe Einheit der letzten gedruckten Stelle entfernt (bei der Asymmetrie 0,015)."),
)
worked.show(checks)
