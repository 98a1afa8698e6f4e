/** Every action of the flow as a form: where it is sent, what it asks, what else may come with it. Pure.
 *
 * Which actions there are now, and what each must be given, the service says with the case (`actions[].asks`);
 * here stands how that is sent. A test holds this table against the flow and the interface.
 */

export type Ask = 'reason' | 'text' | 'class' | 'unit' | 'limit' | 'person' | 'files' | 'until'

/** What has been typed for one action of one case; kept until it is sent. */
export interface Draft {
  reason: string
  text: string
  class_code: string
  condition_id: number | null
  /** A part of the register that it is about; left out, the one named before stays. */
  part?: string
  /** How many filing conditions the chosen class has; one of several must be named. */
  conditions: number
  unit_code: string
  unit_name: string
  /** The unit is the one that the rules name: sent as "by rule". */
  by_rule: boolean
  value: string
  limit_unit: string
  person: string | null
  /** The day on which a suspension ends, '' for the longest; or when the planting season opens. */
  until: string
  season: boolean
  files: { id: string; name: string; kind: string; shot?: string }[]
  /** Why no photo could be taken, where photos are asked for. */
  no_photo?: string
  /** Where this phone is, if its holder wants that said. */
  position?: { lon: number; lat: number; metres: number } | null
  /** What stands there because it was proposed, not because somebody chose it. */
  suggested?: { class_code?: string; condition_id?: number; unit_code?: string }
}

export interface Form {
  path: string
  body: (draft: Draft) => Record<string, unknown> | undefined
  /** What it can be given, beside what must be. */
  may: Ask[]
  /** All that it knows how to send. */
  knows: Ask[]
  /** Nothing to fill in: done at the press of its button, undone from the note that follows. */
  at_once?: true
  /** Ends or rejects a case: stands last and is marked. */
  grave?: true
  /** Leads on rather than back: what is filled until the service marks the usual step. */
  forward?: true
}

/** Kinds of photo that the class of a case asks for with an action. `must`: without them a reason is to be given. `place`: where one stands is asked, too. */
export interface PhotosAsked { shots: { shot: string; name: string }[]; must: boolean; place: boolean; why: string }

export interface Step { action: string; name: string; to: string; asks: string[]; usual?: boolean; photos?: PhotosAsked | null }

const reason = (draft: Draft) => ({ reason: draft.reason })
const limit = (draft: Draft) => ({ reason: draft.reason, value: draft.value, unit: draft.limit_unit })
const standstill = (draft: Draft) => ({ reason: draft.reason, ...(draft.season ? { season: true } : draft.until ? { until: draft.until } : {}) })
const person = (draft: Draft) => ({ person: draft.person })
const files = (draft: Draft) => draft.files.map((file) => file.id)
const told = (draft: Draft) => ({ text: draft.text, files: files(draft) })
/** What speaks for a deed having been done on the spot: only what there is. */
const proof = (draft: Draft) => ({
  ...(draft.files.some((file) => file.shot) ? { shots: Object.fromEntries(draft.files.filter((file) => file.shot).map((file) => [file.id, file.shot])) } : {}),
  ...(draft.no_photo?.trim() ? { no_photo: draft.no_photo.trim() } : {}),
  ...(draft.position ? { position: draft.position } : {}),
})
const done = (draft: Draft) => ({ ...told(draft), ...proof(draft) })
const words = (draft: Draft) => ({ text: draft.text })
const found = (yes: boolean) => (draft: Draft) => ({ yes, reason: draft.reason, files: files(draft), ...proof(draft) })
const nothing = () => undefined
const at = (verb: string) => `/api/cases/{case_id}/${verb}`

