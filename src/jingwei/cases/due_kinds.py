"""What may be due beside the steps of cases: kind in the worklist → what it is called, and where the desk lists it. Pure."""

KINDS: dict[str, tuple[str, str]] = {
    "help": ("协办待完成", "/cases?helping=true"),
}
