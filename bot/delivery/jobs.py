"""Procrastinate, which hands work to processes on one PostgreSQL: putting jobs in, and working them off."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from procrastinate import App, PsycopgConnector, RetryStrategy, SyncPsycopgConnector
from procrastinate.exceptions import ConnectorException
from psycopg_pool import AsyncConnectionPool

from bot.logs import Log
from bot.mentoring.ids import WorkspaceId

log = Log("jobs")

QUEUE = "bothways"
DELIVER, HEAR = "deliver", "hear"
HEARTBEAT = 5.0
STALLED = 30.0
"""Seconds without a sign of life after which a worker's jobs are given to others."""
FORGOTTEN = 120.0
"""The same before the worker itself is forgotten; longer, so that its jobs are found first."""
POLL = 2.0
"""Seconds between looks for jobs where no notice of them came."""
CONNECT = 5.0
STATEMENT_MILLISECONDS = 5_000
AGAIN = 1.0
"""Seconds before the worker's loop starts anew after the database went away."""
KEPT_HOURS = 24
"""How long a job that failed can be looked at."""
TRIES = RetryStrategy(max_attempts=5, exponential_wait=2)


class Deferrals:
    """Puts jobs in over somebody else's connection, so that they appear when its transaction commits."""

    def __init__(self) -> None:
        self._app = App(connector=SyncPsycopgConnector())  # never opened: it has no connection of its own

    def deliver(
        self,
        connection: Any,  # noqa: ANN401 # a driver's
        workspace: WorkspaceId,
        messages: Sequence[str],
        *,
        behind: int,
    ) -> None:
        """Let some worker deliver each of these messages; whoever has more waiting stands further behind."""
        jobs = [{"workspace": workspace, "message": one} for one in messages]
        self._defer(connection, DELIVER, jobs, -behind)

    def hear(self, connection: Any, workspaces: Sequence[WorkspaceId]) -> None:  # noqa: ANN401 # a driver's
        """Let some worker handle the events that wait in each of these workspaces."""
        self._defer(connection, HEAR, [{"workspace": key} for key in workspaces], 0)

    def _defer(self, connection: Any, task: str, jobs: list[dict[str, Any]], priority: int) -> None:  # noqa: ANN401 # a driver's
        one = self._app.configure_task(task, queue=QUEUE, priority=priority, connection=connection)
        one.batch_defer(*jobs)


@dataclass(frozen=True)
class Hands:
    """What is done for each kind of job."""

    deliver: Callable[[WorkspaceId, str], Awaitable[None]]
    hear: Callable[[WorkspaceId], Awaitable[None]]


class JobWorker:
    """Works off jobs, several at once; when the database goes away it starts anew until it is back."""

    def __init__(self, database: str, hands: Hands, at_once: int, grace: float) -> None:
        self._database = database
        self._hands = hands
        self._at_once = at_once
        self._grace = grace
        self.patience = grace + CONNECT
        """Seconds within which it ends once it is cancelled."""
        self._app: App | None = None

    async def run(self) -> None:
        """Work until cancelled; jobs under way are then given `grace` seconds."""
        while True:
            try:
                await self._work()
            except Exception as error:  # noqa: BLE001 # a database away must not end the worker
                log.broke("jobs_interrupted", error)
            await asyncio.sleep(AGAIN)

    async def take_over(self) -> None:
        """Give the jobs of workers that show no sign of life to others.

        Never a job itself, which would stall with the others (DELIVERY §2.7).
        """
        if self._app is None:
            return
        manager = self._app.job_manager
        for job in await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED):
            try:
                await manager.retry_job(job)
            except ConnectorException:
                log.info("taken_over_already")

    async def clear(self) -> None:
        """Remove what failed and was kept long enough."""
        if self._app is not None:
            await self._app.job_manager.delete_old_jobs(
                KEPT_HOURS, include_failed=True, include_cancelled=True, include_aborted=True
            )

    async def _work(self) -> None:
        app = self._tasks()
        options = f"-c search_path=procrastinate -c statement_timeout={STATEMENT_MILLISECONDS}"
        pool = AsyncConnectionPool(
            self._database,
            min_size=1,
            max_size=4,
            open=False,
            timeout=CONNECT,
            kwargs={"connect_timeout": int(CONNECT), "options": options},
            check=AsyncConnectionPool.check_connection,
        )
        try:
            await pool.open(wait=True, timeout=CONNECT)
            async with app.open_async(pool):
                self._app = app
                await app.run_worker_async(
                    queues=[QUEUE],
                    concurrency=self._at_once,
                    install_signal_handlers=False,
                    delete_jobs="successful",
                    fetch_job_polling_interval=POLL,
                    update_heartbeat_interval=HEARTBEAT,
                    stalled_worker_timeout=FORGOTTEN,
                    shutdown_graceful_timeout=self._grace,
                )
        finally:
            self._app = None
            await pool.close()

    def _tasks(self) -> App:
        app = App(connector=PsycopgConnector())

        @app.task(name=DELIVER, queue=QUEUE, retry=TRIES)
        async def deliver(workspace: str, message: str) -> None:
            await self._hands.deliver(WorkspaceId(workspace), message)

        @app.task(name=HEAR, queue=QUEUE, retry=TRIES)
        async def hear(workspace: str) -> None:
            await self._hands.hear(WorkspaceId(workspace))

        return app
