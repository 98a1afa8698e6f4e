/** Grid systems as they are told, and what each kind of rule asks to be filled in. Pure. */
export interface Rule { asks: string; level: number; low: number | null; high: number | null; value: string; said: string; source: string }
export interface SystemLine { code: string; name: string; levels: { level: number; name: string; areas: number }[]; rules: Rule[] }
export interface Template { code: string; name: string; levels: string[]; rules: Rule[]; note: string; set_up: boolean }
export interface Systems { items: SystemLine[]; templates: Template[] }
export interface Fault { asks: string; level: number; level_name: string; area_id: number; code: string; name: string; user_name: string; text: string }
export interface GridHere { area_id: number; code: string; name: string; level: number; level_name: string; on_duty: string | null; on_duty_name: string; on_duty_why: string; on_duty_area: string }
export interface SystemHere { system: string; name: string; by: string; grids: GridHere[]; more: number }

export const ASKS = ['areas', 'main', 'one_to_one', 'people', 'members', 'households', 'team', 'capacity', 'certificate', 'cover'] as const
const BOUNDED = ['areas', 'people', 'members', 'households']
const VALUED = ['team', 'capacity', 'certificate', 'cover']
export const bounded = (asks: string): boolean => BOUNDED.includes(asks)
export const valued = (asks: string): boolean => VALUED.includes(asks)

export interface RuleForm { asks: string; level: number; low: number | null; high: number | null; value: string }
export const emptyRule = (): RuleForm => ({ asks: 'main', level: 1, low: null, high: null, value: '' })

/** Whether a rule says enough to be sent. */
export function complete(rule: RuleForm): boolean {
  if (bounded(rule.asks)) return (rule.low !== null || rule.high !== null) && (rule.low === null || rule.high === null || rule.low <= rule.high)
  return !valued(rule.asks) || !!rule.value.trim()
}

/** A rule as it is sent: without what its kind does not ask for. */
export const sent = (rule: RuleForm & { source?: string }) => ({
  asks: rule.asks, level: rule.level, low: bounded(rule.asks) ? rule.low : null, high: bounded(rule.asks) ? rule.high : null,
  value: valued(rule.asks) ? rule.value.trim() : '', source: rule.source ?? '',
})

/** Levels written one to a line. */
export const levelsOf = (text: string): string[] => text.split('\n').map((line) => line.trim()).filter(Boolean)

/** Whoever is on duty on a grid itself needs no further word; elsewhere the area is said. */
export const answersFromElsewhere = (grid: GridHere): boolean => !!grid.on_duty_name && grid.on_duty_area !== grid.name
