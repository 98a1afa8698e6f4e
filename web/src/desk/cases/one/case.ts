/** One case as the service tells it, and what can be read off it. Pure. */
import type { Step } from '@/shared/cases/actions'
import type { Beside } from './deeds'

export interface CaseFacts {
  id: string; number: string; profile: string; state: string; state_name: string; level: string; channel: string
  text: string; place: string; lon: number; lat: number; area: string; area_name: string
  reported_at: string; filed_at: string | null; dispatched_at: string | null; fed_back_at: string | null
  ended_at: string | null; state_at: string; due_at: string | null; limit_value: string | null; limit_unit: string
  verified: boolean | null; checked: boolean | null; signed_at: string | null; asked: string; returns: number; reworks: number
  class_code: string; class_name: string; condition: string; closing: string; unit: string; unit_name: string
  late: boolean; has_contact: boolean; marks: string[]; waits_for: string
  part?: { id: string; number: string; name: string; state_name: string } | null
}
export interface Entry {
  number: number; verb: string; said: string; at: string; by: string; via: string; from: string; to: string
  reason: string; text: string; unit_name: string; files: string[]
  was_due?: string; until?: string; by_itself?: boolean
  no_photo?: string; evidence?: { what: string; file: string; fits: boolean | null; said: string }[]
}
export interface CaseFile { file_id: string; action: string; name: string; kind: string; media_type: string; added_at: string; shot?: string }
export interface Adjustment {
  kind: string; state: string; value: string | null; unit: string; began_at: string | null; ended_at: string | null; reason: string; at: string
  until?: string | null; season?: boolean; resume_at?: string | null; renew_until?: string | null; renew_reason?: string
}
export interface Undo { action: string; name: string; until: string }
export interface Detail {
  case: CaseFacts; actions: Step[]; beside: Beside[]; timeline: Entry[]; files: CaseFile[]; adjustments: Adjustment[]; undo?: Undo | null
}

/** What the problem looked like, and what it looks like since somebody did something about it. */
const AFTER = ['solve', 'reply', 'feed_back', 'check_pass', 'check_fail', 'recheck']

/** A photo that is said to show the one or the other does so, whenever it came. */
const isAfter = (file: CaseFile): boolean => file.shot === 'after' || (file.shot !== 'before' && AFTER.includes(file.action))

export interface Sides { before: CaseFile[]; after: CaseFile[]; papers: CaseFile[] }

export function sides(files: CaseFile[]): Sides {
  const photos = files.filter((file) => file.kind === 'photo')
  return {
    before: photos.filter((file) => !isAfter(file)),
    after: photos.filter(isAfter),
    papers: files.filter((file) => file.kind !== 'photo'),
  }
}

export const fileAddress = (id: string, file: string, size: 'thumb' | 'shown' = 'shown'): string => `/api/cases/${id}/files/${file}?size=${size}`

/** "gbt47678.5-2026/matter/09006" → 09006 */
export const shortCode = (full: string): string => full.split('/').pop() ?? ''

const UNITS: Record<string, string> = {
  urgent_minute: '分钟', urgent_hour: '个紧急工作时', urgent_day: '个紧急工作日', work_minute: '分钟（工作时间）', work_hour: '个工作时',
  work_day: '个工作日', natural_day: '个自然日',
}

/** 3 个工作日; empty where there is no limit. */
export function limitSaid(value: string | number | null | undefined, unit: string | null | undefined): string {
  if (value === null || value === undefined || value === '' || !unit) return ''
  return `${Number(value)} ${UNITS[unit] ?? unit}`
}

/** The units in which an extension is given, the usual first. */
export const EXTENSION_UNITS = ['work_day', 'work_hour', 'natural_day', 'urgent_hour', 'urgent_day'].map((value) => ({ value, label: UNITS[value]!.replace('个', '') }))
export const EXTENSIONS = [['4', 'work_hour'], ['1', 'work_day'], ['3', 'work_day'], ['5', 'work_day'], ['7', 'natural_day']] as const

/** Coordinates as people copy them: "102.01, 40.5", "102.01，40.5", "40.5 102.01" is not guessed. */
export function pointOf(text: string): { lon: number; lat: number } | null {
  const found = /^\s*[(（]?\s*(-?\d{1,3}(?:\.\d+)?)\s*[,，、\s]\s*(-?\d{1,2}(?:\.\d+)?)\s*[)）]?\s*$/.exec(text)
  if (!found) return null
  const [lon, lat] = [Number(found[1]), Number(found[2])]
  return Math.abs(lon) <= 180 && Math.abs(lat) <= 90 ? { lon, lat } : null
}

export const pointSaid = (lon: number, lat: number): string => `${lon.toFixed(6)}, ${lat.toFixed(6)}`
