/** A row of what is publicised: one for each level. */
export interface Publicised {
  case_id: string; number: string; level: string; level_name: string; area: string; area_name: string; words: string
  began_at: string; until: string | null; days_left: number | null; shown: boolean
}

/** A day as it stands on paper, in the zone of this screen: 2026年11月23日. */
export function dayOf(at: string): string {
  const day = new Date(at)
  return `${day.getFullYear()}年${day.getMonth() + 1}月${day.getDate()}日`
}
