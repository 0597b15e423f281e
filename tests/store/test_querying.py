"""A query that people write reads the views and nothing else, ends in time, and leaves the database as it was."""

import random
import threading
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import cx
from cx.errors import QueryError
from cx.model.filter import Filter
from cx.report import reproduce
from cx.store import Store, connection, querying
from cx.workspace import Workspace

EXPORT = (
    "Datum;Kanal;Kunde;Sterne;NPS;Kommentar\n"
    + "\n".join(
        f"{1 + n % 28:02}.0{1 + n % 9}.2026;{('Telefon', 'App', 'Filiale')[n % 3]};kunde{n % 40}@example.org;{1 + n % 5};{n % 11};"
        f"Das Paket {n} kam {('nie an', 'schnell', 'kaputt', 'spät')[n % 4]}. Die Beratung war gut."
        for n in range(120)
    )
    + "\n"
)
# What serves the import, and people's doings.
BASE_TABLES = ["reject", "mapping_memory", "audit", "correction", "adjustment", "schema_version"]


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    opened = cx.open(tmp_path_factory.mktemp("asked") / "cx.duckdb")
    opened.import_file(EXPORT.encode(), name="asked.csv")
    yield opened
    opened.close()


def dump(workspace: Workspace) -> dict[str, list[tuple]]:
    """Every row of every base table, as the store itself sees them."""
    with workspace._store.reading() as session:
        listed = session.frame(
            "SELECT table_name AS name FROM duckdb_tables() WHERE database_name = current_database()"
        )
        return {
            name: sorted(map(repr, session.frame(f"SELECT * FROM {name}").itertuples(index=False)))
            for name in listed["name"]
        }


# --- no way out

