"""`jingwei import staffing`: who stands on which grid, as main, deputy or member."""

import argparse
import hashlib
from pathlib import Path
from uuid import UUID

from jingwei.cli.imports.divisions import tell_findings, tell_reading
from jingwei.cli.imports.reporting import open_table, summary, table_options
from jingwei.cli.ready import django_ready


def define(parser: argparse.ArgumentParser) -> None:
    table_options(parser)
    parser.add_argument("--system", default="base", metavar="体系", help="网格体系，默认基本体系 base")
    parser.epilog = "列：网格编码、登录名、岗位（主责/A、副/B、成员）、开始，可选 结束、职责（用、隔开）"
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    django_ready()
    from jingwei.accounts.queries import operator
    from jingwei.grids.commands import check_staffing, import_staffing

    if options.dry_run:
        return tell_reading(options, *check_staffing(open_table(options)))
    digest = hashlib.sha256(Path(options.file).read_bytes()).hexdigest()
    made, findings = import_staffing(operator(), open_table(options), people_by_login, file_hash=digest,
                                     system=options.system)
    refused = tell_findings(options, findings, table=True)
    summary(options, 新上岗=made, 退回=refused)
    return 0


def people_by_login(logins: set[str]) -> dict[str, UUID]:
    """The ids of active people with these logins."""
    from jingwei.accounts.queries import operator, staff

    found: dict[str, UUID] = {}
    after: str | None = ""
    find = next(iter(logins)) if len(logins) == 1 else ""
    while after is not None and len(found) < len(logins):
        page = staff(operator(), after=after, limit=200, find=find)
        found |= {person.login: person.id for person in page.items if person.login in logins}
        after = page.next
    return found
