import { effectScope } from 'vue'
import { expect, test, vi } from 'vitest'
import { useLoad } from '@/desk/parts/load'

/** A request that only ends by being called off. */
const endless = (signal: AbortSignal) => new Promise<string>((_, refuse) => { signal.addEventListener('abort', () => { refuse(new DOMException('called off', 'AbortError')) }) })

test('a page that is left calls off what it asked for, and nothing is thrown', async () => {
  const thrown = vi.fn()
  process.on('unhandledRejection', thrown)
  const scope = effectScope()
  const load = scope.run(() => useLoad(endless))!
  scope.stop()
  await new Promise((go) => setTimeout(go, 20))
  process.off('unhandledRejection', thrown)
  expect(thrown).not.toHaveBeenCalled()
  expect(load.refused).toBeNull()
})

test('an answer that was overtaken is dropped', async () => {
  const answers: ((text: string) => void)[] = []
  const scope = effectScope()
  const load = scope.run(() => useLoad<string>(() => new Promise((answer) => { answers.push(answer) })))!
  const second = load.again()
  answers[1]!('new')
  await second
  answers[0]!('old')
  await new Promise((go) => setTimeout(go, 5))
  scope.stop()
  expect(load.data).toBe('new')
})
