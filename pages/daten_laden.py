"""Daten laden: which file, what do its columns mean, and what has come in?"""

from cx.language import _
from cx.ui import furniture

furniture.plain_title(_("Daten laden"), "")
