"""What the uploads hold, and how good it is (Datenbestand): completeness, languages, dates, doubles, texts, what was masked or left out."""

from dataclasses import dataclass

import pandas as pd

from cx.store import Store

PARTS = ("text", "rating", "nps", "date", "channel", "product", "location")
OF_ALL = {**{f"with_{part}": f"{part}_share" for part in PARTS}, "star_only": "star_only_share"}
COUNTS = ("n", *OF_ALL, "text_deleted", "before_2000", "in_future", "same_text")
MAPS = ("masked", "doubtful")


@dataclass(frozen=True, eq=False)
class Stock:
    """The uploads and the whole.

    `uploads`: one row per upload, newest first. What it once was: batch, demo, source, file_name, imported_at, undone (bool), preset,
    privacy_rules, text_model, taxonomy; rows, added, updated, duplicates (unchanged), rejected, left_out; masked, doubtful (dicts: kind
    -> places or responses). What of it is stored, all versions: n; text_share, rating_share, nps_share, date_share, channel_share,
    product_share, location_share, star_only_share (0 … 1 of n; a text that was deleted is no text); with_… and star_only as counts;
    text_deleted, before_2000, in_future (counts); same_text (count) and same_text_share (of feedback with text: another has the same, letter
    for letter); text_median, text_p90 (characters); languages (dict: code -> feedbacks, most frequent first).
    `total`: the same of the feedback that counts now, all uploads together; rows, added … and the dicts are sums over uploads that
    are not undone. Shares of nothing are NaN.
    """

    uploads: pd.DataFrame
    total: pd.Series


def stock(store: Store) -> Stock:
    """What every upload holds, and the whole; without uploads a frame without rows, and a total of zeros."""
    held = _shared(store.frame("stock").set_index("batch"))
    held["languages"] = _languages(store.frame("stock_languages")).reindex(held.index)
    once = store.frame("stock_uploads").set_index("batch")
    once = once.assign(undone=once["undone_at"].notna(), **{name: once[name].map(_counts) for name in MAPS}).drop(
        columns="undone_at"
    )
    uploads = once.join(held[held.index.notna()]).pipe(_filled)
    return Stock(uploads.reset_index(), _total(uploads, held[held.index.isna()]))


def _shared(held: pd.DataFrame) -> pd.DataFrame:
    n, texts = held["n"].where(held["n"] > 0), held["with_text"].where(held["with_text"] > 0)
    shares = {share: held[count] / n for count, share in OF_ALL.items()}
    return held.assign(**shares, same_text_share=held["same_text"] / texts)


def _filled(uploads: pd.DataFrame) -> pd.DataFrame:
    """Uploads of which nothing is stored any more hold zero."""
    zeros = uploads[list(COUNTS)].fillna(0).astype("int64")
    return uploads.assign(**zeros, languages=uploads["languages"].map(_counts))


def _languages(found: pd.DataFrame) -> pd.Series:
    """batch -> dict of languages; the whole has the key NA."""
    parts = {
        batch: dict(zip(rows["language"], rows["n"], strict=True))
        for batch, rows in found.groupby("batch", dropna=False)
    }
    return pd.Series(parts, dtype=object)


def _counts(listed: object) -> dict[str, int]:
    return {str(kind): int(n) for kind, n in listed.items()} if isinstance(listed, dict) else {}


def _total(uploads: pd.DataFrame, whole: pd.DataFrame) -> pd.Series:
    counting = uploads[~uploads["undone"].astype(bool)]
    sums = counting[["rows", "added", "updated", "duplicates", "rejected", "left_out"]].sum()
    held = whole.pipe(_filled).iloc[0] if len(whole) else pd.Series(dict.fromkeys(COUNTS, 0))
    dicts = pd.Series({name: _summed(counting[name]) for name in MAPS}, dtype=object)
    return pd.concat([sums, held, dicts])


def _summed(listed: pd.Series) -> dict[str, int]:
    kinds = dict.fromkeys(kind for each in listed for kind in each)
    return {kind: sum(each.get(kind, 0) for each in listed) for kind in kinds}
