"""Engines as this project needs them: SQLite with one writer, PostgreSQL with bounded statements."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import (
    Connection,
    Engine,
    ExceptionContext,
    ExecutionContext,
    UpdateBase,
    create_engine,
    event,
)
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.engine import make_url
from sqlmodel import Session

from storage import distribution
from storage.columns import Row
from storage.guard import guard

BUSY_MILLISECONDS = 5_000
"""How long SQLite waits for another process's transaction."""
STATEMENT_MILLISECONDS = 5_000
"""How long PostgreSQL works on one statement before it gives up (SECURITY: bounded work)."""
CONNECT_SECONDS = 5
KEEP_ALIVE = {
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}
"""So that a server which vanished is noticed within about ten seconds, and not after minutes."""
WRITES = "writes"
"""What a connection's `info` calls the number of statements that wrote over it."""
WAIT = f"PRAGMA busy_timeout={BUSY_MILLISECONDS}"
READING = (WAIT, "PRAGMA query_only=ON")
PRAGMAS = (
    WAIT,
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",
)


def with_driver(url: str) -> str:
    """The address with the driver this project uses; `postgresql://` alone would name another one."""
    parsed = make_url(url)
    if parsed.drivername in {"postgresql", "postgres"}:
        parsed = parsed.set(drivername="postgresql+psycopg")
    return parsed.render_as_string(hide_password=False)


def make_engine(url: str, threads: int) -> Engine:
    """An engine for the bot's own work, guarded, with as many connections as threads use it."""
    address = with_driver(url)
    if is_sqlite(url):
        engine = create_engine(address, hide_parameters=True, connect_args={"check_same_thread": False})
        event.listen(engine, "connect", _saying(PRAGMAS))
        begin_immediate(engine)
    else:
        engine = create_engine(
            address,
            hide_parameters=True,
            pool_size=threads,
            max_overflow=0,
            pool_pre_ping=True,
            connect_args={
                "connect_timeout": CONNECT_SECONDS,
                **KEEP_ALIVE,
                "options": f"-c statement_timeout={STATEMENT_MILLISECONDS} -c timezone=UTC",
            },
        )
        event.listen(engine, "connect", _reach_distribution)
        event.listen(engine, "handle_error", _keep_values_out)
    guard(engine)
    event.listen(engine, "before_cursor_execute", _count_writes)
    return engine


def make_reader(url: str, writer: Engine) -> Engine:
    """An engine for what only reads, each time one snapshot: the database refuses to write through it.

    On SQLite it has connections of its own, beside the writer's; on PostgreSQL it shares them.
    """
    if not is_sqlite(url):
        return writer.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    engine = create_engine(url, hide_parameters=True, connect_args={"check_same_thread": False})
    event.listen(engine, "connect", _saying(READING))
    event.listen(engine, "connect", _no_hidden_transactions)
    event.listen(engine, "begin", _begin_reading)
    guard(engine)
    return engine


def writes(connection: Connection) -> int:
    """How many statements that write went over a connection so far."""
    return int(connection.info.get(WRITES, 0))


def is_sqlite(url: str) -> bool:
    """Whether the address is that of an SQLite file."""
    return make_url(url).get_backend_name() == "sqlite"


def begin_immediate(engine: Engine) -> None:
    """Let every transaction on SQLite take the write lock when it begins, so that none loses it halfway."""
    event.listen(engine, "connect", _no_hidden_transactions)
    event.listen(engine, "begin", _begin)


def _keep_values_out(context: ExceptionContext) -> None:
    """Leave of PostgreSQL's words only their code: its DETAIL quotes whole rows, which must reach no log."""
    code = getattr(context.original_exception, "sqlstate", None)
    for error in (context.original_exception, context.sqlalchemy_exception):
        if code is not None and error is not None:
            error.args = (f"{type(context.original_exception).__name__} {code}",)


def _reach_distribution(connection: Any, _record: object) -> None:  # noqa: ANN401 # a driver's connection
    """Let jobs be put in Procrastinate's tables over our own connections; ours come first as before."""
    with connection.cursor() as cursor:
        path = "SELECT set_config('search_path', current_setting('search_path') || %s, false)"
        cursor.execute(path, (f", {distribution.SCHEMA}",))
    connection.commit()


def _no_hidden_transactions(connection: Any, _record: object) -> None:  # noqa: ANN401 # a driver's connection
    connection.isolation_level = None


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin_reading(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")


def _count_writes(  # SQLAlchemy's signature
    connection: Connection,
    _cursor: object,
    _statement: str,
    _parameters: object,
    context: ExecutionContext,
    _many: object,
) -> None:
    if context.compiled is not None and isinstance(context.compiled.statement, UpdateBase):
        connection.info[WRITES] = writes(connection) + 1


def _saying(pragmas: tuple[str, ...]) -> Callable[[Any, object], None]:
    def say(connection: Any, _record: object) -> None:  # noqa: ANN401 # a driver's connection
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(pragma)
        cursor.close()

    return say


def insert_new(session: Session, row: Row, unique: tuple[str, ...]) -> bool:
    """Insert a row unless one with the same `unique` columns is there; True where it was new."""
    table = row.__table__
    insert = sqlite_insert if session.get_bind().dialect.name == "sqlite" else postgresql_insert
    values = {column.name: getattr(row, column.name) for column in table.columns}
    new = insert(table).values(values).on_conflict_do_nothing(index_elements=unique)
    return session.execute(new.returning(*table.primary_key.columns)).first() is not None
