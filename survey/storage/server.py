"""What a PostgreSQL server must be set to, so that it keeps what we promise.

Durable commits, and no second place where somebody's sending leaves a trace: a
log with statements or values would tell to the second which code was used.
Counters of normalised statements (pg_stat_statements) hold neither and stay.
"""

from __future__ import annotations

from dataclasses import dataclass

from survey.storage.store import Connection

ROLE = "ALTER ROLE {role} SET {name} = '{wanted}'"
SYSTEM = "ALTER SYSTEM SET {name} = '{wanted}'"


@dataclass(frozen=True, slots=True)
class Rule:
    """Values a setting may have (the first is the one to set), and why.

    An extension's setting that does not exist is right.
    """

    name: str
    allowed: tuple[str, ...]
    why: str
    fix: str = ROLE


DURABLE = "an answer that was thanked for could be lost"
LOGGED = "its log would tell who sent at which second"
RULES = (
    Rule("synchronous_commit", ("on", "remote_apply"), DURABLE),
    Rule("fsync", ("on",), DURABLE, SYSTEM),
    Rule("full_page_writes", ("on",), DURABLE, SYSTEM),
    Rule(
        "track_commit_timestamp",
        ("off",),
        "it would keep the time of every answer",
        SYSTEM,
    ),
    # ddl: only changes of the structure, which no resident brings about
    Rule("log_statement", ("none", "ddl"), LOGGED),
    Rule("log_min_duration_statement", ("-1",), LOGGED),
    Rule("log_min_duration_sample", ("-1",), LOGGED),
    Rule("log_transaction_sample_rate", ("0",), LOGGED),
    Rule("log_duration", ("off",), LOGGED),
    # a statement that failed is logged with places in it; its values are not
    Rule("log_parameter_max_length_on_error", ("0",), LOGGED),
    Rule("debug_print_parse", ("off",), LOGGED),
    Rule("debug_print_rewritten", ("off",), LOGGED),
    Rule("debug_print_plan", ("off",), LOGGED),
    Rule("auto_explain.log_min_duration", ("-1",), LOGGED),
    Rule("pgaudit.log", ("none", "ddl", "role", "ddl,role", "role,ddl", ""), LOGGED),
    Rule(
        "server_encoding",
        ("UTF8",),
        "it cannot hold every language",
        "make the database anew with: CREATE DATABASE … ENCODING 'UTF8'",
    ),
)


def faults(connection: Connection) -> tuple[str, ...]:
    """One sentence for every setting that is wrong, with the statement that mends it.

    They are read as they hold for our own role and database.
    """
    (role,) = connection.execute("SELECT quote_ident(current_user)").fetchone()
    found: list[str] = []
    for rule in RULES:
        row = connection.execute("SELECT current_setting(?, true)", (rule.name,))
        (value,) = row.fetchone()
        if value is not None and value.replace(" ", "") not in rule.allowed:
            found.append(_sentence(rule, value, role))
    return tuple(found)


def _sentence(rule: Rule, value: str, role: str) -> str:
    fix = rule.fix.format(role=role, name=rule.name, wanted=rule.allowed[0])
    if rule.fix == SYSTEM:
        fix += " and restart the server"
    return f"{rule.name} of the database server is {value}: {rule.why}. Fix: {fix}"
