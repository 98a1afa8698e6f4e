/** Whether the service answers: told by every call, shown by the shell. */
import { reactive, readonly } from 'vue'

const held = reactive<{ lost: Date | null }>({ lost: null })
export const reach = readonly(held)

/** 502–504: something in front of the service answered that it is not there. */
export function heard(status: number): void {
  const away = status === 0 || (status >= 502 && status <= 504)
  if (!away) held.lost = null
  else held.lost ??= new Date()
}
