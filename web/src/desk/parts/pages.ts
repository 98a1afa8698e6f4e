/** Pages by keyset: the service says where the next one begins; the way back is remembered here. */
export interface Pages { before: string[]; at: string }

export const firstPage = (): Pages => ({ before: [], at: '' })
export const nextPage = (pages: Pages, next: string): Pages => ({ before: [...pages.before, pages.at], at: next })
export const pageBack = (pages: Pages): Pages =>
  pages.before.length ? { before: pages.before.slice(0, -1), at: pages.before[pages.before.length - 1]! } : pages
export const pageNumber = (pages: Pages): number => pages.before.length + 1
