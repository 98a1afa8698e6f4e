/** Letters in the inbox, and the mailboxes and systems they come from. Pure. */

export interface Letter {
  id: string; via: 'mail' | 'sms' | 'camera'; via_name: string; mailbox: string; sender: string; subject: string; text: string; cut: boolean; left_out: string[]; files: { id: string; name: string; kind: string }[]
  came_at: string; state: string; state_name: string; case_id: string | null; number: string; reason: string; by: string; at: string | null
  lon: number | null; lat: number | null; place: string; class_code: string
}
export interface Inbox { letters: Letter[]; more: boolean; troubles: string[] }
export interface Mailbox {
  id: string; name: string; area_code: string; active: boolean; host: string; port: string; security: string; user: string; folder: string
  read_at: string | null; error: string; by_machine: number; too_many: number
}
export interface Source {
  id: string; kind: 'sms' | 'camera'; name: string; area_code: string; active: boolean; trusted: boolean; keyed: boolean
  heard_at: string | null; too_many: number; too_many_at: string | null
}
export const KINDS = ['sms', 'camera'] as const

export const STATES = ['waiting', 'taken', 'joined', 'discarded'] as const

/** What a letter says, as the words of a report. */
export const wordsOf = (letter: { subject: string; text: string }): string =>
  [letter.subject, letter.text].filter((each) => each.trim()).join('\n').slice(0, 4000)
