"""Rooms stay liveable: sizes of modules, functions, templates; depth of nesting."""

from __future__ import annotations

import ast

import pytest

from tests.rules.sources import functions, product

LONGEST_MODULE, LONGEST_FUNCTION, LONGEST_TEMPLATE, DEEPEST = 400, 50, 120, 3
BLOCKS = (ast.If, ast.For, ast.While, ast.With, ast.Try, ast.AsyncFor, ast.AsyncWith)


def depth(node: ast.AST, level: int = 0) -> int:
    """How deep blocks stand inside each other; an elif does not go deeper."""
    deepest = level
    for name, value in ast.iter_fields(node):
        for child in value if isinstance(value, list) else [value]:
            if not isinstance(child, ast.AST):
                continue
            if isinstance(child, ast.FunctionDef | ast.Lambda | ast.ClassDef):
                continue
            is_elif = (
                isinstance(node, ast.If)
                and name == "orelse"
                and isinstance(child, ast.If)
                and len(value) == 1
            )
            inner = level + (isinstance(child, BLOCKS) and not is_elif)
            deepest = max(deepest, depth(child, inner))
    return deepest


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function; what its docstring explains is not code."""
    lines = (function.end_lineno or 0) - function.lineno + 1
    if ast.get_docstring(function) is None:
        return lines
    docstring = function.body[0]
    return lines - ((docstring.end_lineno or 0) - docstring.lineno + 1)


def too_large(name: str, text: str) -> list[str]:
    """What in a module is larger than the house allows."""
    found = []
    if (lines := text.count("\n")) > LONGEST_MODULE:
        found.append(f"{name}: {lines} lines (stop at {LONGEST_MODULE})")
    for function in functions(text):
        place = f"{name}:{function.lineno} {function.name}"
        if (lines := length(function)) > LONGEST_FUNCTION:
            found.append(f"{place}: {lines} lines (stop at {LONGEST_FUNCTION})")
        if (deep := depth(function)) > DEEPEST:
            found.append(f"{place}: nested {deep} deep (stop at {DEEPEST})")
    return found


def test_no_module_or_function_outgrows_its_room():
    found = [line for name, text in product(".py") for line in too_large(name, text)]
    assert not found, "\n".join(found)


def test_no_template_outgrows_its_room():
    found = [
        f"{name}: {text.count(chr(10))} lines (stop at {LONGEST_TEMPLATE})"
        for name, text in product(".html")
        if text.count("\n") > LONGEST_TEMPLATE
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("x = 1\n" * 401, "401 lines"),
        ("def f():\n" + "    x = 1\n" * 50, "51 lines"),
        (
            "def f():\n if a:\n  for b in c:\n   while d:\n    if e:\n     pass\n",
            "nested 4 deep",
        ),
    ],
)
def test_the_rule_finds_what_is_too_large(text, complaint):
    assert any(complaint in line for line in too_large("made_up.py", text))


def test_a_long_explanation_is_no_long_function():
    told = 'def f():\n    """' + "Why.\n" * 60 + '    """\n    return 1\n'
    assert not too_large("made_up.py", told)


def test_an_elif_chain_is_not_depth():
    chain = "def f():\n if a:\n  pass\n elif b:\n  pass\n elif c:\n  pass\n"
    assert not too_large("made_up.py", chain)
