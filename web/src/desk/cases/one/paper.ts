/** Whether this browser numbers printed pages (`@page` with margin boxes: Chromium 131); else its own page numbers must be asked for. */
export function numbersPages(agent: string = navigator.userAgent): boolean {
  const chromium = /Chrom(?:e|ium)\/(\d+)/.exec(agent)
  return !!chromium && Number(chromium[1]) >= 131
}
