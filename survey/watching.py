"""What an operator's monitoring asks: does it live, and how is the machine doing.

Holds no number that could be laid beside an answer; docs/operators.md lists all.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator

from flask import Flask, Request, Response, abort, current_app, request
from sqlalchemy.exc import DBAPIError

from survey.meter import QUANTILES, Counted, Meter, used
from survey.respond import services
from survey.storage import surveys
from survey.storage.errors import StorageError
from survey.storage.surveys import Survey

# whoever comes with one of these has come through something in front of us
FORWARDING = (
    "Forwarded",
    "Via",
    "X-Client-IP",
    "X-Forwarded-For",
    "X-Forwarded-Host",
    "X-Forwarded-Port",
    "X-Forwarded-Prefix",
    "X-Forwarded-Proto",
    "X-Forwarded-Server",
    "X-Real-IP",
)
METER = "meter"
PLAIN = {"Content-Type": "text/plain; charset=utf-8"}
OPEN_METRICS = "text/plain; version=0.0.4; charset=utf-8"

# name: kind, what it says; `docs/operators.md` has the same table
METRICS = {
    "vielstimmig_store_answers": ("gauge", "1 while database and drafts can be read."),
    "vielstimmig_workers": ("gauge", "Worker processes that live."),
    "vielstimmig_worker_starts_total": ("counter", "Worker processes ever started."),
    "vielstimmig_faults_total": ("counter", "Answers with a status from 500."),
    "vielstimmig_lines_held_back_total": ("counter", "Lines kept out of the log."),
    "vielstimmig_memory_mebibytes": ("gauge", "Memory of the workers, whole MiB."),
    "vielstimmig_processor_minutes_total": (
        "counter",
        "Processor time of the living workers, whole minutes.",
    ),
    "vielstimmig_request_seconds": (
        "gauge",
        "Yesterday's requests of all pages; absent below 1000 requests.",
    ),
    "vielstimmig_survey_open": ("gauge", "1 while the survey takes answers."),
    "vielstimmig_survey_counts_agree": ("gauge", "1 while the urn's equation holds."),
    "vielstimmig_survey_received": (
        "gauge",
        "Answers received, in full tens, renewed once a day.",
    ),
    "vielstimmig_survey_days_since_daily_act": (
        "gauge",
        "Days since the survey's release hour was kept; over 1: look why.",
    ),
}


def register(app: Flask, meter: Meter) -> None:
    """Answer `/health` and `/metrics`, and count what `/metrics` tells."""
    app.extensions[METER] = meter
    app.get("/health")(health)
    app.get("/metrics")(metrics)

    @app.after_request
    def count_faults(response: Response) -> Response:
        if response.status_code >= 500:
            meter.fault()
        return response


def health() -> tuple[str, int, dict[str, str]]:
    """Whether both stores can be read; says nothing else to anybody."""
    if not _store_answers():
        return "the store does not answer", 503, PLAIN
    return "ok", 200, PLAIN


def metrics() -> Response:
    """The numbers, for programs on this machine only."""
    if not is_local(request):
        abort(404)
    meter: Meter = current_app.extensions[METER]
    lines = "\n".join(_exposed(_values(meter.counted())))
    return Response(lines + "\n", content_type=OPEN_METRICS)


def is_local(asked: Request) -> bool:
    """Whether a request comes from this machine and through nobody.

    A socket of the file system has no address: who can open it is on this machine.
    """
    if any(name in asked.headers for name in FORWARDING):
        return False
    believed = asked.environ.get("werkzeug.proxy_fix.orig", {})
    peer = believed.get("REMOTE_ADDR", asked.environ.get("REMOTE_ADDR")) or ""
    try:
        return not peer or ipaddress.ip_address(peer).is_loopback
    except ValueError:
        return False


def _store_answers() -> bool:
    shared = services()
    try:
        surveys.all(shared.engine)
        shared.drafts.load(b"")
    except (StorageError, DBAPIError):
        return False
    return True


Value = tuple[str, str, float]


def _values(counted: Counted) -> Iterator[Value]:
    """Name, label and number of everything that can be told at the moment."""
    answers = _store_answers()
    memory, minutes = used(counted.pids)
    yield "vielstimmig_store_answers", "", answers
    yield "vielstimmig_workers", "", len(counted.pids)
    yield "vielstimmig_worker_starts_total", "", counted.starts
    yield "vielstimmig_faults_total", "", counted.faults
    yield "vielstimmig_lines_held_back_total", "", counted.held
    yield "vielstimmig_memory_mebibytes", "", memory
    yield "vielstimmig_processor_minutes_total", "", minutes
    for share in QUANTILES:
        seconds = counted.quantile(share)
        if seconds is not None:
            label = f'{{quantile="{share}"}}'
            yield "vielstimmig_request_seconds", label, seconds
    for survey in services().surveys() if answers else ():
        yield from _of_survey(survey)


def _of_survey(survey: Survey) -> Iterator[Value]:
    shared, label = services(), f'{{survey="{survey.slug}"}}'
    if survey.state == "draft":
        return
    try:
        status = shared.urn(survey.slug).status()
    except StorageError:
        return
    yield "vielstimmig_survey_open", label, shared.takes_answers(survey)
    yield "vielstimmig_survey_counts_agree", label, status.holds
    yield "vielstimmig_survey_received", label, status.received
    if survey.state == "open":
        # before the first act this is no other number: it begins with an answer
        days = (shared.today() - (status.done_on or shared.today())).days
        yield "vielstimmig_survey_days_since_daily_act", label, days


def _exposed(values: Iterator[Value]) -> Iterator[str]:
    """The lines of Prometheus' text format, one name after the other."""
    found: dict[str, list[str]] = {}
    for name, label, number in values:
        shown = "+Inf" if number == float("inf") else f"{float(number):g}"
        found.setdefault(name, []).append(f"{name}{label} {shown}")
    for name, lines in found.items():
        kind, text = METRICS[name]
        yield f"# HELP {name} {text}"
        yield f"# TYPE {name} {kind}"
        yield from lines
