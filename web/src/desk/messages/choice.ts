/** What a person chose, as the form holds it. Pure. */
export interface Kind { code: string; name: string; urgent: boolean; ways: string[] }
export interface Chosen {
  mail: string; sms: string; by_mail: boolean; by_sms: boolean; digest: string; quiet_from: string | null; quiet_until: string | null; off: string[]
  ready: string[]; usual_from: string; usual_until: string; kinds: Kind[]
}
export interface Form { mail: string; sms: string; by_mail: boolean; by_sms: boolean; digest: string; quiet: 'usual' | 'own' | 'none'; from: string; until: string; on: string[] }

/** 21:00:00 → 21:00 */
export const short = (time: string): string => time.slice(0, 5)

export function formOf(chosen: Chosen): Form {
  const own = chosen.quiet_from !== null && chosen.quiet_until !== null
  const none = own && chosen.quiet_from === chosen.quiet_until
  return {
    mail: chosen.mail, sms: chosen.sms, by_mail: chosen.by_mail, by_sms: chosen.by_sms, digest: chosen.digest,
    quiet: none ? 'none' : own ? 'own' : 'usual',
    from: short(own && !none ? chosen.quiet_from! : chosen.usual_from), until: short(own && !none ? chosen.quiet_until! : chosen.usual_until),
    on: chosen.kinds.map((kind) => kind.code).filter((code) => !chosen.off.includes(code)),
  }
}

export function bodyOf(form: Form, chosen: Chosen): Record<string, unknown> {
  const quiet = form.quiet === 'usual' ? [null, null] : form.quiet === 'none' ? ['00:00', '00:00'] : [form.from, form.until]
  return {
    mail: form.mail.trim(), sms: form.sms.trim(), by_mail: form.by_mail, by_sms: form.by_sms, digest: form.digest, quiet_from: quiet[0], quiet_until: quiet[1],
    off: chosen.kinds.map((kind) => kind.code).filter((code) => !form.on.includes(code)),
  }
}
