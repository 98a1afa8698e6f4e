/** What codes are called: told once by the service, in the reader's language, and nowhere else. */
import { reactive, readonly } from 'vue'
import { call } from '@/shared/api/call'

export type Kind = 'states' | 'actions' | 'channels' | 'marks' | 'limit_units' | 'posts' | 'staffing_posts' | 'area_kinds' | 'state_kinds' | 'part_states'
type Book = Partial<Record<Kind, Record<string, string>>>

const held = reactive<Book>({})
export const book: Readonly<Book> = readonly(held) as Readonly<Book>

export const keepNames = (told: Book): void => { Object.assign(held, told) }
export const loadNames = async (): Promise<void> => keepNames(await call<Book>('GET', '/api/dictionary'))

/** The name of a code; `otherwise`, what the service called it where it named it. */
export const named = (kind: Kind, code: string, otherwise = code): string => held[kind]?.[code] ?? otherwise
export const codes = (kind: Kind): string[] => Object.keys(held[kind] ?? {})
