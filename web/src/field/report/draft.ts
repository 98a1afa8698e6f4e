/** What a report is made of, and when it may be sent. Pure. */

export interface Draft {
  id: string
  key: string
  words: string
  place: string
  class_code: string
  class_name: string
  lon: number | null
  lat: number | null
  /** Cannot wait: the town sends somebody at once. */
  sudden?: boolean
}

export const empty = (makeKey: () => string): Draft =>
  ({ id: makeKey(), key: makeKey(), words: '', place: '', class_code: '', class_name: '', lon: null, lat: null, sudden: false })

/** Whether there is enough to send: a place, and a photo or a kind or words. */
export const ready = (draft: Draft, photos: number): boolean =>
  draft.lon !== null && draft.lat !== null && (photos > 0 || !!draft.class_code || !!draft.words.trim())

/** What is still missing, as a key of words; '' when it may be sent. */
export const lacking = (draft: Draft, photos: number): '' | 'lacks_place' | 'nothing_to_send' =>
  ready(draft, photos) ? '' : draft.lon === null || draft.lat === null ? 'lacks_place' : 'nothing_to_send'

/** The body of the report. Without words the kind speaks; the photo alone says to look at it. */
export function body(draft: Draft, files: string[]): Record<string, unknown> {
  const words = draft.words.trim() || (draft.class_name ? `发现${draft.class_name}` : '发现问题，见照片')
  return {
    id: draft.id, text: words, lon: draft.lon, lat: draft.lat, place: draft.place.trim(), channel: 'supervisor',
    class_code: draft.class_code, files, ...(draft.sudden ? { kind: 'sudden' } : {}),
  }
}

/** The kinds that this person reports most, the most recent first among equals. */
export function usual(rows: { class_code: string; class_name: string }[], most = 3): { full_code: string; name: string }[] {
  const counts = new Map<string, { full_code: string; name: string; count: number }>()
  for (const row of rows) {
    if (!row.class_code) continue
    const known = counts.get(row.class_code)
    if (known) known.count += 1
    else counts.set(row.class_code, { full_code: row.class_code, name: row.class_name, count: 1 })
  }
  return [...counts.values()].sort((one, other) => other.count - one.count).slice(0, most).map(({ full_code, name }) => ({ full_code, name }))
}
