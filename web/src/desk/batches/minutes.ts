/** Drafts taken from the minutes of a meeting: what each holds and lacks, what is sent. Pure. */
import { newKey } from '@/shared/api/call'

export interface MatterTold { number: string; under: string[]; text: string }
export interface Draft { id: string; number: string; under: string; text: string; place: string; point: { lon: number; lat: number } | null; taken: boolean }
export interface MinutesLine { id: string; title: string; held_on: string; matters: { place: number; case_id: string; number: string; state_name: string; ended: boolean; text: string }[] }
export interface Head { title: string; held_on: string }
export type Lack = 'text' | 'point'

export const draftsOf = (told: MatterTold[], id: () => string = newKey): Draft[] =>
  told.map((one) => ({ id: id(), number: one.number, under: one.under.join(' / '), text: one.text, place: '', point: null, taken: true }))

export const lacksOf = (draft: Draft): Lack[] => (draft.taken ? [...(draft.text.trim() ? [] : ['text' as const]), ...(draft.point ? [] : ['point' as const])] : [])
export const takenOf = (drafts: Draft[]): Draft[] => drafts.filter((draft) => draft.taken)

export const bodyOf = (id: string, head: Head, drafts: Draft[]) => ({
  id, title: head.title.trim(), held_on: head.held_on,
  matters: takenOf(drafts).map((draft) => ({ id: draft.id, text: draft.text, lon: draft.point?.lon, lat: draft.point?.lat, place: draft.place })),
})

/** The title and the day as they usually stand at the head of minutes: the first line, and the first date. */
export function headOf(text: string, today: string): Head {
  const line = text.split('\n').map((one) => one.trim()).find((one) => one && !/^[（(]?[0-9一二三四五六七八九十①-⑳]+[)）、.．]/.test(one)) ?? ''
  const found = /(20\d\d)\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})/.exec(text)
  const day = found ? [found[1]!, found[2]!.padStart(2, '0'), found[3]!.padStart(2, '0')].join('-') : ''
  return { title: /纪要|会议|例会|调度会/.test(line) && line.length <= 60 ? line : '', held_on: day && day <= today ? day : '' }
}