SECRET = "{secret}"
WRITING = [
    "INSERT INTO feedback SELECT * FROM feedback",
    "UPDATE feedback SET nps = 0",
    "DELETE FROM feedback",
    "DELETE FROM cx.main.feedback",
    "WITH gone AS (DELETE FROM feedback RETURNING *) FROM gone",
    'WITH gone AS (DELETE FROM "cx".main.feedback RETURNING *) SELECT * FROM gone',
    "WITH more AS (INSERT INTO feedback VALUES (1) RETURNING *) FROM more",
    "CREATE TABLE mine AS SELECT 1",
    "CREATE TEMP TABLE mine AS SELECT 1",
    "CREATE VIEW mine AS SELECT 1",
    "CREATE MACRO mine() AS 1",
    "CREATE OR REPLACE VIEW feedback AS SELECT 1",
    "CREATE SEQUENCE mine",
    "CREATE TYPE mine AS ENUM ('a')",
    "DROP TABLE feedback",
    "DROP VIEW feedback",
    "ALTER TABLE feedback ADD COLUMN mine INTEGER",
    "TRUNCATE feedback",
    "MERGE INTO feedback USING feedback f ON true WHEN MATCHED THEN DELETE",
    "SELECT 1; DELETE FROM feedback",
    "SELECT 1; SELECT 2",
    "BEGIN; SELECT 1",
    "COMMIT",
    "ROLLBACK",
    "CHECKPOINT",
    "FORCE CHECKPOINT",
    "VACUUM",
    "ANALYZE",
    "COMMENT ON TABLE feedback IS 'x'",
    "PREPARE p AS SELECT 1",
    "EXECUTE p",
    "DEALLOCATE p",
    "SELECT nextval('s')",
    "SELECT setseed(0.5)",
]
LEAVING = [
    "COPY feedback TO '{folder}/out.csv'",
    "COPY (SELECT 1) TO '{folder}/out.csv'",
    "COPY feedback FROM '{secret}'",
    "EXPORT DATABASE '{folder}/out'",
    "IMPORT DATABASE '{folder}'",
    "ATTACH '{folder}/other.duckdb' AS other",
    "DETACH cx",
    "USE cx",
    "INSTALL httpfs",
    "LOAD httpfs",
    "SET enable_external_access = true",
    "SET VARIABLE auswahl = NULL",
    "RESET memory_limit",
    "PRAGMA database_list",
    "PRAGMA enable_profiling",
    "CALL pragma_version()",
    "EXPLAIN SELECT 1",
    "EXPLAIN ANALYZE SELECT 1",
    "SELECT * FROM read_csv('{secret}')",
    "SELECT * FROM read_csv_auto('{secret}')",
    "SELECT * FROM read_parquet('{secret}')",
    "SELECT * FROM read_json('{secret}')",
    "SELECT * FROM read_duckdb('{secret}')",
    "SELECT content FROM read_text('{secret}')",
    "SELECT content FROM read_blob('{secret}')",
    "SELECT * FROM sniff_csv('{secret}')",
    "SELECT * FROM glob('{folder}/*')",
    "SELECT * FROM '{secret}'",
    'SELECT * FROM "{secret}"',
    "SELECT * FROM 'https://localhost/x.parquet'",
    "WITH a AS (FROM '{secret}') FROM a",
    "SELECT (SELECT count(*) FROM '{secret}')",
    "SELECT * FROM feedback WHERE id IN (SELECT a FROM '{secret}')",
    "SELECT 1 UNION ALL SELECT count(*) FROM '{secret}'",
    "SELECT * FROM feedback ORDER BY (SELECT max(a) FROM '{secret}')",
    "SELECT * FROM feedback LIMIT (SELECT max(a) FROM '{secret}')",
    "SELECT sum(nps) FILTER (WHERE nps > (SELECT max(a) FROM '{secret}')) FROM feedback",
    "SELECT * FROM range((SELECT max(a) FROM '{secret}'))",
    "SELECT * FROM selected((SELECT content FROM read_text('{secret}')))",
]
PRYING = [
    *(f"FROM {table}" for table in BASE_TABLES),
    *(f"FROM cx.main.{table}" for table in BASE_TABLES),
    *(f"FROM main.{table}" for table in BASE_TABLES),
    'FROM "REJECT"',
    "FROM cx.main.feedback",
    "FROM cx.feedback",
    "FROM main.feedback",
    'FROM "cx views".main.feedback',
    "TABLE audit",
    "SELECT * FROM query('FROM cx.main.reject')",
    "SELECT * FROM query_table('reject')",
    "SELECT * FROM query_table(['cx.main.reject'])",
    "SELECT * FROM seq_scan('reject')",
    "SELECT * FROM duckdb_secrets()",
    "SELECT * FROM duckdb_settings()",
    "SELECT * FROM duckdb_tables()",
    "SELECT * FROM duckdb_columns()",
    "SELECT * FROM duckdb_databases()",
    "SELECT * FROM duckdb_functions()",
    "SELECT * FROM duckdb_variables()",
    "SELECT * FROM duckdb_logs()",
    "SELECT * FROM duckdb_temporary_files()",
    "SELECT * FROM which_secret('x', 's3')",
    "SELECT * FROM pragma_table_info('feedback')",
    "SELECT * FROM pragma_storage_info('feedback')",
    "SELECT * FROM pragma_database_size()",
    "FROM duckdb_tables",
    "FROM pragma_database_list",
    "FROM sqlite_master",
    "FROM information_schema.tables",
    "FROM pg_catalog.pg_tables",
    "FROM pg_tables",
    "SHOW TABLES",
    "SHOW ALL TABLES",
    "SHOW DATABASES",
    "DESCRIBE feedback",
    "DESCRIBE cx.main.reject",
    "SUMMARIZE cx.main.reject",
    "FROM (DESCRIBE cx.main.reject)",
    "FROM (SHOW TABLES)",
    "FROM (SUMMARIZE reject)",
    "SELECT getenv('HOME')",
    "SELECT system.main.getenv('HOME')",
    "SELECT 'HOME'.getenv()",
    "SELECT current_setting('temp_directory')",
    "SELECT getvariable('auswahl')",
    "SELECT current_query()",
    "SELECT * FROM json_execute_serialized_sql('{{}}')",
    "SELECT json_serialize_plan('FROM reject')",
    "SELECT customer_key FROM feedback",
    "SELECT identity FROM feedback",
    "SELECT content FROM feedback",
    "SELECT customer_key FROM selected({filter})",
    "SELECT file_name FROM batch",
    "SELECT sha256, mapping FROM batch",
    "WITH reject AS (SELECT 1) SELECT * FROM (SELECT 1), cx.main.reject",
    "SELECT (WITH reject AS (SELECT 1) SELECT 1) FROM reject",
    "WITH a AS (FROM reject), reject AS (SELECT 1) FROM a",
    "SELECT * FROM (WITH reject AS (SELECT 1) FROM reject) JOIN reject ON true",
    "SELECT * FROM feedback AT (VERSION => 1)",
    "PIVOT feedback ON channel USING count(*)",
    "FROM (PIVOT reject ON line IN (1) USING count(*))",
    "UNPIVOT reject ON reason",
    "SELECT $1",
    "SELECT $filter",
    "SELECT ?",
]
EXHAUSTING = [
    "WITH RECURSIVE r AS (SELECT 'x' AS s UNION ALL SELECT s || s FROM r) SELECT max(length(s)) FROM r",
    "SELECT repeat('x', 4000000000)",
    "SELECT lpad('x', 2000000000, 'y')",
    "SELECT printf('%2000000000d', 1)",
    "SELECT format('{{:2000000000}}', 1)",
    "SELECT list_sort(range(50000000))",
    "SELECT list_resize([1], 4000000000)",
    "SELECT string_agg(text) FROM verbatim",
    "SELECT list(text) FROM verbatim",
    "SELECT replace(text, 'e', text) FROM verbatim",
    "SELECT replace(text, 'e', 'eee') FROM verbatim",
    "SELECT levenshtein(text, text) FROM verbatim",
    "SELECT sleep_ms(10000)",
    "SELECT g || g FROM (SELECT f || f AS g FROM (SELECT e || e AS f FROM (SELECT d || d AS e FROM (SELECT c || c AS d FROM "
    "(SELECT b || b AS c FROM (SELECT text || text AS b FROM verbatim))))))",
    "SELECT text || text AS a, a || a AS b, b || b AS c, c || c AS d, d || d AS e, e || e AS f, f || f AS g FROM verbatim",
    "WITH a AS NOT MATERIALIZED (SELECT 1 AS x), b AS NOT MATERIALIZED (FROM a, a a2) SELECT count(*) FROM b, b b2",
    "SELECT " + "(" * 5000 + "1" + ")" * 5000,
    "SELECT * FROM " + "(SELECT * FROM " * 1200 + "feedback" + ")" * 1200,
    "SELECT '" + "x" * 20_000 + "'",
]
ESCAPES = WRITING + LEAVING + PRYING + EXHAUSTING


