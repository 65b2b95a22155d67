"""Runs one `python …` command line much as a fresh interpreter would."""

import atexit
import builtins
import gc
import importlib
import linecache
import logging
import os
import random
import runpy
import sys
import traceback
import warnings

sys.stdout.reconfigure(line_buffering=True)

OUR_FILES = ("<runner>", "<frozen runpy>", runpy.__file__)
START = {
    "modules": dict(sys.modules),
    "path": [p for p in sys.path if p != ""],
    "environ": dict(os.environ),
    "builtins": dict(vars(builtins)),
    "streams": (sys.stdin, sys.stdout, sys.stderr),
    "hooks": (sys.excepthook, sys.displayhook),
    "filters": list(warnings.filters),
    "recursion": sys.getrecursionlimit(),
}


def run_command(root, arguments):
    """Returns (exit status, "memory" or "")."""
    become_fresh(root)
    why = ""
    try:
        start(root, list(arguments))
        status = 0
    except SystemExit as leaving:
        status = exit_status(leaving.code)
    except BaseException as error:
        if isinstance(error, MemoryError):
            why = "memory"
        show(error)
        status = 130 if isinstance(error, KeyboardInterrupt) else 1
    atexit._run_exitfuncs()
    atexit._clear()
    for stream in (sys.stdout, sys.stderr, *START["streams"][1:]):
        try:
            stream.flush()
        except Exception:
            pass
    return status, why


def start(root, arguments):
    first, rest = (arguments or ["(nothing)"])[0], arguments[1:]
    if first == "-m" and rest:
        sys.path.insert(0, root)
        sys.argv[:] = ["-m", *rest[1:]]
        runpy.run_module(rest[0], run_name="__main__", alter_sys=True)
    elif first == "-c" and rest:
        sys.path.insert(0, root)
        sys.argv[:] = ["-c", *rest[1:]]
        exec(compile(rest[0], "<string>", "exec"), {"__name__": "__main__"})
    elif first.startswith("-"):
        sys.exit(f"this runner knows `-m module`, `-c code` and scripts, not {first}")
    elif not os.path.isfile(first):
        sys.exit(f"can't open file {first!r}: there is no such file")
    else:
        sys.path.insert(0, os.path.dirname(os.path.abspath(first)))
        sys.argv[:] = arguments
        runpy.run_path(first, run_name="__main__")


def become_fresh(root):
    os.chdir(root)
    os.environ.clear()
    os.environ.update(START["environ"])
    vars(builtins).update(START["builtins"])
    sys.stdin, sys.stdout, sys.stderr = START["streams"]
    sys.excepthook, sys.displayhook = START["hooks"]
    sys.settrace(None)
    sys.setprofile(None)
    sys.setrecursionlimit(START["recursion"])
    # The repository's own modules go; the standard library's stay, because
    # its C parts keep references to the Python parts they first saw.
    for name, module in list(sys.modules.items()):
        if name not in START["modules"] and is_from(root, module):
            del sys.modules[name]
    sys.modules.update(START["modules"])
    sys.path[:] = START["path"]
    sys.path_importer_cache.clear()
    importlib.invalidate_caches()
    linecache.clearcache()
    warnings.filters[:] = START["filters"]
    logging.root.handlers.clear()
    logging.root.setLevel(logging.WARNING)
    random.seed()
    gc.collect()


def is_from(root, module):
    places = [getattr(module, "__file__", None) or ""]
    try:
        places += list(getattr(module, "__path__", []))
    except Exception:
        return True
    return any(str(place).startswith(root) for place in places)


def exit_status(code):
    if code is None:
        return 0
    if isinstance(code, int):
        return code & 0xFF
    print(code, file=sys.stderr)
    return 1


def show(error):
    trace = error.__traceback__
    while trace and trace.tb_frame.f_code.co_filename in OUR_FILES:
        trace = trace.tb_next
    traceback.print_exception(type(error), error, trace)
