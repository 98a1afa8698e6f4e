/** Kinds of event that a township tells apart, beside the ordinary one. Each is the code of its flow. */
export const EVENT_KINDS = ['coordination', 'mediation', 'sudden', 'approval']

export interface EventKind { code: string; name: string; said: string }

/** What a case may be changed to: the ordinary kind is the empty code. The one it is stays out. */
export const others = (kinds: EventKind[], profile: string): { code: string; said: string }[] =>
  [{ code: '', said: '' }, ...kinds].filter((kind) => kind.code !== (EVENT_KINDS.includes(profile) ? profile : ''))
