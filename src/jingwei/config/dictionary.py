"""What codes are called on screens, in one answer for every client: whoever is signed in may know the words."""

from jingwei.accounts.queries import Role
from jingwei.cases import queries as cases
from jingwei.catalogue import queries as catalogue
from jingwei.config import english
from jingwei.grids import queries as grids
from jingwei.registry import queries as registry

# Who answers for a grid, as in the tables that are imported.
_STAFFING = {"main": "主责", "deputy": "副岗", "member": "成员"}


def dictionary(language: str = "zh") -> dict[str, dict[str, str]]:
    """Code → name, by kind of word. `state_kinds`: open (a clock runs), held, ended. Without an English name: the Chinese."""
    chinese = _chinese()
    return {kind: names | english.NAMES.get(kind, {}) for kind, names in chinese.items()} if language == "en" else chinese


def _chinese() -> dict[str, dict[str, str]]:
    return {
        **cases.words(),
        "limit_units": dict(catalogue.UNIT_NAMES),
        "posts": {role.code: role.zh for role in Role},
        "staffing_posts": dict(_STAFFING),
        "area_kinds": {kind.value: name for kind, name in grids.KIND_NAMES.items()},
        "part_states": dict(registry.PART_STATES)}
