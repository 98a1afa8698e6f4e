/** The form of a new case: what it holds, what it lacks, what is sent. Pure. */

export interface NewDraft {
  id: string
  text: string
  point: { lon: number; lat: number } | null
  place: string
  channel: string
  class_code: string
  part: string
  kind: string
  name: string
  phone: string
  files: { id: string; name: string; kind: string }[]
}

export const emptyNew = (id: string, channel = 'hotline'): NewDraft =>
  ({ id, text: '', point: null, place: '', channel, class_code: '', part: '', kind: '', name: '', phone: '', files: [] })

/** Whether there is anything that would be lost. */
export const typedNew = (draft: NewDraft): boolean =>
  [draft.text, draft.place, draft.name, draft.phone].some((words) => words.trim()) || !!draft.point || !!draft.class_code || draft.files.length > 0

export const lackingNew = (draft: NewDraft): ('text' | 'point')[] => [
  ...(draft.text.trim() ? [] : ['text' as const]), ...(draft.point ? [] : ['point' as const]),
]

/** The shape of POST /api/cases; the id made here lets the same report be sent again without becoming two. */
export const reportOf = (draft: NewDraft) => ({
  id: draft.id, text: draft.text, lon: draft.point?.lon, lat: draft.point?.lat, place: draft.place, channel: draft.channel, class_code: draft.class_code, part: draft.part || undefined, ...(draft.kind ? { kind: draft.kind } : {}),
  files: draft.files.map((file) => file.id), contact_name: draft.name, contact_phone: draft.phone,
})

/** Channels that this form offers, by the posts one holds: a grid worker reports what they saw, a centre what it was told. */
export const FORM_CHANNELS = ['hotline', 'letter', 'upper', 'meeting', 'video', 'supervisor', 'portal']
export const usualChannel = (posts: string[]): string =>
  posts.some((post) => ['acceptor', 'shift_leader'].includes(post)) || !posts.includes('supervisor') ? 'hotline' : 'supervisor'
