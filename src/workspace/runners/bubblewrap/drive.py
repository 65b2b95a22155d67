"""Process 1 of the box: lays out the files, runs the commands, hands files back.

Read from standard input and written to standard output: frames of a kind (one
byte), a length (four) and a payload. What the commands print goes through it.
It starts with every job, so it imports little: json and signal alone would
take as long as the interpreter itself.
"""

import _signal as signal
import ctypes
import os
import resource
import select
import stat
import sys
import time

SETTINGS, COMMAND, CONTENT, COLLECT, BEGIN, LATER = range(1, 7)
LOADED, STARTED, OUTPUT, ENDED, FILE, DONE = range(1, 7)
WRITABLE = ("/workspace", "/tmp", "/dev/shm", os.environ["HOME"])
LOOK_SECONDS = 0.1
SET_DUMPABLE = 4


def main():
    keep_to_itself()
    write_frame(LOADED)
    job = read_job()
    woken = wake_on_ended_child()
    for number, args in enumerate(job[COMMAND]):
        if number == job[SETTINGS]["later at"]:
            lay_out_all(job[LATER])
        write_frame(STARTED)
        began = time.monotonic()
        status, why = run(args, job[SETTINGS], woken)
        told = (status, time.monotonic() - began, why)
        write_frame(ENDED, b'{"exit":%d,"seconds":%f,"why":"%b"}' % told)
        if status != 0:
            break
    hand_back(job[COLLECT], job[SETTINGS]["collect bytes"])
    write_frame(DONE)


def keep_to_itself():
    """The commands run as the same user: they must not get at this process."""
    for name in os.listdir("/proc/self/fd"):
        if int(name) > 2:
            try:
                os.close(int(name))
            except OSError:
                pass  # It was the listing's own.
    # Unhandled signals from inside do not reach process 1.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    with open("/proc/self/oom_score_adj", "w") as file:
        file.write("1000")
    if ctypes.CDLL(None).prctl(SET_DUMPABLE, 0, 0, 0, 0) != 0:
        raise OSError("cannot close its memory to others")


def read_job():
    job = {COMMAND: [], COLLECT: [], LATER: []}
    while True:
        head = read_exactly(5)
        payload = read_exactly(int.from_bytes(head[1:], "big"))
        if head[0] == BEGIN:
            return job
        if head[0] == CONTENT:
            path, _, content = payload.partition(b"\0")
            lay_out(path.decode(), content)
            continue
        if head[0] == LATER:
            job[LATER].append(payload)
            continue
        words = payload.decode().split("\0")
        if head[0] == SETTINGS:
            pairs = (word.split("=") for word in words)
            job[SETTINGS] = {name: int(value) for name, value in pairs}
        elif head[0] == COMMAND:
            job[COMMAND].append(words)
        elif head[0] == COLLECT:
            job[COLLECT].append(words[0])


def read_exactly(size):
    data = sys.stdin.buffer.read(size)
    if len(data) < size:
        raise EOFError("the job ended early")
    return data


def write_frame(kind, payload=b""):
    head = bytes([kind]) + len(payload).to_bytes(4, "big")
    sys.stdout.buffer.write(head + payload)
    sys.stdout.buffer.flush()


def lay_out(path, content):
    folder = os.path.dirname(path)
    if folder:
        os.makedirs(folder, exist_ok=True)
    with open(path, "wb") as file:
        file.write(content)


def lay_out_all(payloads):
    """Commands have run by now: where they left a link or a folder, it goes."""
    for payload in payloads:
        path, _, content = payload.partition(b"\0")
        if os.path.islink(path):
            os.unlink(path)
        try:
            lay_out(path.decode(), content)
        except OSError:
            pass  # What a command put there stays: it harms itself alone.


def wake_on_ended_child():
    reader, writer = os.pipe()
    os.set_blocking(reader, False)
    os.set_blocking(writer, False)
    signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    return reader


def run(command, limits, woken):
    """Its exit status, and why it was stopped. Nothing it started outlives it."""
    output, writer = os.pipe()
    child = os.fork()
    if child == 0:
        become(command, writer, limits)
    os.close(writer)
    try:
        status, why = attend(child, output, limits, woken)
        end_all_others()
        pass_on_rest(output)
    finally:
        os.close(output)
    return status, why


