/** One class of the catalogue by its full code, "scheme/kind/number". */
import { call } from '@/shared/api/call'

export function readClass<T>(code: string): Promise<T> {
  const [scheme, kind, number] = code.split('/').map(encodeURIComponent)
  return call<T>('GET', `/api/classes/${scheme}/${kind}/${number}`)
}
