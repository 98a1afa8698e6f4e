/** What the page of notices works with, and the form of a connector. Pure. */
export interface Kind { code: string; name: string; whom: string; active: boolean; urgent: boolean; ways: string[] }
export interface Field { name: string; zh: string; needed: boolean; secret: boolean; default: string; hint: string }
export interface Offered { kind: string; name: string; way: string; fields: Field[] }
export interface Connected {
  id: string; kind: string; kind_name: string; way: string; name: string; settings: Record<string, string>; secrets: string[]; area_code: string; unit_code: string
  per_minute: number; active: boolean; state: 'well' | 'failing' | 'resting' | 'off'; error: string; failures: number; open_until: string | null; sent_at: string | null; waiting: number; parked: number
}
export interface Office { kinds: Kind[]; settings: { quiet_from: string; quiet_until: string; soon_minutes: number }; connectors: Connected[]; offered: Offered[]; may_change: boolean }
export interface Parked { id: string; connector_name: string; way: string; receiver: string; title: string; error: string; tries: number; at: string | null }

export interface Form { kind: string; name: string; settings: Record<string, string>; area_code: string; unit_code: string; per_minute: number; active: boolean }

const PER_MINUTE: Record<string, number> = { mail: 60, sms: 30, chat: 20 }

/** A new one of a kind, with what is usual filled in. */
export function fresh(offered: Offered): Form {
  return {
    kind: offered.kind, name: '', settings: Object.fromEntries(offered.fields.map((field) => [field.name, field.default])),
    area_code: '', unit_code: '', per_minute: PER_MINUTE[offered.way] ?? 20, active: true,
  }
}

/** One to be changed: secrets are empty, for they are never shown. */
export function formOf(one: Connected, offered: Offered): Form {
  return {
    kind: one.kind, name: one.name, settings: Object.fromEntries(offered.fields.map((field) => [field.name, field.secret ? '' : one.settings[field.name] ?? ''])),
    area_code: one.area_code, unit_code: one.unit_code, per_minute: one.per_minute, active: one.active,
  }
}

/** Whether everything that is needed is there; what is kept need not be typed again. */
export function whole(form: Form, offered: Offered, kept: string[]): boolean {
  return !!form.name.trim() && offered.fields.every((field) => !field.needed || !!form.settings[field.name]?.trim() || kept.includes(field.name))
}
