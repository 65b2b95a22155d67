// Modules of Python itself: never looked for in the repository when they are
// imported by their plain name.
export const STANDARD_LIBRARY: ReadonlySet<string> = new Set(
	"abc argparse array ast asyncio atexit base64 bisect builtins bz2 calendar cmd code codecs collections colorsys concurrent configparser contextlib contextvars copy copyreg cProfile csv ctypes dataclasses datetime decimal difflib dis email enum errno fcntl filecmp fnmatch fractions ftplib functools gc getpass gettext glob graphlib gzip hashlib heapq hmac html http importlib inspect io ipaddress itertools json keyword linecache locale logging lzma marshal math mimetypes mmap multiprocessing numbers operator os pathlib pdb pickle pkgutil platform pprint profile pstats queue random re reprlib resource sched secrets select shelve shlex shutil signal site smtplib socket sqlite3 ssl stat statistics string struct subprocess sys sysconfig tarfile tempfile textwrap threading time timeit token tokenize traceback types typing unicodedata unittest urllib uuid venv warnings wave weakref xml zipfile zipimport zlib zoneinfo __future__".split(
		" ",
	),
);