def become(command, output, limits):
    try:
        for number in (signal.SIGPIPE, signal.SIGXFSZ, signal.SIGCHLD):
            signal.signal(number, signal.SIG_DFL)
        nothing = os.open(os.devnull, os.O_RDONLY)
        for source, target in ((nothing, 0), (output, 1), (output, 2)):
            os.dup2(source, target)
        for name, most in limits.items():
            if name.startswith("RLIMIT_"):
                limit(getattr(resource, name), most)
        os.execv(command[0], command)
    except BaseException as fault:
        os.write(2, f"{command[0]} cannot be started: {fault}\n".encode())
    finally:
        os._exit(126)


def limit(what, most):
    _, now = resource.getrlimit(what)
    most = most if now == resource.RLIM_INFINITY else min(most, now)
    resource.setrlimit(what, (most, most))


def attend(child, output, limits, woken):
    """Passes output on until the command ends or goes beyond a limit."""
    poll = select.poll()
    poll.register(output, select.POLLIN)
    poll.register(woken, select.POLLIN)
    looked = time.monotonic()
    while True:
        for ready, _ in poll.poll(LOOK_SECONDS * 1000):
            data = os.read(ready, 65536)
            if ready == woken:
                continue
            if data:
                write_frame(OUTPUT, data)
            else:
                poll.unregister(output)
        status = reap(child)
        if status is not None:
            return status, b""
        if time.monotonic() - looked >= LOOK_SECONDS:
            why = beyond(limits)
            if why:
                return -1, why
            looked = time.monotonic()


def reap(child):
    """The child's exit status once it has ended; also buries orphans."""
    found = None
    while True:
        try:
            ended, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return found
        if ended == 0:
            return found
        if ended == child:
            signalled = os.WIFSIGNALED(status)
            found = 128 + os.WTERMSIG(status) if signalled else os.WEXITSTATUS(status)


def end_all_others():
    try:
        os.kill(-1, signal.SIGKILL)
    except ProcessLookupError:
        pass
    while True:
        try:
            os.waitpid(-1, 0)
        except ChildProcessError:
            return


def pass_on_rest(output):
    """Nobody is left who could write: what remains fits into the pipe."""
    os.set_blocking(output, False)
    try:
        while data := os.read(output, 65536):
            write_frame(OUTPUT, data)
    except BlockingIOError:
        pass


def beyond(limits):
    processes = [name for name in os.listdir("/proc") if name.isdigit()]
    # Shared pages count once for each process, and exactly only if it matters.
    if sum(map(resident_kb, processes)) > limits["memory kB"]:
        if sum(map(proportional_kb, processes)) > limits["memory kB"]:
            return b"too much memory"
    used = (os.statvfs(place) for place in WRITABLE)
    if sum(one.f_files - one.f_ffree for one in used) > limits["files"]:
        return b"too many files"
    return b""


def resident_kb(process):
    return kilobytes(process, "status", ("RssAnon", "RssShmem", "VmSwap")) or 0


def proportional_kb(process):
    fields = ("Pss_Anon", "Pss_Shmem", "SwapPss")
    return kilobytes(process, "smaps_rollup", fields) or resident_kb(process)


def kilobytes(process, file, fields):
    """None where the process is gone, or does not let itself be looked at."""
    try:
        with open(f"/proc/{process}/{file}") as lines:
            told = dict(line.split(":", 1) for line in lines if ":" in line)
    except OSError:
        return None
    return sum(int(told[name].split()[0]) for name in fields if name in told)


def hand_back(paths, most):
    for path in paths:
        content = read_regular(path, most)
        if content is not None:
            most -= len(content)
            write_frame(FILE, path.encode() + b"\0" + content)


def read_regular(path, most):
    """None unless every step is a real folder and the last a file of its own."""
    folder = os.open("/workspace", os.O_RDONLY)
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


main()
os._exit(0)  # With the process the box ends; there is nothing to put in order.