@pytest.mark.parametrize("statement", ESCAPES, ids=lambda text: text[:60])
def test_a_query_that_does_more_than_read_the_views_is_refused(
    workspace: Workspace, tmp_path: Path, statement: str
) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("a,b\n1,geheim\n", encoding="utf-8")
    query = statement.format(secret=secret, folder=tmp_path, filter=reproduce.sql_literal(Filter().parameter()))
    with pytest.raises(QueryError) as refused:
        workspace.query(query)
    assert "geheim" not in refused.value.detail
    assert "Traceback" not in refused.value.detail
    assert list(tmp_path.iterdir()) == [secret]


def test_nothing_has_changed_after_every_attempt(workspace: Workspace, tmp_path: Path) -> None:
    before, version = dump(workspace), workspace.version()
    for statement in ESCAPES:
        with pytest.raises(QueryError):
            workspace.query(statement.format(secret=tmp_path / "s.csv", folder=tmp_path, filter="NULL"))
    assert dump(workspace) == before
    assert workspace.version() == version


def test_behind_the_check_the_session_itself_can_neither_write_nor_see_base_tables(workspace: Workspace) -> None:
    with workspace._store.reading() as session:
        session.visit(Filter())
        for table in BASE_TABLES:
            with pytest.raises(Exception, match="does not exist"):
                session.frame(f"FROM {table}")
    for writing in ("DELETE FROM cx.main.feedback", "CREATE TABLE mine (a INTEGER)"):
        with workspace._store.reading() as session:
            session.visit(Filter())
            with pytest.raises(Exception, match="read-only"):
                session.run(writing)


