/** The rows of a queue: fetched page by page, kept up to date without moving under one's eyes. */
import { onBeforeUnmount, onMounted, reactive, watch, type Ref } from 'vue'
import { call, type Query, type Refused } from '@/shared/api/call'
import { onChanges, type Change } from '@/shared/changes'
import type { components } from '@/shared/api/schema'
import { toQuery, type Filters } from './filter/filters'
import { merged, type Row } from './rows'

type Page = components['schemas']['Page']
export type Source = 'todo' | 'cases'

export const PAGE = 50
/** The most rows that the service gives at once. */
const STRETCH = 200
/** What happened elsewhere may bring new rows: asked for no more often than this. */
const REST = 10_000
const SLOW = 3000

export function useQueue(source: Source, filters: Ref<Filters>, follow: (changed: ReadonlySet<string>) => void) {
  const queue = reactive({
    rows: [] as Row[], next: null as string | null, newcomers: 0, total: null as number | null,
    loading: true, slow: false, more: false, refused: null as Refused | null,
  })
  let round = 0
  let refreshed = 0
  let waiting: ReturnType<typeof setTimeout> | undefined
  let stop = () => {}

  const query = (): Query => (source === 'todo' ? { state: filters.value.state } : toQuery(filters.value))
  const page = (limit: number, after = '') => call<Page>('GET', source === 'todo' ? '/api/todo' : '/api/cases', { query: { ...query(), limit, after } })

  /** From the beginning. `quiet`: what stands stays until the answer is here. */
  async function load(quiet = false): Promise<void> {
    const mine = ++round
    queue.refused = null
    queue.loading = !quiet
    const slow = setTimeout(() => { if (mine === round) queue.slow = queue.loading }, SLOW)
    try {
      const told = await stretch(quiet ? queue.rows.length : PAGE)
      if (mine !== round) return
      Object.assign(queue, { rows: told.rows, next: told.next, newcomers: 0 })
    } catch (refused) {
      if (mine === round) queue.refused = refused as Refused
    } finally {
      clearTimeout(slow)
      if (mine === round) queue.loading = queue.slow = false
    }
    if (mine === round) void count(mine)
  }

  /** The first rows of the queue, in as few questions as they take. */
  async function stretch(length: number): Promise<{ rows: Row[]; next: string | null }> {
    const rows: Row[] = []
    let next: string | null = ''
    do {
      const told: Page = await page(Math.min(STRETCH, Math.max(PAGE, length - rows.length)), next)
      rows.push(...(told.rows ?? []))
      next = told.next ?? null
    } while (next && rows.length < length)
    return { rows, next }
  }

  async function count(mine: number): Promise<void> {
    if (source === 'todo') return
    if (!queue.next) {
      queue.total = queue.rows.length
      return
    }
    const told = await call<{ count: number }>('GET', '/api/cases/count', { query: query() }).catch(() => null)
    if (mine === round) queue.total = told?.count ?? null
  }

  async function more(): Promise<void> {
    if (!queue.next || queue.more) return
    const mine = round
    queue.more = true
    queue.refused = null
    try {
      const told = await page(PAGE, queue.next)
      if (mine !== round) return
      const had = new Set(queue.rows.map((row) => row.id))
      queue.rows.push(...(told.rows ?? []).filter((row) => !had.has(row.id)))
      queue.next = told.next ?? null
    } catch (refused) {
      queue.refused = refused as Refused
    } finally {
      queue.more = false
    }
  }

  /** Everything on the screen as it is now; nothing moves. */
  async function refresh(): Promise<void> {
    if (queue.loading) return
    const mine = round
    refreshed = Date.now()
    try {
      const told = await stretch(queue.rows.length)
      if (mine !== round) return
      const { rows, newcomers } = merged(queue.rows, told.rows, !told.next)
      if (!queue.rows.length && newcomers.length) return void load(true)
      Object.assign(queue, { rows, newcomers: newcomers.length })
    } catch { /* what is on the screen stays; the strip says that the service does not answer */ }
  }

  function heard(changes: Change[]): void {
    const changed = new Set(changes.map((change) => change.case_id))
    follow(changed)
    const here = queue.rows.some((row) => changed.has(row.id))
    clearTimeout(waiting)
    waiting = setTimeout(() => void refresh(), here ? 0 : Math.max(0, refreshed + REST - Date.now()))
  }

  watch(() => JSON.stringify(query()), () => void load())
  onMounted(() => {
    void load()
    stop = onChanges(heard)
  })
  onBeforeUnmount(() => {
    round++
    stop()
    clearTimeout(waiting)
  })
  return { queue, load, more, refresh }
}
