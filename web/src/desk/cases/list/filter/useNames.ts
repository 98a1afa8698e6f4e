/** Names of what can be filtered by: units at once, classes and areas as they are looked for. */
import { reactive, ref, watchEffect, type Ref } from 'vue'
import { call } from '@/shared/api/call'
import { named } from '@/shared/names'
import { readClass } from '@/shared/cases/classes'
import type { components } from '@/shared/api/schema'
import type { Names } from './chips'
import type { Filters } from './filters'

/** `ended`: the day since when an area no longer stands. */
export interface Choice { code: string; name: string; more: string; ended?: string }
interface Class { full_code: string; name: string; major_name: string }
interface Area { code: string; name: string; chain: string; ended: string | null }

const units = ref<Choice[]>([])
let asked: Promise<void> | undefined
const found = reactive({ class_code: new Map<string, string>(), area: new Map<string, string>() })

const askUnits = () => (asked ??= call<components['schemas']['UnitRow'][]>('GET', '/api/units').then(
  (rows) => { units.value = rows.filter((row) => row.active).map((row) => ({ code: row.code, name: row.name, more: row.code })) },
  () => { asked = undefined },
))

export async function findClasses(words: string): Promise<Choice[]> {
  const told = await call<{ items: Class[] }>('GET', '/api/classes', { query: { words, limit: 20 } })
  return told.items.map((one) => keep('class_code', { code: one.full_code, name: one.name, more: `${one.major_name} · ${one.full_code.split('/').pop()}` }))
}

export async function findAreas(words: string): Promise<Choice[]> {
  const told = await call<{ items: Area[] }>('GET', '/api/areas/find', { query: { words, limit: 20, ended: true } })
  return told.items.map((one) => keep('area', { code: one.code, name: one.name, more: one.chain || one.code, ended: one.ended?.slice(0, 10) }))
}

function keep(what: 'class_code' | 'area', choice: Choice): Choice {
  found[what].set(choice.code, choice.name)
  return choice
}

export function useNames(filters: Ref<Filters>): { names: Names; units: Ref<Choice[]> } {
  void askUnits()
  watchEffect(() => {
    const { area, class_code } = filters.value
    if (area && !found.area.has(area)) {
      found.area.set(area, area)
      void findAreas(area).catch(() => [])
    }
    for (const code of class_code) {
      if (found.class_code.has(code)) continue
      found.class_code.set(code, code.split('/').pop()!)
      readClass<{ name: string }>(code).then((told) => found.class_code.set(code, told.name), () => {})
    }
  })
  return {
    units,
    names: {
      state: (code) => named('states', code), channel: (code) => named('channels', code),
      class_code: (code) => found.class_code.get(code) ?? code, area: (code) => found.area.get(code) ?? code,
      unit: (code) => units.value.find((unit) => unit.code === code)?.name ?? code,
    },
  }
}
