"""Mutation tests: change one thing in the program at a time, and see that a test notices.

`.venv/bin/python tests/mutation/run.py [MODULE ...]`, all of `TARGETS` without one; prints what survives, and the totals of each module.
Works on copies in a temporary folder. Each mutant meets the tests that reach its line, the quickest first.

Those that no test can or need see are in `survivors.md` beside this, each with its reason. It fails for one that survives and is not
there, for one that is there and is killed or can no longer be made, for one that is there twice or is of none of `TARGETS`.
"""

from __future__ import annotations

import ast
import difflib
import gc
import multiprocessing
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import _hypothesis_pytestplugin
import execnet
import hypothesis.strategies
import markdown_it
import msgspec
import platformdirs.pytest_plugin
import pytest
import pytest_asyncio.plugin
import pytest_cov.plugin
import xdist.looponfail
import yaml
from coverage import CoverageData

ROOT = Path(__file__).parents[2]
SURVIVORS = Path(__file__).with_name("survivors.md")
CORE = "folding history fold numbering decide dates time/habits time/warnings time/turns time/outline".split()
SUBJECTS = sorted(path.name for path in (ROOT / "facilitator" / "core" / "acts").glob("[a-z]*.py"))
TARGETS = [f"facilitator/core/{name}.py" for name in CORE] + [f"facilitator/core/acts/{name}" for name in SUBJECTS]
TARGETS += [f"facilitator/store/{name}.py" for name in ("journal", "source", "framing")]
SUITES = ("tests/core", "tests/session", "tests/store")
# Asked first of what is done while a module is loaded: values are frozen, and what happened is called as it is in a journal.
LOADED = [
    "tests/core/test_values.py",
    "tests/store/test_journal_read.py::test_the_golden_journal_of_every_format_is_still_read_and_holds_every_event",
]
SLOW_S, WORKERS = 3.0, 2  # tests that take longer than SLOW_S are not asked
TIMEOUT_S = 600  # for all that are asked, which may be all there are; one that hangs ends by itself
OPTIONS = "-q -x -n0 --dist=no -p no:cacheprovider -p no:randomly --hypothesis-seed=0 --timeout=30".split()
OPTIONS += ["-W", "ignore:Module already imported"]
OTHER: dict[type, type] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Is: ast.IsNot,
    ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.And: ast.Or, ast.Or: ast.And,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.FloorDiv: ast.Mult, ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr,
}  # fmt: skip
Reached = dict[str, dict[int, list[str]]]
FATES = ("killed", "explained", "unexplained")
EFFECTS = (ast.Assign, ast.AugAssign, ast.Raise, ast.Delete, ast.Break, ast.Continue)


def instead(node: ast.AST) -> Iterator[ast.AST]:
    """What could stand in the place of a node: flipped, negated, one more, left out, swapped."""
    match node:
        case ast.Compare(ops=[one]) if type(one) in OTHER:
            yield ast.Compare(node.left, [OTHER[type(one)]()], node.comparators)
        case ast.BoolOp(op, values):
            yield from (ast.BoolOp(OTHER[type(op)](), values), values[0], values[-1])
        case ast.UnaryOp(ast.Not(), operand):
            yield operand
        case ast.BinOp(left, op, right) if type(op) in OTHER:
            yield ast.BinOp(left, OTHER[type(op)](), right)
        case ast.Constant(bool() as value):
            yield ast.Constant(not value)
        case ast.Constant(int() | str() | bytes() as value):
            yield ast.Constant(value + (1 if isinstance(value, int) else "!" if isinstance(value, str) else b"!"))
        case ast.IfExp(test, body, orelse) | ast.If(test, body, orelse) | ast.While(test, body, orelse):
            yield type(node)(ast.UnaryOp(ast.Not(), test), body, orelse)
        case ast.Call(function, [first, second, *others], keywords) if ast.dump(first) != ast.dump(second):
            yield ast.Call(function, [second, first, *others], keywords)
        case ast.Return(ast.expr() as value) if not isinstance(value, ast.Constant):
            yield ast.Return(ast.Constant(None))
        case ast.Expr(ast.Call()):
            yield ast.Pass()
        case ast.comprehension(ifs=[_, *_]):
            yield ast.comprehension(node.target, node.iter, [], node.is_async)
        case _ if isinstance(node, EFFECTS):
            yield ast.Pass()


