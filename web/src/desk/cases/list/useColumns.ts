/** Which columns a queue shows and how wide: kept on this device, for each queue. */
import { computed, ref, watch } from 'vue'
import { bounded, remembered, STANDARD, type Column, type ColumnName } from './columns'

export function useColumns(queue: string) {
  const stored = `jingwei.columns.${queue}`
  const columns = ref<Column[]>(remembered(kept()))
  watch(columns, () => localStorage.setItem(stored, JSON.stringify(columns.value)), { deep: true })

  function kept(): unknown {
    try {
      return JSON.parse(localStorage.getItem(stored) ?? '[]')
    } catch {
      return []
    }
  }
  const change = (name: ColumnName, change: Partial<Column>) => {
    columns.value = columns.value.map((column) => (column.name === name ? { ...column, ...change } : column))
  }
  return {
    columns,
    shown: computed(() => columns.value.filter((column) => column.shown)),
    show: (name: ColumnName, shown: boolean) => change(name, { shown }),
    widen: (name: ColumnName, width: number) => change(name, { width: bounded(width) }),
    reset: () => { columns.value = STANDARD.map((column) => ({ ...column })) },
  }
}
