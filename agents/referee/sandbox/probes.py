"""Attempts to get out of a box, or to take more than it gives: every one of them must fail.

A probe is Python code that ends without an exception when it has got through. The start-up self-test runs all of them
in one box before any code of a player is run.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

# What probes share: system calls by name, with numbers for those that libc does not wrap.
_PRELUDE: Final = """
import ctypes, os, platform, resource, socket, struct, sys, time
libc = ctypes.CDLL(None, use_errno=True)
NUMBERS = {
    "x86_64": {"acct": 163, "add_key": 248, "bpf": 321, "clone": 56, "clone3": 435, "delete_module": 176,
               "finit_module": 313, "fsopen": 430, "init_module": 175, "io_uring_setup": 425, "kcmp": 312,
               "kexec_load": 246, "keyctl": 250, "memfd_create": 319, "mount": 165, "move_mount": 429,
               "open_by_handle_at": 304, "open_tree": 428, "perf_event_open": 298, "personality": 135,
               "pidfd_getfd": 438, "pivot_root": 155, "process_vm_readv": 310, "ptrace": 101, "quotactl": 179,
               "reboot": 169, "setdomainname": 171, "sethostname": 170, "setns": 308, "settimeofday": 164,
               "swapon": 167, "syslog": 103, "umount2": 166, "unshare": 272, "userfaultfd": 323, "capset": 126},
    "aarch64": {"acct": 89, "add_key": 217, "bpf": 280, "clone": 220, "clone3": 435, "delete_module": 106,
                "finit_module": 273, "fsopen": 430, "init_module": 105, "io_uring_setup": 425, "kcmp": 272,
                "kexec_load": 104, "keyctl": 219, "memfd_create": 279, "mount": 40, "move_mount": 429,
                "open_by_handle_at": 265, "open_tree": 428, "perf_event_open": 241, "personality": 92,
                "pidfd_getfd": 438, "pivot_root": 41, "process_vm_readv": 270, "ptrace": 117, "quotactl": 60,
                "reboot": 142, "setdomainname": 162, "sethostname": 161, "setns": 268, "settimeofday": 170,
                "swapon": 224, "syslog": 116, "umount2": 39, "unshare": 97, "userfaultfd": 282, "capset": 91},
}

def call(name, *arguments):
    if libc.syscall(NUMBERS[platform.machine()][name], *arguments) == -1:
        raise OSError(ctypes.get_errno(), name)

def write(path, text="x"):
    with open(path, "w") as target:
        target.write(text)

def connect(family, kind, address):
    with socket.socket(family, kind) as client:
        client.settimeout(0.2)
        client.connect(address)

def fill(folder):
    for number in range(64):
        write(f"{folder}/{number}", "x" * 1000000)
