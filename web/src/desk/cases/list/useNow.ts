/** The time, once every half minute: clocks in a list move by themselves. */
import { onBeforeUnmount, onMounted, ref } from 'vue'

export function useNow(every = 30_000) {
  const now = ref(new Date())
  let timer: ReturnType<typeof setInterval> | undefined
  onMounted(() => { timer = setInterval(() => { now.value = new Date() }, every) })
  onBeforeUnmount(() => clearInterval(timer))
  return now
}
