"""Gives asyncio a loop of its own: Pyodide's belongs to JavaScript, and the
usual one needs sockets. Here only time passes; nothing comes from outside."""

import asyncio
import importlib
import time
from asyncio import base_events, events


class Clock:
    def select(self, timeout):
        if timeout is None:
            raise RuntimeError("the event loop would wait for ever")
        time.sleep(max(0, timeout))
        return []


class ClockLoop(base_events.BaseEventLoop):
    def __init__(self):
        super().__init__()
        self._selector = Clock()

    def _process_events(self, happened):
        pass

    def _write_to_self(self):
        pass


class ClockPolicy(events._BaseDefaultEventLoopPolicy):
    _loop_factory = ClockLoop


importlib.reload(asyncio.runners)
asyncio.run, asyncio.Runner = asyncio.runners.run, asyncio.runners.Runner
asyncio._set_running_loop(None)
events._set_event_loop_policy(ClockPolicy())