def places(parent: ast.AST, lines: range = range(0)) -> Iterator[tuple[range, list[Any] | dict[str, Any], Any]]:
    """Every node but annotations and docstrings: the lines of its statement, what holds it, and where."""
    for name, value in ast.iter_fields(parent):
        if name in ("annotation", "returns", "bases", "decorator_list"):
            continue
        inside: list[Any] | dict[str, Any] = value if isinstance(value, list) else vars(parent)
        for place, node in enumerate(value) if isinstance(value, list) else [(name, value)]:
            if not isinstance(node, ast.AST) or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)):
                continue
            if _is_type(parent, node):
                continue
            own = lines
            if isinstance(node, ast.stmt):
                end = node.body[0].lineno - 1 if hasattr(node, "body") else node.end_lineno or node.lineno
                own = range(node.lineno, max(node.lineno, end) + 1)
            yield own, inside, place
            yield from places(node, own)


def _is_type(parent: ast.AST, node: ast.AST) -> bool:
    """Whether it is mypy's to check: a name given to a type, or the type that something is said to have."""
    if isinstance(node, ast.Assign):
        return ast.unparse(node.value).startswith(("Literal[", "Callable[", "TypeVar("))
    return isinstance(parent, ast.Call) and ast.unparse(parent.func) == "cast" and node is parent.args[0]


def variants(name: str) -> Iterator[tuple[str, range, str]]:
    """The module, the lines changed, and its text with one change."""
    tree = ast.parse((ROOT / name).read_text())
    for lines, inside, place in list(places(tree)):
        node = inside[place]
        for other in instead(node):
            inside[place] = ast.copy_location(other, node)
            yield name, lines, ast.unparse(ast.fix_missing_locations(tree))
        inside[place] = node


def reaching(copy: Path) -> Reached:
    """For each module, each line, the tests that reach it, the quickest first."""
    command = [sys.executable, "-m", "pytest", *OPTIONS, *SUITES, "-vv", "--durations=0"]
    command += ["--timeout=600", "--cov=facilitator", "--cov-context=test", "--cov-report="]
    run = subprocess.run(command, cwd=copy, capture_output=True, text=True, check=False)
    if run.returncode:
        sys.exit(f"{run.stdout}\nThe tests fail before anything was changed.")
    parts = [line.split(None, 2) for line in run.stdout.splitlines() if "s call " in line]
    took = {test: float(seconds.rstrip("s")) for seconds, _, test in parts}
    data = CoverageData(str(copy / ".coverage"))
    data.read()
    if not data.measured_contexts() - {""}:
        sys.exit("Which test reaches what was not measured: each mutant would meet all of them.")
    return {str(Path(path).relative_to(copy)): {
        line: sorted((test for test in {c.rpartition("|")[0] for c in reached} - {""} if took.get(test, 0) < SLOW_S),
                     key=lambda test: took.get(test, 0.0))
        for line, reached in data.contexts_by_lineno(path).items()
    } for path in data.measured_files()}  # fmt: skip


def survives(copy: Path, tests: list[str]) -> bool:
    """Whether no test fails, in a process that has loaded what the tests need, but nothing of the program."""
    child = os.fork()
    if not child:
        os.setsid()
        os.chdir(copy)
        sys.path.insert(0, str(copy))
        for stream in (1, 2):
            os.dup2(os.open(os.devnull, os.O_RDWR), stream)
        try:
            os._exit(int(pytest.main([*OPTIONS, *tests])))
        finally:
            os._exit(1)
    end = time.monotonic() + TIMEOUT_S
    while not (ended := os.waitpid(child, os.WNOHANG))[0] and time.monotonic() < end:
        time.sleep(0.01)
    if not ended[0]:
        os.killpg(child, signal.SIGKILL)
        ended = os.waitpid(child, 0)
    return ended[1] == 0