export const FORMS: Record<string, Form> = {
  ask_verify: { path: at('ask-verify'), body: person, may: ['person'], knows: ['person'], forward: true },
  verify_true: { path: at('verify'), body: found(true), may: ['files'], knows: ['files'], forward: true },
  verify_false: { path: at('verify'), body: found(false), may: ['files'], knows: ['reason', 'files'] },
  solve: { path: at('solve'), body: done, may: ['files'], knows: ['text', 'files'] },
  accept: { path: at('accept'), body: nothing, may: [], knows: [], at_once: true, forward: true },
  file: {
    path: at('file'), may: [], knows: ['class'], forward: true,
    body: (draft) => ({ class_code: draft.class_code, condition_id: draft.condition_id, ...(draft.part ? { part: draft.part } : {}) }),
  },
  refuse: { path: at('refuse'), body: reason, may: [], knows: ['reason'], grave: true },
  dispatch: {
    path: at('dispatch'), may: [], knows: ['unit'], forward: true,
    body: (draft) => ({ unit_code: draft.by_rule ? '' : draft.unit_code }),
  },
  sign: { path: at('sign'), body: nothing, may: [], knows: [], at_once: true, forward: true },
  hand_on: { path: at('hand-on'), may: [], knows: ['unit', 'reason'], body: (draft) => ({ reason: draft.reason, unit_code: draft.unit_code }) },
  submit: { path: at('submit'), body: words, may: [], knows: ['text'], forward: true },
  approve: { path: at('approve'), body: words, may: [], knows: ['text'], forward: true },
  object: { path: at('object'), body: reason, may: [], knows: ['reason'] },
  grant: { path: at('grant'), body: words, may: ['text'], knows: ['text'], forward: true },
  follow: { path: at('follow'), body: told, may: ['files'], knows: ['text', 'files'] },
  note: { path: at('note'), body: words, may: ['text'], knows: ['text'], forward: true },
  reply: { path: at('reply'), body: told, may: ['files'], knows: ['text', 'files'], forward: true },
  pass_up: { path: at('pass-up'), body: reason, may: [], knows: ['reason'] },
  ask_extension: { path: at('ask-extension'), body: limit, may: [], knows: ['reason', 'limit'] },
  extend: { path: at('extend'), body: limit, may: [], knows: ['reason', 'limit'] },
  ask_suspension: { path: at('ask-suspension'), body: standstill, may: ['until'], knows: ['reason', 'until'] },
  suspend: { path: at('suspend'), body: standstill, may: ['until'], knows: ['reason', 'until'] },
  decline: { path: at('decline'), body: reason, may: [], knows: ['reason'] },
  resume: { path: at('resume'), body: nothing, may: [], knows: [], at_once: true, forward: true },
  feed_back: { path: at('feed-back'), body: done, may: ['files'], knows: ['text', 'files'], forward: true },
  confirm: { path: at('confirm'), body: person, may: ['person'], knows: ['person'], forward: true },
  check_pass: { path: at('check'), body: found(true), may: ['files'], knows: ['files'], forward: true },
  check_fail: { path: at('check'), body: found(false), may: ['files'], knows: ['reason', 'files'] },
  rework: { path: at('rework'), body: reason, may: [], knows: ['reason'] },
  return: { path: at('return'), body: reason, may: [], knows: ['reason'] },
  close: { path: at('close'), body: words, may: ['text'], knows: ['text'], forward: true },
  reopen: { path: at('reopen'), body: reason, may: [], knows: ['reason'] },
  void: { path: at('void'), body: reason, may: [], knows: ['reason'], grave: true },
}

/** Done on a page of its own, not from a case. */
export const ELSEWHERE: Record<string, string> = { report: '/api/cases' }

export const emptyDraft = (): Draft => ({
  reason: '', text: '', class_code: '', condition_id: null, conditions: 0, unit_code: '', unit_name: '', by_rule: false,
  value: '', limit_unit: 'work_day', person: null, until: '', season: false, files: [],
})

/** Whether anything was typed or chosen by hand: what the rules, the report and a proposal had filled in does not count. */
export const given = (draft: Draft, reported = ''): boolean =>
  [draft.reason, draft.text, draft.value].some((words) => words.trim()) || draft.files.length > 0 || draft.until !== '' || draft.season ||
  (draft.class_code !== '' && draft.class_code !== reported && draft.class_code !== draft.suggested?.class_code) ||
  (draft.unit_code !== '' && !draft.by_rule && draft.unit_code !== draft.suggested?.unit_code)

export const address = (form: Form, id: string): string => form.path.replace('{case_id}', id)

/** The fields of its dialogue, in the order in which they are asked. */
export function fields(step: Step): Ask[] {
  const form = FORMS[step.action]
  const wanted = new Set<string>([...step.asks, ...(form?.may ?? [])])
  return (['class', 'unit', 'person', 'limit', 'until', 'text', 'reason', 'files'] as Ask[]).filter((ask) => wanted.has(ask))
}

/** What must still be given. The service is the judge; this only spares a journey. */
export function lacking(step: Step, draft: Draft): string[] {
  const given: Record<string, boolean> = {
    reason: !!draft.reason.trim(), text: !!draft.text.trim(), class: !!draft.class_code, unit: !!draft.unit_code,
    limit: /^\d{1,7}(\.\d{1,2})?$/.test(draft.value) && Number(draft.value) > 0 && !!draft.limit_unit,
  }
  const lacks = step.asks.filter((ask) => given[ask] === false)
  if (step.asks.includes('class') && draft.class_code && draft.conditions > 1 && draft.condition_id === null) lacks.push('condition')
  if (missing(step.photos, draft.files).length && step.photos!.must && !draft.no_photo?.trim()) lacks.push('photos')
  return lacks
}

/** The kinds of photo asked for that are not there. */
export function missing(asked: PhotosAsked | null | undefined, files: { shot?: string }[]): { shot: string; name: string }[] {
  return (asked?.shots ?? []).filter(({ shot }) => !files.some((file) => file.shot === shot))
}

/** The usual step first, then the others as the flow has them, the grave ones last. */
export function arranged(steps: Step[], signed = false): { usual: Step | null; others: Step[] } {
  const known = steps.filter((step) => FORMS[step.action])
  const marks = known.some((step) => step.usual !== undefined)
  const usual = known.find((step) => marks ? step.usual : FORMS[step.action]!.forward && !(signed && step.action === 'sign')) ?? null
  const rest = known.filter((step) => step !== usual)
  const grave = (step: Step) => Number(FORMS[step.action]!.grave ?? false)
  return { usual, others: [...rest].sort((one, other) => grave(one) - grave(other)) }
}

/** A try that may be sent again: the same words keep the same key, other words are another deed. */
export interface Try { key: string; words: string }
export function tryOf(last: Try | null, path: string, body: unknown, makeKey: () => string): Try {
  const words = `${path} ${JSON.stringify(body ?? null)}`
  return last?.words === words ? last : { key: makeKey(), words }
}
