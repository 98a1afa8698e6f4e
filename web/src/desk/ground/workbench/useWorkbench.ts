/** A plan on the table: what it is, which units are in hand, and the deeds on it, one at a time. */
import { computed, reactive, ref, shallowReactive, shallowRef, watch, type InjectionKey } from 'vue'
import { after, boxOf, joined, pressed, toggled } from '@/desk/ground/workbench/chosen'
import { askAt, askShapes, askView, sendDeed, type Done, type PlanView, type Point, type Shape, type UnitRow, type Verb } from '@/desk/ground/workbench/contract'
import { drawable } from '@/desk/ground/workbench/drawing'
import type { Box } from '@/desk/map/base/ground'
import { newKey, Refused } from '@/shared/api/call'

export type Drawing = 'split' | 'border'
export type Workbench = ReturnType<typeof useWorkbench>
export const WORKBENCH: InjectionKey<Workbench> = Symbol('workbench')

export function useWorkbench(id: number) {
  const view = shallowRef<PlanView | null>(null)
  const trouble = shallowRef<Refused | null>(null)
  const chosen = shallowRef<UnitRow[]>([])
  const shapes = shallowRef<Shape[]>([])
  /** Counts states of the plan: what shows figures of it asks again. */
  const state = ref(0)
  const told = shallowReactive<{ said: string; warnings: string[]; refused: Refused | null; meanwhile: boolean }>({ said: '', warnings: [], refused: null, meanwhile: false })
  const busy = ref<Verb | ''>('')
  const drawing = reactive<{ what: Drawing | ''; line: Point[]; held: number }>({ what: '', line: [], held: -1 })
  /** What the map is to show; a new object each time. */
  const shown = shallowRef<{ box: Box; near: boolean } | null>(null)

  async function load(): Promise<void> {
    try {
      view.value = await askView(id)
      trouble.value = null
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      trouble.value = error
    }
  }

  let outlining: AbortController | undefined
  async function outline(): Promise<void> {
    outlining?.abort()
    const mine = (outlining = new AbortController())
    const ids = chosen.value.map((one) => one.id)
    if (!ids.length) { shapes.value = []; return }
    const told = await askShapes(id, ids, mine.signal).catch(() => null)
    if (told && outlining === mine) shapes.value = told.features
  }
  watch([chosen, state], () => void outline())

  function choose(units: UnitRow[]): void {
    if (drawing.what) giveUp()
    chosen.value = units
    forget()
  }
  const press = (unit: UnitRow, adding: boolean) => choose(pressed(chosen.value, unit, adding))
  const toggle = (units: UnitRow[]) => choose(toggled(chosen.value, units))
  const join = (units: UnitRow[]) => choose(joined(chosen.value, units))
  async function pressAt(place: Point, adding: boolean): Promise<void> {
    const unit = await askAt(id, place).catch(() => null)
    if (unit) press(unit, adding)
    else if (!adding) choose([])
  }
  function forget(): void { Object.assign(told, { said: '', warnings: [], refused: null, meanwhile: false }) }

  /** Sends a deed; resolves to what it did, or null when it was refused. */
  let sent = { text: '', key: '' }
  async function act(verb: Verb, body: object = {}): Promise<Done | null> {
    if (busy.value || !view.value) return null
    const whole = { ...body, seen: view.value.edit }
    const text = JSON.stringify([verb, whole])
    if (sent.text !== text) sent = { text, key: newKey() }
    busy.value = verb
    forget()
    try {
      const done = await sendDeed(id, verb, whole, sent.key)
      sent = { text: '', key: '' }
      take(done)
      return done
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      if (error.status !== 0) sent = { text: '', key: '' }
      told.refused = error
      if (error.status === 409) await meanwhile()
      return null
    } finally {
      busy.value = ''
    }
  }

  function take(done: Done): void {
    const old = view.value!
    view.value = { ...old, edit: done.edit, undo: done.undo, redo: done.redo, version: done.version, tiles: old.tiles.replace(`/${old.version}/`, `/${done.version}/`) }
    giveUp()
    chosen.value = after(chosen.value, done)
    state.value++
    Object.assign(told, { said: done.said, warnings: done.warnings })
    show(boxOf(done.units) ?? done.box)
  }

  /** Somebody else's deed came first: theirs is shown, and of what was in hand all that still is there. */
  async function meanwhile(): Promise<void> {
    const before = view.value?.edit
    await load()
    if (view.value?.edit === before) return
    told.meanwhile = true
    const still = await askShapes(id, chosen.value.map((one) => one.id)).catch(() => null)
    if (still) {
      const there = new Set(still.features.map((one) => one.properties.id))
      chosen.value = chosen.value.filter((one) => there.has(one.id))
    }
    state.value++
  }

  function draw(what: Drawing, line: Point[] = []): void {
    forget()
    Object.assign(drawing, { what, line, held: line.length - 1 })
  }
  function giveUp(): void { Object.assign(drawing, { what: '', line: [], held: -1 }) }
  async function finish(): Promise<void> {
    if (!drawing.what || !drawable(drawing.line)) return
    const line = drawing.line.map((point) => [...point])
    await (drawing.what === 'split' ? act('split', { unit: chosen.value[0]!.id, line }) : act('border', { units: chosen.value.map((one) => one.id), line }))
  }

  /** `near`: as large as one draws in it. */
  const show = (box: Box | null | undefined, near = false) => { if (box) shown.value = { box, near } }
  const editable = computed(() => !!view.value?.editable)
  void load()
  return { id, view, trouble, chosen, shapes, state, told, busy, drawing, shown, editable, load, choose, press, pressAt, toggle, join, forget, act, draw, giveUp, finish, show }
}
