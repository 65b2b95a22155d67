"""Runs programs, each in a process of its own that begins with all libraries imported.

The first line of input lists programs whose imports are to be ready. After it,
a line {"id", "code", "name", "arguments", "cwd", "seconds"} is answered, when
that program has ended, with a line {"id", "status", "output"}.
"""

import ast
import atexit
import importlib
import json
import os
import selectors
import signal
import sys
import time
import traceback
import types


def warm(codes):
    for code in codes:
        try:
            tree = ast.parse(code)
        except SyntaxError:
            continue  # Running it will say so.
        for node in ast.walk(tree):
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
                    pass  # The program itself will say so.


def run(task):
    """As `python name arguments` would; never returns."""
    sys.argv = [task["name"], *task["arguments"]]
    sys.path[0] = task["cwd"]
    main = types.ModuleType("__main__")
    sys.modules["__main__"] = main
    status = 0
    try:
        exec(compile(task["code"], task["name"], "exec"), main.__dict__)
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        traceback.print_exc()
        status = 1
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


class Job:
    def __init__(self, task):
        self.id = task["id"]
        self.end = time.monotonic() + task["seconds"]
        self.said = b""
        self.pipe, child_side = os.pipe()
        self.child = os.fork()
        if self.child == 0:
            os.setpgid(0, 0)
            os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
            for stream in (1, 2):
                os.dup2(child_side, stream)
            os.chdir(task["cwd"])
            run(task)
        os.close(child_side)

    def kill(self):
        try:
            os.killpg(self.child, signal.SIGKILL)
        except ProcessLookupError:
            pass

    def read(self):
        """Its answer once all it started has ended, else None."""
        part = os.read(self.pipe, 65536)
        self.said += part
        if part:
            return None
        status = os.waitstatus_to_exitcode(os.waitpid(self.child, 0)[1])
        said = self.said.decode(errors="replace")
        return {"id": self.id, "status": status, "output": said}


def serve(unread):
    events = selectors.DefaultSelector()
    events.register(0, selectors.EVENT_READ)
    jobs = {}

    def begin(part):
        *lines, rest = (unread + part).split(b"\n")
        for line in lines:
            job = Job(json.loads(line))
            jobs[job.pipe] = job
            events.register(job.pipe, selectors.EVENT_READ)
        return rest

    unread = begin(b"")
    while True:
        for key, _ in events.select(timeout=0.5):
            if key.fd == 0:
                part = os.read(0, 65536)
                if not part:
                    for job in jobs.values():
                        job.kill()
                    return
                unread = begin(part)
            else:
                answer = jobs[key.fd].read()
                if answer:
                    events.unregister(key.fd)
                    os.close(key.fd)
                    del jobs[key.fd]
                    print(json.dumps(answer), flush=True)
        for job in jobs.values():
            if time.monotonic() > job.end:
                job.kill()


def first_line():
    said = b""
    while b"\n" not in said:
        said += os.read(0, 65536)
    line, rest = said.split(b"\n", 1)
    return json.loads(line), rest


codes, rest = first_line()
warm(codes)
serve(rest)
