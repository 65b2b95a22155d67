"""Runs snippets, each in a process of its own that begins with all libraries imported.

A line of JSON {"code", "cwd"} is answered with one of {"status", "output"}.
"""

import ast
import atexit
import importlib
import json
import os
import sys
import tempfile
import traceback
import types


def warm(codes):
    for code in codes:
        for node in ast.walk(ast.parse(code)):
            if isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            elif isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            else:
                continue
            for name in names:
                try:
                    importlib.import_module(name)
                except Exception:
                    pass  # The snippet itself will say so.


def run(code):
    """As `python -c` would; never returns."""
    sys.argv = ["-c"]
    sys.path[0] = ""
    main = types.ModuleType("__main__")
    sys.modules["__main__"] = main
    status = 0
    try:
        exec(compile(code, "<string>", "exec"), main.__dict__)
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        traceback.print_exc()
        status = 1
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


def attend(task):
    with tempfile.TemporaryFile() as said:
        child = os.fork()
        if child == 0:
            for stream in (1, 2):
                os.dup2(said.fileno(), stream)
            os.chdir(task["cwd"])
            run(task["code"])
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        said.seek(0)
        return {"status": status, "output": said.read().decode(errors="replace")}


warm(json.loads(sys.stdin.readline()))
for line in sys.stdin:
    print(json.dumps(attend(json.loads(line))), flush=True)