def test_functions_that_reach_out_are_on_no_list() -> None:
    reaching = {
        "getenv", "current_setting", "getvariable", "query", "query_table", "nextval", "read_csv", "read_text", "glob", "repeat", "lpad",
        "json_execute_serialized_sql", "sleep_ms", "pg_sleep", "write_log", "string_agg", "list", "in_search_path", "setseed", "printf", "format",
    }  # fmt: skip
    assert not reaching & (querying.FUNCTIONS | querying.TABLE_FUNCTIONS)


def test_every_listed_function_is_one_of_duckdb() -> None:
    with Store().reading() as session:
        known = set(session.frame("SELECT DISTINCT function_name AS name FROM duckdb_functions()")["name"])
    grammar = {"coalesce", "ifnull", "grouping", "=", "==", "<>", "countif", "position", "current_date", "<", ">"}
    assert not querying.FUNCTIONS - known - grammar


# --- what can be asked

ASKED = [
    "SELECT channel, count(*) AS n, avg(rating) FROM feedback GROUP BY channel ORDER BY n DESC",
    "FROM feedback SELECT channel, nps WHERE nps >= 9 LIMIT 5",
    "SELECT channel FROM feedback; -- mit Kommentar",
    "WITH a AS (SELECT channel, nps FROM auswahl), b AS (FROM a WHERE nps > 3) SELECT channel, count(*) FROM b GROUP BY ALL",
    "SELECT v.text[s.start + 1 : s.stop] FROM statement s JOIN verbatim v ON v.id = s.verbatim ORDER BY s.polarity LIMIT 3",
    "SELECT aspect, count(*) FROM mention WHERE dimension = 'pillar' GROUP BY aspect HAVING count(*) > 1",
    "SELECT strftime(date_trunc('month', submitted_at), '%Y-%m') AS m, count(*) FROM feedback GROUP BY m ORDER BY m",
    "SELECT unnest(string_split(lower(text), ' ')) AS wort, count(*) FROM verbatim GROUP BY wort ORDER BY 2 DESC LIMIT 9",
    "SELECT channel, rank() OVER (ORDER BY avg(nps)) FROM feedback GROUP BY channel",
    "SELECT * EXCLUDE (live) FROM feedback QUALIFY row_number() OVER (PARTITION BY channel ORDER BY submitted_at) = 1",
    "SELECT CASE WHEN nps >= 9 THEN 'P' WHEN nps <= 6 THEN 'D' ELSE 'N' END AS g, count(*) FROM feedback GROUP BY g",
    "FROM (PIVOT (SELECT channel, rating FROM feedback) ON rating IN (1, 5) USING count(*))",
    "UNPIVOT (SELECT effort, trust FROM feedback) ON effort, trust INTO NAME pillar VALUE score",
    "SELECT 1 UNION ALL SELECT 2 EXCEPT SELECT 3",
    "SELECT a.channel || ' – ' || a.source || ' – ' || a.kind || ' – ' || a.label FROM feedback a WHERE a.label IS NOT NULL",
    "SELECT i, count(f.id) FROM range(0, 11) r(i) LEFT JOIN feedback f ON f.nps = r.i GROUP BY i ORDER BY i",
    "SELECT extract(year FROM submitted_at), submitted_at + INTERVAL 1 DAY, CAST(now() AS DATE) IS NOT NULL FROM feedback LIMIT 1",
    "SELECT median(nps), quantile_cont(nps, 0.9), corr(nps, rating), arg_max(channel, nps) FROM feedback",
    "SELECT count(*) FROM feedback WHERE channel LIKE 'T%' OR channel ILIKE '%pp' AND regexp_matches(channel, '^A')",
    "VALUES (1, 'a'), (2, 'b')",
    "SELECT wording, avg(score) FROM answer JOIN question ON question.id = answer.question GROUP BY wording",
]


@pytest.mark.parametrize("statement", ASKED, ids=lambda text: text[:60])
def test_ordinary_queries_are_answered(workspace: Workspace, statement: str) -> None:
    assert isinstance(workspace.query(statement), pd.DataFrame)


