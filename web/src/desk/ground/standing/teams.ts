/** Teams as they are told. Pure. */
export interface Member { id: number; user_id: string; user_name: string; function: string; function_name: string; since: string; until: string | null }
export interface Team { id: number; kind: string; kind_name: string; name: string; since: string; until: string | null; areas: { id: number; code: string; name: string }[]; members: Member[]; people: number; warnings: string[] }
export interface TeamKind { code: string; name: string; low: number; high: number; areas_low: number; functions: Record<string, string>; required: string[]; source: string }

/** 3 至 5 人；队长、副队长: what a kind of team asks for, '' where it asks for nothing. */
export function sizeWords(kind: TeamKind, t: (key: string, more: Record<string, unknown>) => string): string {
  const size = kind.high ? (kind.low === kind.high ? t('ground.squad.people', { count: kind.high }) : t('ground.squad.size', { low: kind.low, high: kind.high })) : kind.low > 1 ? t('ground.squad.size_low', { low: kind.low }) : ''
  const areas = kind.areas_low > 1 ? t('ground.squad.many_areas', { low: kind.areas_low }) : ''
  return [size, areas, kind.required.map((code) => kind.functions[code] ?? code).join('、')].filter(Boolean).join('；')
}
