"""The tables of a run, each read when it is asked for."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from runner.config.errors import did_you_mean
from runner.storage.csv_text import Columns, columns_of


class Tables(Mapping[str, Columns]):
    """Tables by the names of their files; each is its columns by name, arrays `(rows,)`."""

    def __init__(self, names: Iterable[str], text_of: Callable[[str], str]):
        """`text_of(name)` gives the content of a file."""
        self._names, self._text_of = sorted(names), text_of
        self._read: dict[str, Columns] = {}

    def __getitem__(self, name: str) -> Columns:
        if name not in self._names:
            raise KeyError(f"{name}{did_you_mean(name, self._names)}; there are {', '.join(self._names)}")
        if name not in self._read:
            self._read[name] = columns_of(self._text_of(name))
        return self._read[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    def __repr__(self) -> str:
        return f"Tables({', '.join(self._names)})"
