"""Takes Python's ways to JavaScript out of its modules."""

import sys


def forget():
    ours = {"js", "pyodide", "pyodide_js", "_pyodide", "_pyodide_core"}
    for name, module in list(sys.modules.items()):
        if name.split(".")[0] not in ours:
            continue
        if not is_javascript(module):
            for key, value in list(vars(module).items()):
                if is_javascript(value):
                    setattr(module, key, None)
        loader = getattr(module, "__loader__", None)
        if type(loader).__name__ == "JsLoader":
            vars(loader).clear()
        del sys.modules[name]
    sys.meta_path[:] = [
        finder
        for finder in sys.meta_path
        if getattr(finder, "__module__", "").split(".")[0] not in ours
    ]


def is_javascript(value):
    return any(kind.__name__ == "JsProxy" for kind in type(value).__mro__)


forget()
del forget, is_javascript
