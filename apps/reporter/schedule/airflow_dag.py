"""Exports new Mixpeek alert executions every night, as an Airflow task.

What retries: 69 (API unavailable), 75 (stopped early) and 76 (broken answers); the next try goes on where the last was.
What is skipped: 81, since another run is doing the work, and 82, since there was nothing.
What alerts at once, without another try: everything else, 80 (published, but not complete) among them.

The key is in a file on the workers (or use a secrets backend that mounts one), never in a variable or an argument.
"""

from __future__ import annotations

import os
import subprocess
from datetime import datetime, timedelta

from airflow.decorators import dag, task
from airflow.exceptions import AirflowException, AirflowFailException, AirflowSkipException

DATA = "/var/lib/mixpeek-alerts"

COMMAND = [
    "mixpeek-alerts-reporter", "export", "--all",
    "--state", "state.db", "--keep", "30d", "--latest", "--report",
    "--max-duration", "2h", "--fail-on-empty", "--log-format", "json",
]

RETRY = {69, 75, 76}
SKIP = {81, 82}


@dag(
    schedule="17 1 * * *",
    start_date=datetime(2026, 1, 1),
    catchup=False,
    max_active_runs=1,
    default_args={"retries": 6, "retry_delay": timedelta(minutes=10), "retry_exponential_backoff": True},
    tags=["mixpeek"],
)
def mixpeek_alerts_export():
    @task(execution_timeout=timedelta(hours=3))
    def export() -> str:
        environment = {
            **os.environ,
            "MIXPEEK_NAMESPACE": "ns_production",
            "MIXPEEK_API_KEY_FILE": "/etc/mixpeek-alerts/api-key",
        }
        # No shell: SIGTERM reaches the program, which then makes a checkpoint.
        with subprocess.Popen(COMMAND, cwd=DATA, env=environment) as process:
            try:
                code = process.wait()
            except BaseException:
                process.terminate()
                process.wait(timeout=90)
                raise
        if code == 0:
            return f"{DATA}/exports/latest"
        if code in SKIP:
            raise AirflowSkipException(f"nothing to do (exit code {code})")
        if code in RETRY:
            raise AirflowException(f"to be tried again (exit code {code})")
        raise AirflowFailException(f"exit code {code}: see the log")

    export()


mixpeek_alerts_export()
