/** Kinds of units that are offered; others that came by a table are shown as they are. */
export const KINDS = ['government', 'department', 'bureau', 'office', 'station', 'team', 'committee', 'institution', 'company']

/** Which field of the form a refusal about a unit belongs to. */
export const UNIT_FIELDS: Record<string, string> = {
  'account.bad_code': 'code', 'account.unit_code_taken': 'code', 'account.bad_name': 'name', 'account.personal_number': 'name', 'account.bad_kind': 'kind',
  'account.unit_unknown': 'parent_code', 'account.unit_inactive': 'parent_code', 'account.unit_cycle': 'parent_code', 'account.unit_too_deep': 'parent_code',
  'account.unit_holds_work': 'heir', code: 'code', name: 'name', kind: 'kind', parent_code: 'parent_code',
}
