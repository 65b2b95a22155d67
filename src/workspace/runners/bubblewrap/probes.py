"""Tries every way out of the box that we know of and writes down what happened.

A probe that reaches something returns it; one that is refused raises, or
returns nothing. None does harm where there is no box.
"""

import ctypes
import errno
import fcntl
import json
import mmap
import os
import pkgutil
import resource
import socket
import sys

with open("facts.json") as _file:
    FACTS = json.load(_file)
LIBC = ctypes.CDLL(None, use_errno=True)


def read_passwords():
    return open("/etc/shadow").read()


def read_file_of_the_host():
    return open(FACTS["secret"]).read()


def read_it_through_another_root():
    return open("/proc/1/root" + FACTS["secret"]).read()


def read_it_through_another_folder():
    return open("/proc/1/cwd/.." + FACTS["secret"]).read()


def link_to_file_of_the_host():
    os.link(FACTS["secret"], "linked")
    return open("linked").read()


def read_our_program():
    return open(FACTS["program"]).read()


def list_folder_of_the_host():
    return os.listdir(os.path.dirname(FACTS["secret"]))


def list_homes():
    return os.listdir("/root") + [one for one in os.listdir("/home") if one != "box"]


def see_shared_memory_of_the_host():
    return FACTS["shared"] and os.path.exists(FACTS["shared"])


def see_block_devices():
    hardware = ("vd", "sd", "nvme", "loop", "kmsg", "mem", "kvm", "fuse", "disk")
    return [one for one in os.listdir("/dev") if one.startswith(hardware)]


def write_to_the_host():
    return _write(FACTS["outside"] + "/written")


def write_through_a_link():
    os.symlink(FACTS["outside"], "link")
    return _write("link/written")


def write_to_the_root():
    return _write("/written")


def write_settings():
    return _write("/etc/written")


def write_programs():
    return _write("/usr/local/bin/written")


def write_logs():
    return _write("/var/tmp/written")


def write_among_the_devices():
    return _write("/dev/written")


def write_into_the_interpreter():
    return _write(os.path.join(os.path.dirname(os.__file__), "written"))


def replace_the_interpreter():
    return os.open(sys.executable, os.O_WRONLY)


def set_the_kernel():
    return os.open("/proc/sys/vm/drop_caches", os.O_WRONLY)


def mount_over_a_folder():
    return LIBC.mount(b"none", b"/tmp", b"tmpfs", 0, None) == 0


def see_other_processes():
    mine = {"1", str(os.getpid())}
    return [one for one in os.listdir("/proc") if one.isdigit() and one not in mine]


def read_their_environment():
    found = []
    for one in filter(str.isdigit, os.listdir("/proc")):
        try:
            found += open(f"/proc/{one}/environ", "rb").read().split(b"\0")
        except OSError:
            pass
    return [one for one in found if one and one.decode() not in _own_environment()]


def read_the_first_process():
    return open("/proc/1/environ", "rb").read() or open("/proc/1/maps").read()


def write_its_memory():
    return os.open("/proc/1/mem", os.O_RDWR)


def open_its_descriptors():
    return [os.open(f"/proc/1/fd/{one}", os.O_RDWR) for one in os.listdir("/proc/1/fd")]


def kill_the_first_process():
    if os.getuid() == 0:
        return "as root"  # Outside of a box that would be the machine's.
    os.kill(1, 15)
    os.kill(1, 2)
    os.kill(1, 9)
    import time

    time.sleep(0.02)
    return False  # Or nobody would read this.


def signal_process_of_the_host():
    os.kill(FACTS["pid"], 0)
    return True


def hold_more_descriptors():
    found = []
    for one in map(int, os.listdir("/proc/self/fd")):
        try:
            found += [os.readlink(f"/proc/self/fd/{one}")] if one > 2 else []
        except OSError:
            pass  # The listing's own.
    return found


def have_a_terminal():
    return os.open("/dev/tty", os.O_RDWR)


def type_into_a_terminal():
    main, other = os.openpty()
    return fcntl.ioctl(other, 0x5412, b"x") == 0


