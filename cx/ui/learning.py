"""Beside an upload: what its own ratings teach about words, checked first, then applied or taken back."""

import pandas as pd
import streamlit as st

from cx.ingest.adjusting import Proposal
from cx.language import _, day, interval, ngettext, number
from cx.stats.estimate import Estimate
from cx.ui import data, markup

FOUND, ASKED = "learning_found", "learning_asked"
CHECK, APPLY, WITHDRAW = "check", "apply", "withdraw"
WORDS_SHOWN = 10


def offered(batch: int) -> None:
    """A closed box under an upload that has enough rated texts, or has learned already; nothing under any other."""
    uploads = data.rated_batches()
    mine = uploads[uploads["batch"] == batch]
    if mine.empty or not (mine["enough"].iloc[0] or pd.notna(mine["learned_at"].iloc[0])):
        return
    with st.expander(_("Aus den eigenen Sternen lernen"), key=f"learn_{batch}"):
        _box(batch, mine.iloc[0])


def _box(batch: int, upload: pd.Series) -> None:
    what = _(
        "Die App prüft, ob die Bewertungen dieses Uploads lehren, wie seine Kunden Wörter meinen, und rückt diese Wörter ein wenig "
        "zurecht. Das ändert Polarität und Stimmung seiner Texte; Säulen, Touchpoints und Treiber bleiben unberührt."
    )
    st.html(markup.grey(what))
    applied = pd.notna(upload["learned_at"])
    if applied:
        text = _("Angewandt am {day}, gelernt aus {n} bewerteten Texten.")
        st.html(markup.notice(text.format(day=day(upload["learned_at"]), n=number(upload["learned_from"]))))
    found, asked = _known(batch), st.session_state.get(f"{ASKED}_{batch}", "")
    with st.container(horizontal=True, key=f"learn_actions_{batch}"):
        if upload["enough"]:
            _button(batch, CHECK, _("Prüfen"))
        if found is not None and found.applicable:
            _button(batch, APPLY, _("Anwenden"), "primary")
        if applied:
            _button(batch, WITHDRAW, _("Gelerntes zurücknehmen"))
    if asked:
        _answer(batch, asked)
    if found is not None:
        _show(found)


def _button(batch: int, action: str, label: str, kind: str = "secondary") -> None:
    st.button(label, key=f"learn_{action}_{batch}", type=kind, on_click=_ask, args=(batch, action))


def _ask(batch: int, action: str) -> None:
    st.session_state[f"{ASKED}_{batch}"] = action


def _known(batch: int) -> Proposal | None:
    """What was found by this session, for the data as they are now."""
    version, found = st.session_state.get(FOUND, {}).get(batch, (None, None))
    return found if version == data.workspace().version() else None


def _answer(batch: int, asked: str) -> None:
    """Do what was asked, then draw the page anew. Where another rerun cuts in, the next one begins it again."""
    try:
        told = ACTIONS[asked](batch)
    except Exception:
        _forget(batch)
        raise
    _forget(batch)
    if told:
        st.toast(told)
    st.rerun()


def _forget(batch: int) -> None:
    st.session_state.pop(f"{ASKED}_{batch}", None)


def _check(batch: int) -> str:
    found = data.workspace().propose_adjustment(batch, _progress())
    st.session_state.setdefault(FOUND, {})[batch] = data.workspace().version(), found
    return ""


def _apply(batch: int) -> str:
    n = data.workspace().apply_adjustment(batch, _progress())
    return ngettext("{n} Feedback neu gelesen", "{n} Feedbacks neu gelesen", n).format(n=number(n))


def _withdraw(batch: int) -> str:
    n = data.workspace().withdraw_adjustment(batch, _progress())
    return ngettext("{n} Feedback wie zuvor gelesen", "{n} Feedbacks wie zuvor gelesen", n).format(n=number(n))


ACTIONS = {CHECK: _check, APPLY: _apply, WITHDRAW: _withdraw}


def _progress() -> "object":
    bar = st.progress(0.0, text=_("Die Texte werden gelesen …"))

    def tell(done: int, total: int, what: str) -> None:
        text = _("{what}: {done} von {total}").format(what=what, done=number(done), total=number(total))
        bar.progress(min(done / total, 1.0) if total else 1.0, text=text)

    return tell


def _show(found: Proposal) -> None:
    gain = found.gain
    title = (
        _("Gesichert: Texte, aus denen nicht gelernt wurde, werden besser gelesen")
        if found.applicable
        else _("Kein gesicherter Gewinn, deshalb bleibt alles, wie es ist")
    )
    note = _("In fünf Teilen geprüft, jeder mit dem Gelernten aus den anderen vier; in Klammern das 95-%-Intervall")
    st.html(markup.section(title, note))
    learned = [
        ngettext("{n} bewerteter Text", "{n} bewertete Texte", found.feedbacks).format(n=number(found.feedbacks))
    ]
    if found.corrections:
        text = ngettext("{n} berichtigte Aussage", "{n} berichtigte Aussagen", found.corrections)
        learned.append(text.format(n=number(found.corrections)))
    pairs = [
        (_("Gelernt aus"), ", ".join(learned)),
        (_("Geprüft an"), _("{n} guten oder schlechten Bewertungen").format(n=number(gain.gain.n))),
        (_("Gewinn je Feedback (log)"), _estimate(gain.gain, 4, signed=True)),
        (_("Trennschärfe (AUC)"), f"{_estimate(gain.auc_before, 3)} → {_estimate(gain.auc_after, 3)}"),
        (_("Richtig gelesene Seite"), f"{_share(gain.right_before)} → {_share(gain.right_after)}"),
    ]
    st.html(markup.facts(pairs))
    if len(found.words):
        st.html(
            markup.section(_("Diese Wörter bewegt es am meisten"), _("1 ist so viel wie ein deutlich wertendes Wort"))
        )
        st.dataframe(_words(found.words), hide_index=True, width="content", key=f"learn_words_{found.batch}")


def _estimate(found: Estimate, digits: int, *, signed: bool = False) -> str:
    return f"{number(found.value, digits, signed=signed)} ({interval(found.low, found.high, digits, signed=signed)})"


def _share(found: Estimate) -> str:
    return f"{number(100 * found.value, 1)} % ({interval(100 * found.low, 100 * found.high, 1)} %)"


def _words(moved: pd.DataFrame) -> pd.DataFrame:
    shown = moved.head(WORDS_SHOWN)
    return pd.DataFrame(
        {
            _("Wort"): shown["word"],
            _("Richtung"): [_("▲ besser") if shift > 0 else _("▼ schlechter") for shift in shown["shift"]],
            _("Ausschlag"): [number(shift, 2, signed=True) for shift in shown["shift"]],
            _("Texte"): [number(n) for n in shown["n"]],
        }
    )
