/** The quiet note after a step, with 撤销 while the service allows it. It outlives the case it speaks of. */
import { ElMessage, type MessageHandler } from 'element-plus'
import 'element-plus/es/components/message/style/css'
import { h } from 'vue'
import { call, newKey, Refused } from '@/shared/api/call'
import type { Undo } from './case'

const QUIET = 4000
let shown: MessageHandler | null = null
let undoing: (() => void) | null = null

export interface Note { text: string; id: string; seen: string; undo: Undo | null; words: { undo: string; undone: string; hint: string }; undone: (id: string) => void }

export function tellDone(note: Note): void {
  shown?.close()
  const left = note.undo ? new Date(note.undo.until).getTime() - Date.now() : 0
  const key = newKey()
  let busy = false

  async function undo(): Promise<void> {
    if (busy) return
    busy = true
    try {
      await call('POST', `/api/cases/${note.id}/undo`, { key, seen: note.seen })
      put(note.words.undone, QUIET)
      note.undone(note.id)
    } catch (error) {
      busy = false
      put(error instanceof Refused ? error.message : String(error), 2 * QUIET, 'error')
    }
  }

  undoing = left > 0 ? () => void undo() : null
  if (undoing) document.addEventListener('keydown', pressed)
  const text = h('span', note.text)
  put(left > 0 ? h('span', { class: 'step-done' }, [text, h('button', { type: 'button', class: 'step-undo', title: note.words.hint, onClick: () => void undo() }, note.words.undo)]) : note.text,
    left > 0 ? left : QUIET)
}

function put(message: string | ReturnType<typeof h>, duration: number, type: 'success' | 'error' = 'success'): void {
  shown?.close()
  shown = ElMessage({ message, duration, type, placement: 'bottom', showClose: duration > 2 * QUIET, customClass: 'step-note', onClose: forget })
}

function forget(): void {
  undoing = null
  document.removeEventListener('keydown', pressed)
}

function pressed(event: KeyboardEvent): void {
  const written = (event.target as HTMLElement).closest('input, textarea, select, [contenteditable]')
  if (!undoing || written || event.key.toLowerCase() !== 'z' || !(event.ctrlKey || event.metaKey)) return
  event.preventDefault()
  undoing()
}