def have_privileges():
    with open("/proc/self/status") as lines:
        told = dict(line.split(":", 1) for line in lines)
    wanted = {"NoNewPrivs": "1", "Seccomp": "2"}
    wanted |= {name: "0" * 16 for name in ("CapEff", "CapPrm", "CapBnd", "CapAmb")}
    wrong = [name for name, value in wanted.items() if told[name].strip() != value]
    return wrong + (["root"] if 0 in (os.getuid(), os.getgid()) else [])


def become_root():
    os.setuid(0)
    return True


def reach_a_service_here():
    return _connect(socket.AF_INET, ("127.0.0.1", FACTS["port"]))


def reach_the_internet():
    return _connect(socket.AF_INET, ("192.0.2.1", 80))


def reach_the_internet_by_version_6():
    return _connect(socket.AF_INET6, ("2001:db8::1", 80))


def send_a_datagram():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        return one.sendto(b"x", ("192.0.2.1", 53))


def reach_a_socket_in_a_folder():
    return _connect(socket.AF_UNIX, FACTS["sockets"][0])


def reach_a_socket_without_a_folder():
    return _connect(socket.AF_UNIX, FACTS["sockets"][1])


def open_other_kinds_of_sockets():
    found = []
    for family in (16, 17, 29, 38, 40):  # netlink, packet, CAN, kernel crypto, vsock
        for kind in (socket.SOCK_RAW, socket.SOCK_DGRAM, socket.SOCK_STREAM, 5):
            try:
                found.append(str(socket.socket(family, kind, 0)))
            except OSError:
                pass
    return found


def open_raw_socket():
    return socket.socket(socket.AF_INET, socket.SOCK_RAW, 1)


def clone_into_a_new_user():
    return _in_child(lambda: LIBC.syscall(FACTS["clone"], 0x10000011, 0, 0, 0, 0))


def clone_by_the_newer_call():
    return _in_child(lambda: LIBC.syscall(435, 0, 0))


def call_by_another_abi():
    number = {"x86_64": 0x40000000 + 39}.get(os.uname().machine)
    return number and LIBC.syscall(number) > 0


def call_by_another_architecture():
    if os.uname().machine != "x86_64":
        return False
    code = b"\xb8\x14\x00\x00\x00\xcd\x80\xc3"  # getpid of 32 bits, by interrupt 0x80
    page = mmap.mmap(-1, len(code), prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    page.write(code)
    address = ctypes.addressof(ctypes.c_char.from_buffer(page))
    return _in_child(ctypes.CFUNCTYPE(ctypes.c_int)(address)) == "ok"


def have_core_dumps():
    return resource.getrlimit(resource.RLIMIT_CORE)[1] > 1


def _write(path):
    with open(path, "w") as file:
        file.write("x")
    return path


def _connect(family, address):
    with socket.socket(family) as one:
        one.settimeout(1)
        one.connect(address)
    return "connected"


def _own_environment():
    return {f"{name}={value}" for name, value in os.environ.items()}


def _in_child(call):
    """Whether a call is let through, tried by a process that then ends."""
    child = os.fork()
    if child == 0:
        ctypes.set_errno(0)
        answer = call()
        os._exit(0 if answer >= 0 else ctypes.get_errno())
    error = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if error < 0:
        return False  # Killed for it.
    return error not in (errno.EPERM, errno.ENOSYS) and errno.errorcode.get(error, "ok")


def _make(number):
    """A call with arguments that make no sense, where a filter may refuse it."""
    return lambda: _in_child(lambda: LIBC.syscall(number, -1, -1, -1, -1, -1, -1))


def _attempt(probe):
    try:
        reached = probe()
        return {"reached": bool(reached), "what": repr(reached)[:200]}
    except BaseException as refusal:
        return {"reached": False, "what": f"{type(refusal).__name__}: {refusal}"[:200]}


_probes = {
    name: one
    for name, one in list(globals().items())
    if callable(one) and not name.startswith("_") and getattr(one, "__module__", "") == __name__
}
_probes |= {f"the_call_{name}": _make(number) for name, number in FACTS["calls"].items()}
_answers = {name: _attempt(probe) for name, probe in _probes.items()}
with open("answers.json", "w") as _out:
    _modules = [one.name for one in pkgutil.iter_modules()] + list(sys.builtin_module_names)
    _answer = {"probes": _answers, "environment": dict(os.environ), "modules": _modules}
    json.dump(_answer, _out)
