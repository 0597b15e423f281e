"""What a query that people write may consist of: one SELECT over known views, with known functions.

DuckDB parses the text and gives its tree; everything in the tree that is not listed here is refused. So a function that a later DuckDB
adds is refused until somebody has looked at it.
"""

import json
import math
from dataclasses import dataclass
from typing import Any

from cx.errors import QueryError
from cx.language import _


def _words(*lists: str) -> frozenset[str]:
    return frozenset(" ".join(lists).split())


LONGEST = 20_000  # characters of a query
GROWTH = 64  # times that a text of the data may grow within one query: memory is limited between steps, not within one
CLASSES = _words(
    "BETWEEN CASE CAST COLLATE COLUMN_REF COMPARISON CONJUNCTION CONSTANT FUNCTION OPERATOR POSITIONAL_REFERENCE STAR SUBQUERY TYPE "
    "WINDOW",
)
TYPES = _words(
    "SELECT_NODE SET_OPERATION_NODE CTE_NODE BASE_TABLE JOIN SUBQUERY TABLE_FUNCTION EXPRESSION_LIST EMPTY PIVOT ORDER_MODIFIER LIMIT_MODIFIER "
    "LIMIT_PERCENT_MODIFIER DISTINCT_MODIFIER ORDER_DEFAULT ASCENDING DESCENDING",
)  # no RECURSIVE_CTE_NODE: it grows without end; no SHOW_REF: it describes what is not listed; no DELETE_QUERY_NODE and its like
OPERATORS = "+ - * / // % ** ^ & | ~ << >> || ~~ !~~ ~~* !~~* ~~~ = == <> != < > <= >= ^@"
NUMBERS = (
    "abs acos asin atan atan2 cbrt ceil ceiling cos degrees even exp fdiv floor fmod gcd greatest isfinite isinf isnan lcm least ln log log10 "
    "log2 mod pi pow power radians random round round_even sign sin sqrt tan trunc xor hash"
)
TEXTS = (  # no repeat, lpad, format: they make what memory cannot hold; no levenshtein: some minutes between two interrupts
    "ascii bit_length char_length character_length chr contains ends_with instr lcase left length "
    "like_escape ilike_escape not_like_escape not_ilike_escape lower ltrim md5 nfc_normalize ord "
    "position prefix regexp_extract regexp_extract_all regexp_full_match regexp_matches replace reverse right rtrim split split_part "
    "starts_with str_split string_split strip_accents strlen strpos substr substring suffix trim ucase unicode upper"
)
DATES = (
    "age century current_date date_add date_diff date_part date_sub date_trunc datediff datepart datesub datetrunc day dayname dayofmonth "
    "dayofweek dayofyear days_in_month decade epoch epoch_ms hour isodow isoyear last_day make_date make_timestamp microsecond millisecond "
    "minute month monthname now quarter second strftime strptime time_bucket timezone to_days to_hours to_minutes to_months to_quarters to_seconds "
    "to_weeks to_years today try_strptime week weekday weekofyear year yearweek"
)
LISTS = (
    "array_contains array_extract array_length array_slice cardinality element_at len list_avg list_contains list_count list_element "
    "list_extract list_has list_has_all list_has_any list_max list_median list_min list_position list_slice list_sum list_value map "
    "map_extract map_keys map_values row struct_extract struct_pack unnest"
)
AGGREGATES = (
    "any_value approx_count_distinct approx_quantile arg_max arg_min argmax argmin avg bit_and bit_or bool_and bool_or corr count count_if "
    "count_star countif covar_pop covar_samp entropy favg first fsum geomean kurtosis last mad max max_by mean median min min_by mode product "
    "quantile quantile_cont quantile_disc regr_avgx regr_avgy regr_count regr_intercept regr_r2 regr_slope regr_sxx regr_sxy regr_syy "
    "sem skewness stddev stddev_pop stddev_samp sum sumkahan var_pop var_samp variance weighted_avg wavg"
)
WINDOWS = (
    "cume_dist dense_rank fill first_value lag last_value lead nth_value ntile percent_rank rank rank_dense row_number"
)
OTHERS = "coalesce concat concat_ws if ifnull nullif typeof grouping"
FUNCTIONS = _words(OPERATORS, NUMBERS, TEXTS, DATES, LISTS, AGGREGATES, WINDOWS, OTHERS)
TABLE_FUNCTIONS = frozenset(
    {"range", "generate_series", "unnest"}
)  # the first two not as values: a list of 10⁸ cannot be interrupted
NEVER = "CTE_MATERIALIZE_NEVER"  # forty of them, each naming the one before twice, are a plan of 2⁴⁰ parts
GROWING = frozenset({"||", "concat", "concat_ws", "list_value", "struct_pack", "row", "map"})


@dataclass(frozen=True)
class Reachable:
    """The names that stand for rows: of views, and of macros over them."""

    views: frozenset[str]
    macros: frozenset[str]


