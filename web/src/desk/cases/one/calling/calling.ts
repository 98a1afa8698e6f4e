/** What is typed into the field of a telephone number, and when it is enough to know a caller again. Pure. */

export interface CallerCase { id: string; number: string; state: string; state_name: string; class_name: string; text: string; reported_at: string }
export interface CallerHistory { by: string; all: number; open: number; items: CallerCase[] }
export interface Called { id: string; outcome: string; outcome_name: string; text: string; by: string; at: string; earlier: boolean }
export interface CallPage {
  waiting: { id: string; number: string; text: string; class_name: string; ended_at: string | null; tries: number }[]
  more: boolean
  figures: { month: string; satisfied: number; dissatisfied: number; unreached: number; rate: number | null }
}

export const OUTCOMES = ['satisfied', 'not', 'unreached'] as const

/** A whole number, or its last four digits. */
export const enough = (phone: string): boolean => {
  const digits = phone.normalize('NFKC').replace(/[^0-9]/g, '').length
  return digits === 4 || digits >= 7
}
