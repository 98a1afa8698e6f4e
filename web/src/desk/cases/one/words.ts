export const zh = { new: '登记案件' }
export const en = { new: 'New case' }
