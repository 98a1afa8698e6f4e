/** Tables of new reports: what the service tells of them, and what is sent. Pure. */

export interface Checked {
  dry_run: boolean
  counts: { added: number; changed: number; unchanged: number; rejected: number }
  findings: { row: number; code: string; text: string }[]
  rejects: { row: number; code: string; why: string; cells: Record<string, string> }[]
  rejects_csv: string
  sample: { row: number; text: string; place: string; area_name: string; class_name: string; channel_name: string }[]
  areas: [string, number][]
  same_before: number
}
export interface Batch {
  id: string; name: string; at: string; state: 'running' | 'done' | 'stopped'; rows: number; done: number; filed: number; refused: number
  bad: number; there: number; why: string; ended_at: string | null
}
export interface BatchDetail { batch: Batch; refused_rows: { row: number; code: string; why: string }[] }

export const CHANNELS = ['hotline', 'letter', 'upper', 'meeting', 'video', 'supervisor', 'portal']
export const LARGEST = 20 * 1024 * 1024
/** The columns, with what stands in each: must, or may. */
export const COLUMNS = ['text', 'place', 'point', 'grid', 'class', 'channel', 'contact', 'found'] as const

/** What was pasted, as a file that the service reads. */
export const pastedFile = (text: string, name: string): File => new File([text], name, { type: 'text/plain' })

export function formOf(file: File, given: Record<string, string>): FormData {
  const form = new FormData()
  form.append('file', file, file.name)
  for (const [field, value] of Object.entries(given)) if (value) form.append(field, value)
  return form
}

/** How far, in whole percent: the whole only once it is the whole. */
export const share = (batch: Pick<Batch, 'done' | 'rows'>): number =>
  batch.rows > 0 ? Math.min(batch.done >= batch.rows ? 100 : 99, Math.floor((batch.done / batch.rows) * 100)) : 0

export const cellsSaid = (cells: Record<string, string>): string =>
  Object.entries(cells).filter(([, value]) => value).map(([name, value]) => `${name} ${value}`).join(' · ')
