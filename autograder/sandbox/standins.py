"""Modules that are not in the sandbox and may be imported all the same: an import must not take a whole cell with it.

What draws or shows (``matplotlib``, ``drawing``, ``IPython`` …) does nothing. ``check`` gives the function back.
``solutions`` has the given functions; its others exist and say, when they are called, that they are not at hand.
Any other module that a plain import at the top of a cell names says so when it is used; within ``try`` or a function
the import fails as it should.
"""

import ast
import functools
import importlib.machinery
import sys
import types

from autograder import worker
from autograder.sandbox.values import Handle

SILENT = {"matplotlib", "mpl_toolkits", "drawing", "IPython", "ipywidgets", "seaborn", "plotly", "bokeh", "altair",
          "tqdm", "nbgrader", "jupyter", "google", "numba"}
OURS = {"solutions", "autograder"}


class Nothing(worker.Harmless):
    """Takes every call, attribute, index and value, and does nothing; unpacks into as many as are asked for."""

    def __init__(self, *args, **kwargs):
        pass

    def __getattr__(self, name):
        """Return another one, except where Python asks what kind of object this is."""
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        return Nothing()

    def __call__(self, *args, **kwargs):
        """Return the function that it decorates, or another one."""
        decorates = len(args) == 1 and not kwargs and isinstance(args[0], (types.FunctionType, type))
        return args[0] if decorates else Nothing()

    def __setattr__(self, name, value):
        pass

    def __getitem__(self, key):
        return Nothing()

    def __setitem__(self, key, value):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return False

    def __iter__(self):
        """As many as ``figure, axes = …`` unpacks; none in a loop."""
        frame = sys._getframe(1)
        code, at = frame.f_code.co_code, frame.f_lasti
        unpacked = code[at] == _UNPACK
        return iter([Nothing() for _ in range(code[at + 1] if unpacked else 0)])

    def __len__(self):
        return 0

    def __bool__(self):
        return True

    def __eq__(self, other):
        return True

    __hash__ = object.__hash__


_UNPACK = __import__("opcode").opmap["UNPACK_SEQUENCE"]


class Bar(Nothing):
    """A progress bar that shows nothing: iterating goes over what it was given."""

    def __init__(self, iterable=(), *args, **kwargs):
        object.__setattr__(self, "iterable", iterable)

    def __iter__(self):
        """Go over what it was given."""
        return iter(self.iterable)

    def __len__(self):
        return len(self.iterable)


class Checked(Nothing):
    """What ``check`` gives while a submission is graded: the function itself, no points yet."""

    def __init__(self, function):
        object.__setattr__(self, "function", function)
        object.__setattr__(self, "points", 0.0)


class Absent:
    """Stands for something of a module that is not here: says so when it is used."""

    def __init__(self, name, hint=""):
        self.__dict__.update(__name__=name, _hint=hint)

    def __getattr__(self, name):
        """Return something else that is not here."""
        if name.startswith("__"):
            raise AttributeError(name)
        return Absent(f"{self.__name__}.{name}", self._hint)

    def __call__(self, *args, **kwargs):
        """Say that it is not here."""
        raise RuntimeError(f"{self.__name__} is not at hand while a submission is graded{self._hint}")

    __getitem__ = __iter__ = __add__ = __radd__ = __mul__ = __rmul__ = __sub__ = __rsub__ = __matmul__ = __call__
    __rmatmul__ = __truediv__ = __rtruediv__ = __pow__ = __neg__ = __len__ = __array__ = __float__ = __call__
    __enter__ = __call__

    def __exit__(self, *error):
        pass


class Awaited(Absent, Handle):
    """Something of the library: what the exercise under test may use is there while its function runs."""

    @property
    def short(self):
        """Its name without the module's."""
        return self.__name__.rpartition(".")[2]

    @property
    def _there(self):
        return vars(sys.modules["solutions"]).get(self.short)

    @property
    def _number(self):
        return getattr(self._there, "_number", None)

    def __getattr__(self, name):
        """Return an attribute of what is there, or something else that is not."""
        if name.startswith("__"):
            raise AttributeError(name)
        there = self._there
        return Absent.__getattr__(self, name) if there is None else getattr(there, name)

    def __call__(self, *args, **kwargs):
        """Call what is there, or say that it is not."""
        there = self._there
        return Absent.__call__(self) if there is None else there(*args, **kwargs)


def install(given):
    """Have the stand-ins found where nothing else is.

    Parameters
    ----------
    given : str
        Source text of the functions that a submission may import from ``solutions``.
    """
    module = types.ModuleType("solutions")
    exec(given, vars(module))
    module.__path__ = []
    own = {name: value for name, value in vars(module).items() if not name.startswith("__")}
    module.__getattr__ = _missing("solutions", own)
    sys.modules["solutions"] = module
    autograder = sys.modules["autograder"]
    autograder.check, autograder.Result = Checked, Checked
    sys.meta_path.append(_Finder(own))


class _Finder:
    """The last to be asked for a module."""

    def __init__(self, given):
        self.given = given

    def find_spec(self, name, path=None, target=None):
        """Return a spec for a stand-in, or None where the import has to fail."""
        inside = isinstance(sys.modules.get(name.rpartition(".")[0]), (_Absents, _Silent))
        plain = "." not in name and _is_plain(sys._getframe(1))
        if inside or plain or name.partition(".")[0] in SILENT | OURS:
            return importlib.machinery.ModuleSpec(name, self, is_package=True)
        return None

    def create_module(self, spec):
        """Return the stand-in; its submodules are stand-ins too."""
        top = spec.name.partition(".")[0]
        if top in SILENT or top == "autograder":
            return _Silent(spec.name)
        module = _Absents(spec.name)
        vars(module)["__getattr__"] = _missing(spec.name, self.given if top == "solutions" else {})
        return module

    def exec_module(self, module):
        """Do nothing: a stand-in is made ready."""


class _Absents(types.ModuleType):
    """A module that is not here."""


class _Silent(types.ModuleType):
    """A module all of whose contents do nothing."""

    def __getattr__(self, name):
        """Return something that does nothing."""
        if name.startswith("__"):
            raise AttributeError(name)
        if name == "check":
            return Checked
        if name == "trange":
            return lambda *args, **kwargs: Bar(range(*args))
        return Bar if name == "tqdm" else Nothing()


_OWN = ": use a function of your own"


def _missing(module, given):
    def missing(name):
        if name in given:
            return given[name]
        if name.startswith("__"):
            raise AttributeError(name)
        return Awaited(f"{module}.{name}", _OWN) if module.startswith("solutions") else Absent(f"{module}.{name}")

    return missing


_running = (None, "")


def note_imports(cell, source):
    """Know the text of the cell that runs: which of its imports stand in no other statement is asked rarely.

    Parameters
    ----------
    cell : str
        Its name, as in tracebacks.
    source : str
    """
    global _running
    _running = (cell, source)


@functools.lru_cache(maxsize=1)
def _import_lines(source):
    try:
        body = ast.parse(worker.without_magics(source)).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return frozenset()
    return frozenset(line for statement in body if isinstance(statement, (ast.Import, ast.ImportFrom))
                     for line in range(statement.lineno, statement.end_lineno + 1))


def _is_plain(frame):
    while frame is not None and frame.f_code.co_filename.startswith("<frozen importlib"):
        frame = frame.f_back
    cell, source = _running
    return frame is not None and frame.f_code.co_filename == cell and frame.f_code.co_name == "<module>" and \
        frame.f_lineno in _import_lines(source)
