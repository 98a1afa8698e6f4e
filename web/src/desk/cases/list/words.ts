export const zh = { empty: '没有案件' }
export const en = { empty: 'No cases' }