def refuse_all_but_reading(serialized: str, reachable: Reachable) -> None:
    """Raise QueryError unless `serialized` (DuckDB's json_serialize_sql) is one SELECT over what is reachable."""
    try:
        found = json.loads(serialized)
        if found["error"]:
            raise _unreadable(found)
        if len(found["statements"]) != 1:
            raise QueryError(_("Hier läuft immer nur eine Abfrage auf einmal. Löschen Sie alles bis auf ein SELECT."))
        walk = _Walk(reachable)
        walk.node(found["statements"][0], reachable.views)
    except RecursionError as error:
        raise QueryError(_("Diese Abfrage ist zu tief geschachtelt.")) from error
    if walk.growth > GROWTH:
        message = _("Diese Abfrage hängt Texte zu oft aneinander. Höchstens sechs Verkettungen mit || sind möglich.")
        raise QueryError(message)


def _unreadable(found: dict[str, Any]) -> QueryError:
    if found["error_type"] == "not implemented":
        return QueryError(_("Hier wird nur gelesen: Möglich ist eine Abfrage, die mit SELECT, FROM oder WITH beginnt."))
    return QueryError(_("Diese Abfrage ist kein gültiges SQL."), found["error_message"])


class _Walk:
    """Goes through a tree, with the names that stand for rows where it is, and multiplies how far texts can grow."""

    def __init__(self, reachable: Reachable) -> None:
        self._reachable = reachable
        self.growth = 1

    def node(self, part: Any, names: frozenset[str]) -> None:
        """Raise QueryError for anything in `part` that is not listed."""
        if isinstance(part, list):
            for item in part:
                self.node(item, names)
        elif isinstance(part, dict):
            self._checked(part)
            if part.get("type") == "BASE_TABLE":
                self._table(part, names)
            elif part.get("type") == "TABLE_FUNCTION":
                self._table_function(part, names)
            elif part.get("class") in ("FUNCTION", "WINDOW"):
                self._function(part)
            names = self._with_ctes(part, names)
            for key, item in part.items():
                if key not in ("cte_map", "function" if part.get("type") == "TABLE_FUNCTION" else ""):
                    self.node(item, names)

    def _checked(self, part: dict[str, Any]) -> None:
        kind, allowed = (part["class"], CLASSES) if "class" in part else (part.get("type"), TYPES)
        hidden = part.get("at_clause") or part.get("pivot_enum") or part.get("materialized") == NEVER
        if hidden or (isinstance(kind, str) and kind not in allowed):
            raise QueryError(_("Diese Art von Abfrage ist hier nicht möglich: {kind}.").format(kind=kind or NEVER))

    def _with_ctes(self, part: dict[str, Any], names: frozenset[str]) -> frozenset[str]:
        """The names of a query's own WITH; each is known to those after it only."""
        for entry in (part.get("cte_map") or {}).get("map", ()):
            self.node(entry["value"], names)
            names |= {entry["key"].lower()}
        return names

    def _table(self, part: dict[str, Any], names: frozenset[str]) -> None:
        path = part["qualified_name"]["path"]
        if len(path) != 1 or part["catalog_name"] or part["schema_name"] or part["table_name"].lower() not in names:
            views = ", ".join(sorted(self._reachable.views))
            message = _("„{name}“ lässt sich hier nicht abfragen. Möglich sind: {views}.")
            raise QueryError(message.format(name=".".join(path)[:60], views=views))

    def _table_function(self, part: dict[str, Any], names: frozenset[str]) -> None:
        function = part["function"]
        self._named(function, self._reachable.macros | TABLE_FUNCTIONS)
        self.node(function["arguments"], names)

    def _function(self, part: dict[str, Any]) -> None:
        name = self._named(part, FUNCTIONS)
        arguments = [argument["expression"] for argument in part["arguments"]]
        if name in GROWING:
            self.growth *= max(1, sum(_varies(argument) for argument in arguments))
        if name == "replace" and not _shrinks(arguments):
            message = _("replace ist nur mit festen Texten möglich, und der neue darf nicht länger sein als der alte.")
            raise QueryError(message)

    def _named(self, part: dict[str, Any], allowed: frozenset[str]) -> str:
        path, name = part["qualified_name"]["path"], part["function_name"].lower()
        if len(path) != 1 or part["schema"] or part["catalog"] or name not in allowed:
            message = _("Die Funktion „{name}“ ist hier nicht möglich.")
            raise QueryError(message.format(name=".".join(path)[:60]))
        return name


def _varies(part: Any) -> bool:
    """Whether a value depends on the data."""
    if isinstance(part, list):
        return any(map(_varies, part))
    if not isinstance(part, dict):
        return False
    return part.get("class") in ("COLUMN_REF", "SUBQUERY", "STAR", "POSITIONAL_REFERENCE") or _varies(
        list(part.values())
    )


def _shrinks(arguments: list[dict[str, Any]]) -> bool:
    """Whether a replacement is a constant, and not longer than what it replaces."""
    lengths = [len(str(a["literal"].get("text", ""))) if a["class"] == "CONSTANT" else math.nan for a in arguments[1:]]
    return len(lengths) == 2 and lengths[1] <= lengths[0]