def known() -> list[str]:
    """The mutants of `survivors.md`: what stands between fences of kind `diff`."""
    text = SURVIVORS.read_text(encoding="utf-8")
    return [found.strip() for found in re.findall(r"^```diff\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)]


def outlived(explained: list[str], fate: dict[str, bool], tried: set[str]) -> Iterator[str]:
    """Those of `survivors.md` that have no place there any more, each with why. `fate`: whether one that was tried survives."""
    for found, times in sorted(Counter(explained).items()):
        name = found.splitlines()[0]
        if times > 1:
            yield f"Stands there {times} times:\n{found}"
        if name not in TARGETS:
            yield f"Of a module that is not among TARGETS:\n{found}"
        elif name in tried and not fate.get(found, False):
            yield f"{'Killed now' if found in fate else 'Can no longer be made'}:\n{found}"


def work(copy: Path, jobs: list[tuple[str, range, str]], reached: Reached, results: Any) -> None:
    """Try one worker's share of the mutants in its copy; of each is told the module, the difference, and whether it survives."""
    for number, (name, lines, mutant) in enumerate(jobs, 1):
        by_line, original = reached.get(name, {}), (copy / name).read_text()
        # A module of which nothing runs but when it is loaded: all tests are asked.
        counted = [by_line] if any(by_line.values()) else list(reached.values())
        reaching_most = Counter(test for one in counted for found in one.values() for test in found)
        tests = list(dict.fromkeys(test for line in lines for test in by_line.get(line, ())))
        (copy / name).write_text(mutant)
        # Python would take two of one length that were written within one second for the same, and run the first again.
        os.utime(copy / name, (number, number))
        alive = survives(copy, tests or LOADED + [test for test, _ in reaching_most.most_common()])
        (copy / name).write_text(original)
        plain = ast.unparse(ast.parse(original)).splitlines()
        changed = [
            line for line in difflib.unified_diff(plain, mutant.splitlines(), lineterm="", n=0) if line[:2] != "@@"
        ]
        results.put((name, "\n".join((name, *changed[2:])), alive))


def main(names: list[str]) -> None:
    """Print the mutants that no test notices, and how many there were of each module."""
    jobs = [job for name in names or TARGETS for job in variants(name)]
    to_come, counts = Counter(name for name, _, _ in jobs), Counter[tuple[str, str]]()
    fate, explained = dict[str, bool](), known()
    with tempfile.TemporaryDirectory() as folder:
        copies = [Path(folder, str(number)) for number in range(WORKERS)]
        for copy in copies:
            shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".venv", ".git", ".hypothesis", ".*_cache"))
        reached, fork = reaching(copies[0]), multiprocessing.get_context("fork")
        gc.freeze()  # what is loaded here is not looked through in each child
        asked = {test for job in jobs for found in reached.get(job[0], {}).values() for test in found}
        if not survives(copies[0], LOADED + sorted(asked)):
            sys.exit("The tests fail here, or are not found by their names, before anything was changed.")
        results = fork.Queue()
        for number, copy in enumerate(copies):
            fork.Process(target=work, args=(copy, jobs[number::WORKERS], reached, results), daemon=False).start()
        for name, found, alive in (results.get() for _ in jobs):
            fate[found] = fate.get(found, False) or alive  # a line may stand twice
            counts[name, ("explained" if found in explained else "unexplained") if alive else "killed"] += 1
            if alive and found not in explained:
                print(found, flush=True)
            to_come[name] -= 1
            if not to_come[name]:
                print(f"{name}: {', '.join(f'{counts[name, kind]} {kind}' for kind in FATES)}", flush=True)
    stale = list(outlived(explained, fate, set(to_come)))
    if stale:
        print(f"Take out of {SURVIVORS.name}:", *stale, sep="\n")
    killed, told, untold = (sum(counts[name, kind] for name in to_come) for kind in FATES)
    print(f"{len(jobs)} mutants, {killed} killed, {told} survive and are explained, {untold} are not")
    if stale or untold:
        sys.exit(1)


if __name__ == "__main__":
    main(sys.argv[1:])
