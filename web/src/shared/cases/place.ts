/** What a unit grid is called: it has only its code. */
export const named = (area: string): string => /^\d{6,}/.test(area) ? `单元网格 ${area}` : area

/** Where a case lies in a few words: those of the report, or the grid where the phone sent none. */
export const placeSaid = (row: { place: string; area_name: string }): string => row.place || named(row.area_name)
