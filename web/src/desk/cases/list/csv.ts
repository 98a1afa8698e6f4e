/** A table as a file that a spreadsheet opens with its characters right and without running what people typed. Pure. */

const BOM = '\ufeff'

export function csv(head: readonly string[], lines: readonly (readonly string[])[]): string {
  return BOM + [head, ...lines].map((line) => line.map(field).join(',')).join('\r\n') + '\r\n'
}

/** A text that a spreadsheet would take for a formula is led by an apostrophe; quotes wherever they are needed. */
export function field(text: string): string {
  const harmless = /^[\s\u0000]*[=+\-@\uff1d\uff0b\uff0d\uff20|%]/.test(text) || /^[\t\r\n]/.test(text) ? `'${text}` : text
  return /[",\r\n\t]/.test(harmless) ? `"${harmless.replace(/"/g, '""')}"` : harmless
}
