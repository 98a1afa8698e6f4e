/** Shapes of the answers about samples. */
import type { Mark, Marks } from '@/desk/parts_register/register'

export interface SampleLine { id: string; title: string; area: string; area_name: string; size: number; population: number; looked_at: number; drawn_at: string; concluded_at: string | null; passes: boolean | null }
export interface SampledLine {
  place: number; part_id: string; right: boolean | null; metres: number | null; allowed: number | null; note: string; found: Marks
  then: { number: string; name: string; class_name: string; owner_name: string; state: string; state_name: string; accuracy: string; lon: number; lat: number }
}
export interface SampleDetail {
  sample: SampleLine; seed: string; digest: string; threshold: number; classes: string[]; rows: SampledLine[]; next: number | null
  attributes: { name: Mark; said: string; right: number; wrong: number; open: number }[]
  verdict: { size: number; right: number; share: number; proven: number; passes: boolean | null; words: string }
  may_manage: boolean
}
