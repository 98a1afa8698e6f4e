/** A flow as a file of the person's own. */
export function saveJson(name: string, document_: object): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([JSON.stringify(document_, null, 1)], { type: 'application/json' }))
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}

/** What a file holds; null where it is no JSON object. */
export async function readJson(file: File): Promise<object | null> {
  try {
    const held: unknown = JSON.parse(await file.text())
    return held !== null && typeof held === 'object' && !Array.isArray(held) ? held : null
  } catch {
    return null
  }
}