def test_the_views_hold_live_feedback_alone_and_the_selection_what_is_selected() -> None:
    workspace = cx.open()
    workspace.import_file(EXPORT.encode(), name="a.csv")
    whole = workspace.query("SELECT count(*) AS n FROM feedback")["n"].item()
    chosen = Filter(channels=("App",), start=date(2026, 3, 1))
    counted = workspace.query("SELECT count(*) AS n FROM auswahl", chosen)["n"].item()
    assert counted == workspace.extent(chosen)["n"]
    assert 0 < counted < whole == workspace.extent()["n"]
    workspace.undo(1)
    for view in workspace.schema()["view"].unique():
        assert workspace.query(f"SELECT count(*) AS n FROM {view}")["n"].item() == 0, view


def test_two_visitors_ask_for_their_own_selections_at_once(workspace: Workspace) -> None:
    found: list[tuple[str, set[str]]] = []

    def ask(channel: str) -> None:
        for _turn in range(5):
            answer = workspace.query("SELECT DISTINCT channel FROM auswahl", Filter(channels=(channel,)), seconds=30)
            found.append((channel, set(answer["channel"])))

    threads = [threading.Thread(target=ask, args=(channel,)) for channel in ("App", "Telefon")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 10
    assert all(channels == {channel} for channel, channels in found)


def test_names_of_columns_stay_as_they_were_given(workspace: Workspace) -> None:
    answer = workspace.query('SELECT 1 AS "Größe (cm)", 2 AS n, 3 AS n, CAST(1.5 AS DECIMAL(9, 2)) AS "Anteil"')
    assert list(answer.columns) == ["Größe (cm)", "n", "n_2", "Anteil"]
    assert answer["Anteil"].dtype == float


def test_rows_beyond_the_limit_are_not_computed(workspace: Workspace) -> None:
    answer = workspace.query("SELECT range AS n FROM range(1000000000000)", rows=7)
    assert answer["n"].tolist() == list(range(7))


def test_every_view_and_column_has_its_description(workspace: Workspace) -> None:
    schema = workspace.schema()
    assert set(schema["view"]) == {
        "auswahl",
        "feedback",
        "verbatim",
        "statement",
        "mention",
        "answer",
        "question",
        "batch",
    }
    assert schema["description"].str.len().ge(3).all()
    assert not set(schema["column"]) & {"customer_key", "identity", "content", "sha256", "file_name", "mapping"}


def test_a_pseudonym_is_cut_so_that_it_is_no_key(workspace: Workspace) -> None:
    with workspace._store.reading() as session:
        [whole] = session.frame("SELECT customer_key FROM feedback WHERE customer_key IS NOT NULL LIMIT 1")[
            "customer_key"
        ]
    shown = set(workspace.query("SELECT DISTINCT customer FROM feedback WHERE customer IS NOT NULL")["customer"])
    assert whole[:8] in shown
    assert {len(customer) for customer in shown} == {8}


# --- time and memory

ENDLESS = [
    "SELECT count(*) FROM range(1000000000) a, range(1000000000) b",
    "SELECT sum(hash(a.range)) FROM range(1000000000000000) a",
    "SELECT a.range FROM range(1000000000000) a ORDER BY hash(a.range)",
    "SELECT count(*) FROM feedback a, feedback b, feedback c, feedback d, feedback e, feedback f",
]


@pytest.mark.parametrize("statement", ENDLESS)
def test_what_takes_too_long_is_interrupted(workspace: Workspace, statement: str) -> None:
    begun = time.monotonic()
    with pytest.raises(QueryError, match="abgebrochen"):
        workspace.query(statement, seconds=0.3)
    assert time.monotonic() - begun < 60  # it would take years


def test_what_needs_too_much_memory_is_refused_and_the_next_query_is_answered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    store = Store()
    with store.reading() as session, pytest.raises(Exception, match="configuration has been locked"):
        session.run("SET memory_limit = '100GB'")
    limited = Store(":memory:")
    limit = limited_to(limited, "30MB")
    with pytest.raises(QueryError, match="Arbeitsspeicher|abgebrochen"):
        limit.asked("SELECT count(*) FROM (SELECT DISTINCT hash(a.range) FROM range(10000000) a)", Filter(), 60, 10)
    assert limit.asked("SELECT 1", Filter(), 5, 10) == (["1"], [(1,)])
    assert not list(tmp_path.iterdir())  # what is in memory is not written down


def limited_to(store: Store, limit: str) -> Store:
    """The same store, opened with less memory."""
    store.close()
    with pytest.MonkeyPatch.context() as unlocked:
        unlocked.setattr(connection, "_harden", lambda opened, _draft: opened.execute(f"SET memory_limit = '{limit}'"))
        return Store(":memory:")


def test_others_are_answered_while_a_query_runs(workspace: Workspace) -> None:
    ended = threading.Event()

    def hog() -> None:
        with pytest.raises(QueryError, match="abgebrochen"):
            workspace.query(ENDLESS[0], seconds=3)
        ended.set()

    thread = threading.Thread(target=hog)
    thread.start()
    answered = 0
    while not ended.is_set():
        workspace.kpis()
        answered += not ended.is_set()
        workspace.query("SELECT count(*) FROM feedback", seconds=30)
    thread.join()
    assert answered >= 1


def test_only_so_many_queries_run_at_once(workspace: Workspace) -> None:
    threads = [
        threading.Thread(target=lambda: pytest.raises(QueryError, workspace.query, ENDLESS[0], seconds=2))
        for _n in range(2)
    ]
    for thread in threads:
        thread.start()
    time.sleep(0.3)
    with pytest.raises(QueryError, match="mehrere Abfragen"):
        workspace.query("SELECT 1", seconds=0.2)
    for thread in threads:
        thread.join()
    assert workspace.query("SELECT 1 AS a")["a"].item() == 1


def test_an_import_during_a_query_is_whole(tmp_path: Path) -> None:
    workspace = cx.open(tmp_path / "cx.duckdb")
    thread = threading.Thread(target=lambda: pytest.raises(QueryError, workspace.query, ENDLESS[0], seconds=2))
    thread.start()
    workspace.import_file(EXPORT.encode(), name="a.csv")
    thread.join()
    assert workspace.query("SELECT count(*) AS n FROM feedback")["n"].item() == workspace.extent()["n"] > 0
    workspace.close()


# --- any text at all

WORDS = """
    SELECT FROM WHERE WITH AS ( ) , ; * . ' " -- /* */ || + = 1 0 NULL feedback verbatim reject auswahl cx main information_schema read_csv glob getenv
    count sum avg nps channel text UNION ALL EXCEPT JOIN USING ON ORDER BY LIMIT GROUP HAVING DELETE INSERT INTO VALUES UPDATE SET CREATE TABLE
    DROP COPY TO ATTACH PRAGMA CALL SHOW DESCRIBE EXPLAIN BEGIN COMMIT selected duckdb_tables range unnest $1 ? :: INTEGER VARCHAR [ ] { } x y z
    RETURNING LATERAL RECURSIVE PIVOT UNPIVOT 'a.csv' lambda : CASE WHEN THEN END ELSE IN EXISTS
"""
PIECES = WORDS.split()
ANYTHING = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join),
    st.lists(st.sampled_from(PIECES), max_size=20).map(lambda words: "SELECT " + " ".join(words)),
    st.text(max_size=200),
)


@given(ANYTHING)
@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_is_answered_or_refused_in_a_sentence(workspace: Workspace, text: str) -> None:
    try:
        assert isinstance(workspace.query(text, seconds=5, rows=5), pd.DataFrame)
    except QueryError as error:
        assert str(error)
        assert "Traceback" not in error.detail


def test_random_statements_change_nothing(workspace: Workspace) -> None:
    before = dump(workspace)
    chance = random.Random(5)
    answered = 0
    for _turn in range(400):
        parts = [chance.choice(ASKED), chance.choice(ESCAPES), " ".join(chance.choices(PIECES, k=6))]
        chance.shuffle(parts)
        text = chance.choice([" ", ";", " UNION ALL ", "\n--", ") "]).join(parts[: chance.randint(1, 3)])
        try:
            workspace.query(text, seconds=5, rows=5)
            answered += 1
        except QueryError:
            pass
    assert answered > 20
    assert dump(workspace) == before