"""

_FILES: Final = {
    "read the users": "open('/etc/passwd').read()",
    "read the passwords": "open('/etc/shadow').read()",
    "list root's home": "os.listdir('/root')",
    "list homes": "os.listdir('/home')",
    "list /var": "os.listdir('/var')",
    "list /sys": "os.listdir('/sys/kernel')",
    "see more of the root than was given": "assert set(os.listdir('/')) - {'bin', 'box', 'dev', 'lib', 'lib32', "
    "'lib64', 'libx32', 'packages', 'proc', 'sbin', 'tmp', 'usr'}",
    "read the environment of process 1": "assert set(item.split(b'=')[0] for item in "
    "open('/proc/1/environ', 'rb').read().split(b'\\0') if item) - {b'PATH', b'PWD'}",
    "have more in the environment than was given": "assert set(os.environ) - {'PATH', 'PWD', 'LC_CTYPE'}",
    "have more files open than three": "assert len(os.listdir('/proc/self/fd')) > 4",
    "see foreign processes": "assert sum(name.isdecimal() for name in os.listdir('/proc')) > 4",
    "write to the root": "write('/new')",
    "write beside the program": "write('/box/new')",
    "change the program": "write('/box/main.py')",
    "write to /usr": "write('/usr/new')",
    "write to /dev": "write('/dev/new')",
    "change the core pattern": "write('/proc/sys/kernel/core_pattern')",
    "trigger the system request key": "write('/proc/sysrq-trigger')",
    "write to the kernel log": "write('/dev/kmsg')",
    "read memory": "open('/dev/mem', 'rb').read(1)",
    "make a device": "os.mknod('/tmp/device', 0o060600, os.makedev(8, 0))",
    "change the root": "os.chroot('/tmp')",
    "leave through a process's root": "assert set(os.listdir('/proc/1/root')) - set(os.listdir('/'))",
    "speak to a terminal": "open('/dev/tty', 'w').write('x')",
}
_NETWORK: Final = {
    "connect to this machine": "connect(socket.AF_INET, socket.SOCK_STREAM, ('127.0.0.1', 80))",
    "connect to the network": "connect(socket.AF_INET, socket.SOCK_STREAM, ('192.0.2.1', 80))",
    "look up a name": "socket.getaddrinfo('example.org', 80)",
    "send a datagram": "socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('192.0.2.1', 53))",
    "open a raw socket": "socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP)",
    "open a packet socket": "socket.socket(socket.AF_PACKET, socket.SOCK_RAW)",
    "open a netlink socket": "socket.socket(socket.AF_NETLINK, socket.SOCK_RAW)",
    "open a local socket": "socket.socket(socket.AF_UNIX)",
    "open a pair of sockets": "socket.socketpair()",
}
_CALLS: Final = {
    "a new user namespace": "call('unshare', 0x10000000)",
    "a new mount namespace": "call('unshare', 0x00020000)",
    "a child in a new user namespace": "call('clone', 0x10000000 | 17, 0, 0, 0, 0)",
    "a child by clone3": "call('clone3', ctypes.create_string_buffer(88), 88)",
    "enter a namespace": "call('setns', os.open('/proc/self/ns/net', os.O_RDONLY), 0)",
    "mount": "call('mount', b'none', b'/tmp', b'tmpfs', 0, None)",
    "unmount": "call('umount2', b'/tmp', 2)",
    "open a mount tree": "call('open_tree', -100, b'/', 1)",
    "open a file system": "call('fsopen', b'tmpfs', 0)",
    "pivot the root": "call('pivot_root', b'/tmp', b'/tmp')",
    "trace": "call('ptrace', 0, 0, 0, 0)",
    "read another process": "call('process_vm_readv', 1, 0, 0, 0, 0, 0)",
    "take a file from another process": "call('pidfd_getfd', 0, 0, 0)",
    "compare processes": "call('kcmp', os.getpid(), os.getpid(), 0, 0, 0)",
    "load a kernel filter": "call('bpf', 0, ctypes.create_string_buffer(128), 128)",
    "watch performance events": "call('perf_event_open', ctypes.create_string_buffer(128), 0, -1, -1, 0)",
    "set up an io_uring": "call('io_uring_setup', 4, ctypes.create_string_buffer(128))",
    "handle page faults": "call('userfaultfd', 1)",
    "use the key ring": "call('keyctl', 0, -3, 1)",
    "add a key": "call('add_key', b'user', b'x', b'y', 1, -3)",
    "make a file in memory": "call('memfd_create', b'x', 0)",
    "open a file by its handle": "call('open_by_handle_at', 0, ctypes.create_string_buffer(128), 0)",
    "load a kernel": "call('kexec_load', 0, 0, 0, 0)",
    "load a module": "call('init_module', b'x', 1, b'')",
    "remove a module": "call('delete_module', b'x', 0)",
    "reboot": "call('reboot', 0, 0, 0, 0)",
    "rename the machine": "call('sethostname', b'x', 1)",
    "set the clock": "call('settimeofday', ctypes.create_string_buffer(16), 0)",
    "change the personality": "call('personality', 0x0040000)",
    "swap": "call('swapon', b'/tmp', 0)",
    "read the kernel log": "call('syslog', 3, ctypes.create_string_buffer(64), 64)",
    "set disk quotas": "call('quotactl', 0, 0, 0, 0)",
    "account for processes": "call('acct', 0)",
    "become root": "os.setuid(0); assert open('/proc/self/uid_map').read().split()[1] == '0'",
    "gain rights by a program that gives them": "assert 'NoNewPrivs:\\t0' in open('/proc/self/status').read()",
    "have any capability": "assert int(open('/proc/self/status').read().split('CapBnd:')[1].split()[0], 16)",
    "be without a filter": "assert 'Seccomp:\\t0' in open('/proc/self/status').read()",
    "run before others": "os.nice(-5)",
}
_RESOURCES: Final = {
    "fill /tmp": "fill('/tmp')",
    "fill shared memory": "fill('/dev/shm')",
    "write a large file": "write('/tmp/large', 'x' * (2 << 20))",
    "allocate 800 megabytes": "bytearray(800 << 20)",
    "open a thousand files": "[os.dup(0) for _ in range(1000)]",
    "raise a limit": "resource.setrlimit(resource.RLIMIT_AS, (1 << 40, 1 << 40))",
    "start two hundred processes": "\nfor _ in range(200):\n    if os.fork() == 0:\n        time.sleep(0.5)\n"
    "        os._exit(0)",
}

PROBES: Final[Mapping[str, str]] = MappingProxyType({**_FILES, **_NETWORK, **_CALLS, **_RESOURCES})

# What must work, so that a box that blocks everything does not pass for a good one.
HARMLESS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "compute": "assert sum(range(1000)) == 499500",
        "import from the standard library": "import json, math, re; assert json.loads('[1]') == [1]",
        "write a scratch file": "write('/tmp/small', 'x' * 1000); assert len(open('/tmp/small').read()) == 1000",
        "start a process": "assert os.waitpid(os.spawnv(os.P_NOWAIT, '/usr/bin/true', ['true']), 0)[1] == 0",
    }
)


def program(probes: Mapping[str, str]) -> str:
    """A program that tries all probes and prints the names of those that got through, as a JSON list.

    Every probe has a process of its own, so that none spoils the next.
    """
    return f"""{_PRELUDE}
import json, signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
through = []
for name, code in json.loads({json.dumps(json.dumps(dict(probes)))}).items():
    child = os.fork()
    if child == 0:
        try:
            exec(code)
        except BaseException:
            os._exit(1)
        os._exit(0)
    if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0:
        through.append(name)
print(json.dumps(through))
"""
