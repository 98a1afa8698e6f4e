"""Materialised paths of ids: 'a/b/c/'. Never parsed for meaning, compared as half-open ranges, never LIKE."""


def child(parent: str, identifier: int | str) -> str:
    """The path of a child: the parent's path, the child's own id, a slash."""
    return f"{parent}{identifier}/"


def span(path: str) -> tuple[str, str]:
    """The half-open range [low, high) that holds `path` and all below it: ('a/b/', 'a/b0').

    '0' follows '/' in ASCII, which is why the columns are compared by code point (collation C / BINARY).
    """
    if not path.endswith("/"):
        raise ValueError(f"not a path: {path!r}")
    return path, path[:-1] + "0"


def within(path: str, root: str) -> bool:
    """Whether `path` is `root` or lies below it. The empty root holds everything."""
    return path.startswith(root)


def lineage(path: str) -> list[str]:
    """The ids of which a path is made, from the root to its own."""
    return path.split("/")[:-1]
