/** Complaints with a sum of money. Sums come as they are read; what is typed is read by the service. Pure. */

export interface Claim { kind: string; kind_name: string; claimed: string; settled: string; people: number | null; at: string; settled_at: string | null }
export interface ClaimSum { what: string; cases: number; closed: number; people: number; claimed: string; settled: string; share: number | null }
export interface OpenClaim { id: string; number: string; state: string; state_name: string; text: string; unit_name: string; kind_name: string; claimed: string; left: string; people: number | null }
export interface ClaimPage { month: string; kinds: ClaimSum[]; total: ClaimSum; months: ClaimSum[]; open: OpenClaim[]; more: boolean }
export const KINDS = ['wages', 'refund', 'compensation', 'other'] as const

/** How many people, from what was typed: undefined where nothing was, NaN where it is no whole number from 1. */
export function peopleOf(typed: string): number | undefined {
  const text = typed.trim()
  if (!text) return undefined
  return /^[1-9][0-9]{0,5}$/.test(text) ? Number(text) : NaN
}
