/** Handing a table to the person as a file. */
export function saveFile(name: string, text: string, type = 'text/csv;charset=utf-8'): void {
  const address = URL.createObjectURL(new Blob([text.startsWith('\uFEFF') || !type.includes('csv') ? text : '\uFEFF' + text], { type }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}

/** One line of a table; what a spreadsheet would take for a formula is shown as text. */
export function csvLine(cells: readonly string[]): string {
  return cells.map((cell) => {
    const safe = /^[=+\-@\t]/.test(cell) && !/^[+-]?[\d.]+$/.test(cell) ? `'${cell}` : cell
    return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe
  }).join(',')
}

export const csvOf = (rows: readonly (readonly string[])[]): string => rows.map(csvLine).join('\r\n') + '\r\n'
