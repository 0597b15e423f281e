"""What all words and phrases of a statement add up to, and what its words judge: the sums that verdicts are made of."""

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp

from cx.text.cutting import Cut
from cx.text.judgements import Judgements
from cx.text.places import offsets, sums
from cx.text.verdicts import Sums
from cx.text.vocabulary import Said
from cx.text.weights import JUDGES, LEAN


@dataclass(frozen=True, eq=False)
class Tally:
    """What is said in the statements (s of them), in 1/1024."""

    sums: Sums  # (s,)
    about: np.ndarray  # (s × aspects) float, whole: what speaks for each aspect
    heard: np.ndarray  # (s,) bool: it holds a word that was learned


def tally(cut: Cut, said: Said, of_phrases: Said, phrased: np.ndarray, judgements: Judgements) -> Tally:
    """Sum up; `said` of the spellings, `of_phrases` of the phrases that were found, which stand in the statements `phrased`."""
    words = sp.csr_matrix((np.ones(len(cut.token)), cut.token, offsets(cut.counts)), shape=(len(cut), len(said.rows)))
    several = sp.csr_matrix(
        (np.ones(len(phrased)), (phrased, np.arange(len(phrased)))), shape=(len(cut), len(of_phrases.rows))
    )
    summed = words @ _columns(said)
    summed += several @ _columns(of_phrases)
    lean, judges, lean_mass, heard = summed[:, [LEAN, JUDGES, -2, -1]].astype(np.int64).T
    statement, amount = judgements.units.statement, judgements.amount
    total = lean + sums(statement, amount, len(cut))
    mass = lean_mass + sums(statement, np.abs(amount), len(cut))
    return Tally(Sums(judges, total, mass, cut.question), summed[:, JUDGES + 1 : -2], heard > 0)


def _columns(said: Said) -> np.ndarray:
    """What is summed: the bearing, how much it leans either way, and whether anything was learned (float, which sums exactly)."""
    lean = np.abs(said.bearing[:, LEAN].astype(np.float64))
    return np.column_stack((said.bearing, lean, said.rows["learned"]))
