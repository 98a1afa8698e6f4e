/** Photos and documents on their way to the service: refused before sending where that is certain, with progress. */
import { cookie, newKey, Refused } from '@/shared/api/call'

export const LARGEST_PHOTO_MB = 20
const LARGEST_DOCUMENT_MB = 50
export interface Sent { id: string; kind: string; media_type: string; name: string; size: number }

/** What the service keeps: photos and plain documents. */
export const ACCEPTED = 'image/jpeg,image/png,image/webp,.pdf,.docx,.xlsx,.txt'

/** Why a file would be refused, in three parts; empty if it may go. Its content is judged by the service. */
export function refusedBefore(file: { name: string; size: number; type: string }): string {
  const photo = file.type.startsWith('image/')
  const [what, most] = photo ? ['这张照片', LARGEST_PHOTO_MB] : ['这份文件', LARGEST_DOCUMENT_MB]
  if (file.size > most * 1024 * 1024) return `没有上传：${what}超过 ${most} MB。请${photo ? '重拍或压缩' : '压缩或拆分'}后再传。`
  if (file.size === 0) return `没有上传：${what}是空的。请另选一份。`
  return ''
}

/** One file, under an id made here: sent again with the same id and key it is kept once. */
export function upload(file: File, id: string, key: string, progress: (share: number) => void, signal?: AbortSignal): Promise<Sent> {
  return new Promise((resolve, reject) => {
    const form = new FormData()
    form.append('id', id)
    form.append('file', file, file.name || 'photo.png')
    const request = new XMLHttpRequest()
    request.open('POST', '/api/files')
    request.setRequestHeader('X-CSRFToken', cookie('csrftoken'))
    request.setRequestHeader('Idempotency-Key', key)
    request.setRequestHeader('Accept-Language', document.documentElement.lang)
    request.upload.onprogress = (event) => { if (event.lengthComputable) progress(event.loaded / event.total) }
    request.onload = () => {
      const told = parsed(request.responseText)
      if (request.status < 300) resolve(told as unknown as Sent)
      else reject(new Refused(request.status, String(told.code ?? request.status), String(told.detail ?? `没有上传：服务器答复 ${request.status}。请稍后再试。`)))
    }
    request.onerror = () => reject(new Refused(0, 'unreachable', '没有上传：没有连上服务器。请检查网络后点“重传”。'))
    request.onabort = () => reject(new Refused(0, 'aborted', ''))
    signal?.addEventListener('abort', () => request.abort())
    request.send(form)
  })
}

export const newFile = () => ({ id: newKey(), key: newKey() })

function parsed(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text)
  } catch {
    return {}
  }
}
