/** The papers of an area: which there are, their addresses and names. Pure. */
export interface Face { name: string; post: string; since: string; duties: string[]; phone: string; photo: boolean }
export interface Held { user_name: string; post: string; since: string; until: string | null; duties: string[] }
export interface Kin { code: string; name: string; at: string; share: number | null }
export interface Board { office_phone: string; supervision_phone: string; services: string[]; own: boolean }
export interface Archive {
  id: number; code: string; name: string; kind: string; level_name: string; status: string; valid_from: string | null; valid_to: string | null
  four_bounds: string; note: string; area_m2: number | null; chain: { area_id: number; name: string }[]; below: { name: string; count: number }[]; buildings: number | null; households: number | null
  staffing_now: Face[]; staffing_before: Held[]; certificates: { valid: number; expired: number; none: number }; members: { area_id: number; code: string; name: string }[]
  elsewhere: { system: string; system_name: string; code: string; name: string }[]; drawings: { number: number; title: string; valid_from: string; area_m2: number }[]
  predecessors: Kin[]; successors: Kin[]; cases: { open: number; months: { month: string; reported: number; closed: number }[] } | null; board: Board
}
export interface BoundsBelow { written: number; unchanged: number; kept: number; unknown: number; lacking: string[]; next: string | null; left: number }
export interface Contact { given: boolean; phone: string; photo: boolean; given_on: string | null; form: boolean; days: [string, string][] }

/** What can be printed: its word, its address below the area, whether it needs an outline. */
export const PAPERS = [
  { word: 'map_a4', path: 'map.pdf?paper=A4', drawn: true }, { word: 'map_a3', path: 'map.pdf?paper=A3', drawn: true },
  { word: 'board_a3', path: 'board.pdf?paper=A3', drawn: true }, { word: 'board_a4', path: 'board.pdf?paper=A4', drawn: true },
  { word: 'card', path: 'card.pdf', drawn: false }, { word: 'archive', path: 'archive.pdf', drawn: false }, { word: 'staffing', path: 'staffing.pdf', drawn: false },
] as const

/** The name that an answer gives its file (RFC 6266), or another one. */
export function nameIn(disposition: string, otherwise: string): string {
  const coded = /filename\*=utf-8''([^;]+)/i.exec(disposition)?.[1]
  const plain = /filename="([^"]+)"/i.exec(disposition)?.[1]
  try {
    return coded ? decodeURIComponent(coded) : plain ?? otherwise
  } catch {
    return otherwise
  }
}

/** Two answers of writing bounds in batches as one. */
export const together = (so: BoundsBelow, more: BoundsBelow): BoundsBelow => ({
  written: so.written + more.written, unchanged: so.unchanged + more.unchanged, kept: so.kept + more.kept, unknown: so.unknown + more.unknown,
  lacking: [...so.lacking, ...more.lacking], next: more.next, left: more.left,
})
export const NOTHING: BoundsBelow = { written: 0, unchanged: 0, kept: 0, unknown: 0, lacking: [], next: '', left: 0 }

/** Lines as they are kept: without blanks and empty ones. */
export const linesOf = (text: string): string[] => text.split('\n').map((line) => line.trim()).filter(Boolean)
