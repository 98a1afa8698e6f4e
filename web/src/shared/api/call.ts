/** One way to speak to the service: CSRF, one key per deed, refusals as errors that a person can read. */
import { heard } from '@/shared/api/reach'

export type Query = Record<string, string | number | boolean | string[] | undefined | null>

/** A refusal in words: what did not happen, why, what to do now. `fields`: which of the things sent are wrong. */
export class Refused extends Error {
  constructor(readonly status: number, readonly code: string, text: string,
              readonly fields: { field: string; why: string }[] = [], readonly params: Record<string, string> = {}) {
    super(text)
  }
}

const SIGNED_OUT = '没有完成：登录已经到期或在别处被结束，您填写的内容还在这里。请另开一个窗口登录，再回到这里重新提交。'
const UNREACHABLE = '没有连上服务器，内容还在这里。请检查网络后再试一次。'

let mustStay = (): boolean => false
/** While this holds, nobody is taken to the page for signing in: something typed would be lost. */
export function keepPage(while_: () => boolean): void {
  mustStay = while_
}

export interface Sending {
  query?: Query
  body?: unknown
  /** The same deed sent again must carry the same key: make it once with `newKey` and keep it until it is answered. */
  key?: string
  /** Entry number of the case's timeline that was seen (ETag): a step is refused if something came since. */
  seen?: string
  signal?: AbortSignal
}

export async function call<T>(method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, sending: Sending = {}): Promise<T> {
  return (await ask<T>(method, path, sending)).data
}

/** As `call`, with the ETag of the answer. */
export async function ask<T>(method: string, path: string, sending: Sending = {}): Promise<{ data: T; etag: string }> {
  const headers: Record<string, string> = { 'Accept-Language': document.documentElement.lang }
  if (method !== 'GET') {
    headers['X-CSRFToken'] = cookie('csrftoken')
    headers['Idempotency-Key'] = sending.key ?? newKey()
    if (sending.seen) headers['If-Match'] = `"${sending.seen}"`
  }
  const form = sending.body instanceof FormData
  if (sending.body !== undefined && !form) headers['Content-Type'] = 'application/json'
  const body = form ? (sending.body as FormData) : sending.body === undefined ? undefined : JSON.stringify(sending.body)
  let answer: Response
  try {
    answer = await fetch(path + queryString(sending.query), { method, headers, body, signal: sending.signal, credentials: 'same-origin' })
  } catch (error) {
    if (sending.signal?.aborted) throw error
    heard(0)
    throw new Refused(0, 'unreachable', UNREACHABLE)
  }
  heard(answer.status)
  if (answer.status === 401) {
    if (mustStay()) throw new Refused(401, 'signed_out', SIGNED_OUT)
    signInAgain()
    return new Promise(() => undefined)  // the page is being left
  }
  if (!answer.ok) throw await refusal(answer)
  const data = answer.status === 204 ? undefined : await answer.json()
  return { data: data as T, etag: (answer.headers.get('ETag') ?? '').replace(/"/g, '') }
}

/** A file that is made when asked for: its bytes, and what the answer says of its name. */
export async function fetchFile(path: string): Promise<{ data: Blob; disposition: string }> {
  let answer: Response
  try {
    answer = await fetch(path, { headers: { 'Accept-Language': document.documentElement.lang }, credentials: 'same-origin' })
  } catch {
    heard(0)
    throw new Refused(0, 'unreachable', UNREACHABLE)
  }
  heard(answer.status)
  if (answer.status === 401) throw new Refused(401, 'signed_out', SIGNED_OUT)
  if (!answer.ok) throw await refusal(answer)
  return { data: await answer.blob(), disposition: answer.headers.get('Content-Disposition') ?? '' }
}

async function refusal(answer: Response): Promise<Refused> {
  const told = await answer.json().catch(() => ({}))
  return new Refused(answer.status, told.code ?? String(answer.status),
    told.detail ?? `没有完成：服务器答复 ${answer.status}。请稍后再试。`, told.errors ?? [], told.params ?? {})
}

/** Signing in is a page of the service; afterwards one comes back here. */
export function signInAgain(): void {
  const here = location.pathname + location.search
  location.assign(`/sign-in?next=${encodeURIComponent(here)}`)
}

export function queryString(query: Query | undefined): string {
  const parts = new URLSearchParams()
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value === undefined || value === null || value === '' || value === false) continue
    for (const one of Array.isArray(value) ? value : [value]) parts.append(name, String(one))
  }
  const text = parts.toString()
  return text ? `?${text}` : ''
}

export function cookie(name: string): string {
  for (const part of document.cookie.split('; ')) if (part.startsWith(`${name}=`)) return decodeURIComponent(part.slice(name.length + 1))
  return ''
}

/** A UUIDv7 (RFC 9562): ids of cases and files, keys of deeds. */
export function newKey(now: number = Date.now(), random: Uint8Array = crypto.getRandomValues(new Uint8Array(10))): string {
  const bytes = new Uint8Array(16)
  for (let place = 0; place < 6; place++) bytes[place] = Math.floor(now / 2 ** (8 * (5 - place))) & 0xff
  bytes.set(random, 6)
  bytes[6] = (bytes[6]! & 0x0f) | 0x70
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
