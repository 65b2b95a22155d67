"""Tries every way out that we know of and writes down what happened."""

import json
import os
import pkgutil
import sys

port, secret = int(sys.argv[1]), sys.argv[2]


def import_js():
    import js

    return js.process


def run_javascript():
    from pyodide.code import run_js

    return run_js("typeof process")


def import_pyodide_js():
    import pyodide_js

    return pyodide_js.FS


def find_javascript_objects():
    import gc

    seen, found, waiting = set(), [], gc.get_objects()
    while waiting:
        one = waiting.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        if any(kind.__name__ == "JsProxy" for kind in type(one).__mro__):
            found.append(repr(one))
        waiting.extend(gc.get_referents(one))
    if not found:
        raise LookupError("none")
    return found[:3]


def build_javascript_function():
    import gc

    make = next(f for f in gc.get_objects() if getattr(f, "__name__", "") == "create_proxy" and type(f).__name__ == "builtin_function_or_method")
    return make(print).constructor.constructor("return typeof process")()


def raw_memory():
    import ctypes

    return ctypes.CDLL(None).emscripten_run_script


def read_host_file():
    return open(secret).read()


def list_host_folder():
    return os.listdir(os.path.dirname(secret))


def connect_socket():
    import socket

    one = socket.socket()
    one.settimeout(1)
    one.connect(("127.0.0.1", port))
    one.send(b"hello")
    return "connected"


def open_url():
    import urllib.request

    return urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=1).read()


def start_process():
    import subprocess

    return subprocess.run(["id"], capture_output=True)


def fork():
    return os.fork()


PROBES = [
    import_js,
    run_javascript,
    import_pyodide_js,
    find_javascript_objects,
    build_javascript_function,
    raw_memory,
    read_host_file,
    list_host_folder,
    connect_socket,
    open_url,
    start_process,
    fork,
]


def attempt(probe):
    try:
        return {"reached": True, "what": repr(probe())[:200]}
    except BaseException as refusal:
        return {"reached": False, "what": f"{type(refusal).__name__}: {refusal}"[:200]}


with open("answers.json", "w") as out:
    answers = {probe.__name__: attempt(probe) for probe in PROBES}
    modules = [one.name for one in pkgutil.iter_modules()] + list(sys.builtin_module_names)
    # There by name, but emptied.
    modules = [one for one in modules if one not in ("js", "pyodide_js", "ctypes", "_ctypes")]
    answer = {"probes": answers, "environment": dict(os.environ), "modules": modules}
    json.dump(answer, out)
