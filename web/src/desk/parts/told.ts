/** A short word that something was done, at the foot of the screen. */
import { ElMessage } from 'element-plus'
import 'element-plus/es/components/message/style/css'

export const told = (words: string): void => { ElMessage({ message: words, type: 'success', duration: 3000, grouping: true, offset: 24 }) }
