/** Proposals of deputies and committee members. Pure. */

export interface Proposal {
  id: string; kind: string; kind_name: string; year: number; number: string; title: string; key: boolean; unit_name: string
  state: string; state_name: string; due_at: string; late: boolean; satisfied: boolean | null
}
export interface Rates { what: string; all: number; key: number; closed: number; answered: number; satisfied: number; asked: number; closed_rate: string; visited_rate: string; satisfied_rate: string }
export interface ProposalPage { year: number; years: number[]; rates: Rates[]; rows: Proposal[]; more: boolean; may_note: boolean }
export interface Step { number: number; said: string; at: string; by: string; text: string; satisfied: boolean | null; unit_name: string }
export interface ProposalDetail { line: Proposal; text: string; proposer: string; deeds: { deed: string; name: string }[]; steps: Step[] }

export const KINDS = ['npc', 'cppcc'] as const
export const SHOWN = ['', 'open', 'closed'] as const

/** Deeds of which nothing has to be said. */
export const WORDLESS = ['countersign', 'close']

/** Of the rates, those of a kind, and the whole only where there are several. */
export const linesOf = (rates: Rates[]): Rates[] => (rates.length > 2 ? rates : rates.slice(0, -1))

/** The years to choose from: those of which there are any, and the present one. */
export const yearsOf = (page: { year: number; years: number[] }): number[] => [...new Set([page.year, ...page.years])].sort((one, other) => other - one)
