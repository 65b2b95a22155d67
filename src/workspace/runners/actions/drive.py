"""Runs one job on a runner of GitHub Actions, in the folder it was fetched to.

Leaves behind one file of frames: a kind (one byte), a length (four), a payload.
What the commands print and the files asked for are in it, and nothing else.
"""

import json
import os
import select
import shutil
import signal
import stat
import subprocess
import sys
import time

LOADED, STARTED, OUTPUT, ENDED, FILE, DONE = range(1, 7)
PASSED_ON = ("PATH", "HOME", "LANG", "LD_LIBRARY_PATH", "CUDA_HOME")
PASSED_ON_GROUPS = ("CUDA_VISIBLE_", "NVIDIA_", "ROCR_", "HIP_")


def main():
    with open("job.json") as file:
        job = json.load(file)
    later = [(path, read(f"later/{number}")) for number, path in enumerate(job["later"])]
    # The commands see their files alone, not this job's plan nor its history.
    for name in (".git", "later"):
        shutil.rmtree(name, ignore_errors=True)
    for name in ("job.json", "drive.py"):
        os.unlink(name)
    result = os.path.abspath("transcript")
    os.chdir("files")
    frames = perform(job, later)
    with open(result, "wb") as file:
        file.write(b"".join(frames))


def perform(job, later):
    before = without_network()
    frames = [frame(LOADED, b"offline" if before else b"online")]
    deadline = time.monotonic() + job["seconds"]
    room = job["mostOutput"]
    for number, args in enumerate(job["commands"]):
        if number == job["laterAt"]:
            for path, content in later:
                lay_out(path, content)
        frames.append(frame(STARTED))
        began = time.monotonic()
        output, status, why = run([*before, *environment(), python(), *args], deadline, room)
        room -= len(output)
        ended = {"exit": status, "seconds": time.monotonic() - began, "why": why}
        frames += [frame(OUTPUT, output), frame(ENDED, json.dumps(ended).encode())]
        if status != 0:
            break
    most = job["mostCollected"]
    for path in job["collect"]:
        content = read_regular(path, most)
        if content is not None:
            most -= len(content)
            frames.append(frame(FILE, path.encode() + b"\0" + content))
    frames.append(frame(DONE))
    return frames


def frame(kind, payload=b""):
    return bytes([kind]) + len(payload).to_bytes(4, "big") + payload


def read(path):
    with open(path, "rb") as file:
        return file.read()


def python():
    installed = os.path.join(os.environ.get("RUNNER_TEMP", ""), "python/bin/python")
    return installed if os.path.exists(installed) else sys.executable


def environment():
    """Not the runner's own: among its variables are tokens."""
    passed_on = {
        name: value
        for name, value in os.environ.items()
        if name in PASSED_ON or name.startswith(PASSED_ON_GROUPS)
    }
    # One thread, as in other runners: more of them round otherwise every time.
    threads = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    passed_on.update(threads, PYTHONHASHSEED="0", PYTHONDONTWRITEBYTECODE="1")
    return ["env", "-i", *(f"{name}={value}" for name, value in passed_on.items())]


def without_network():
    """What to put before a command so that it has none; nothing where that cannot be had."""
    user, group = os.getuid(), os.getgid()
    again = ["setpriv", f"--reuid={user}", f"--regid={group}", "--init-groups"]
    ways = (
        ["sudo", "-n", "unshare", "--net", "--", *again, "--no-new-privs", "--"],
        ["unshare", "--user", "--map-current-user", "--net", "--"],
    )
    for way in [["unshare", "--net", "--"]] if user == 0 else ways:
        try:
            quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
            if subprocess.run([*way, "true"], timeout=20, **quiet).returncode == 0:
                return way
        except (OSError, subprocess.TimeoutExpired):
            pass
    return []


def run(command, deadline, room):
    """What it printed, its exit status, and why it was stopped."""
    child = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    printed, size, why = [], 0, ""
    os.set_blocking(child.stdout.fileno(), False)
    while child.poll() is None:
        select.select([child.stdout], [], [], 0.1)
        piece = child.stdout.read(65536) or b""
        printed.append(piece)
        size += len(piece)
        if time.monotonic() > deadline:
            why = "too much time"
        if why or size > room:
            end_group(child)
    end_group(child)
    printed.append(child.stdout.read() or b"")
    child.stdout.close()
    stopped = child.returncode < 0
    return b"".join(printed), -1 if why else abs(child.returncode) + 128 * stopped, why


def end_group(child):
    """Nothing of it outlives the command, but what has left its session."""
    try:
        os.killpg(child.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        pass
    child.wait()


def lay_out(path, content):
    if os.path.islink(path):
        os.unlink(path)
    try:
        os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
        with open(path, "wb") as file:
            file.write(content)
    except OSError:
        pass  # What a command put there stays: it harms itself alone.


def read_regular(path, most):
    """None unless every step is a real folder and the last a file of its own."""
    folder = os.open(".", os.O_RDONLY)
    try:
        *folders, name = path.split("/")
        if ".." in folders:
            return None
        for step in folders:
            flags = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW
            inner = os.open(step, flags, dir_fd=folder)
            os.close(folder)
            folder = inner
        flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK
        with os.fdopen(os.open(name, flags, dir_fd=folder), "rb") as file:
            about = os.fstat(file.fileno())
            if not stat.S_ISREG(about.st_mode) or about.st_size > most:
                return None
            return file.read()
    except OSError:
        return None
    finally:
        os.close(folder)


if __name__ == "__main__":
    main()
